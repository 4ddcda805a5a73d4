package io.github.linfhash.io.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Limits the size of a folder whose files can be computed again. */
public final class CacheLimit {
    /** A file, when it was last written or read, and its bytes. */
    private record Kept(Path file, FileTime used, long bytes) {}

    private CacheLimit() {}

    /**
     * Deletes the files of a folder that were not used for the longest time, until the others have at most so many bytes.
     *
     * @throws IOException if the folder cannot be listed, or a file not be deleted
     */
    public static void apply(Path folder, long mostBytes) throws IOException {
        List<Kept> all = files(folder);
        long bytes = all.stream().mapToLong(Kept::bytes).sum();
        all.sort(Comparator.comparing(Kept::used));
        for (Kept one : all) {
            if (bytes <= mostBytes) {
                return;
            }
            Files.deleteIfExists(one.file);
            bytes -= one.bytes;
        }
    }

    /** Returns the bytes of all files of a folder and its folders; 0 if it does not exist. */
    public static long bytes(Path folder) throws IOException {
        return files(folder).stream().mapToLong(Kept::bytes).sum();
    }

    private static List<Kept> files(Path folder) throws IOException {
        List<Kept> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        Files.walkFileTree(folder, new PresentFiles() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    all.add(new Kept(file, attributes.lastModifiedTime(), attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }
}
