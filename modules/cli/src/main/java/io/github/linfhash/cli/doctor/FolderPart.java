package io.github.linfhash.cli.doctor;

import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.io.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders that the program writes to. */
final class FolderPart {
    /** Room for the features of 60,000 images and the native libraries, with something to spare. */
    private static final long LITTLE = 1L << 30;

    private FolderPart() {}

    static Examination.Part of(ProjectHome home) {
        List<Fact> facts = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        look("cache", home.cache(), facts, advice);
        look("output", home.output("").toAbsolutePath().normalize(), facts, advice);
        return new Examination.Part("folders", facts, advice);
    }

    private static void look(String name, Path folder, List<Fact> facts, List<String> advice) {
        Path there = nearest(folder);
        boolean writable = there != null && Files.isWritable(there) && Files.isDirectory(there);
        facts.add(new Fact(
                name,
                folder + (Files.exists(folder) ? "" : " (not there yet)") + (writable ? "" : ", cannot be written")));
        if (!writable) {
            advice.add(folder + " cannot be written: name another one with "
                    + (name.equals("cache") ? "LINFHASH_CACHE" : "--out"));
        }
        if (there != null) {
            facts.add(free(name, there, advice));
        }
    }

    private static Fact free(String name, Path folder, List<String> advice) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < LITTLE) {
                advice.add(folder + " has " + MemoryPart.size(free) + " free: a comparison of 60,000 images needs "
                        + MemoryPart.size(LITTLE));
            }
            return new Fact(name + ", free", MemoryPart.size(free));
        } catch (IOException e) {
            return new Fact(name + ", free", "unknown: " + FileFailure.reason(e));
        }
    }

    /** The folder, or the lowest one above it that is there. */
    private static @Nullable Path nearest(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
