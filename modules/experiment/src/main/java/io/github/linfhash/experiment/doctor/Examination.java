package io.github.linfhash.experiment.doctor;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DataLocator;
import io.github.linfhash.data.manifest.DatasetManifest;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that was looked at.
 *
 * @param parts by subject
 */
public record Examination(List<Part> parts) {
    /**
     * One subject.
     *
     * @param name the subject
     * @param facts what was seen
     * @param advice what the user should change, in sentences without a full stop
     */
    public record Part(String name, List<Fact> facts, List<String> advice) {
        Part(String name, List<Fact> facts) {
            this(name, facts, List.of());
        }
    }

    /** Looks at this process and at the folders that it uses. */
    public static Examination of(ProjectHome home) throws IOException {
        EnvironmentSummary environment = Machine.describe(1);
        TensorBackend.Setting arithmetic = TensorBackend.Setting.current();
        return new Examination(List.of(
                new Part(
                        "program",
                        List.of(
                                new Fact("version", environment.version()),
                                new Fact("commit", environment.commit()),
                                new Fact("folder", home.root().toString()))),
                JavaPart.of(),
                ArithmeticPart.of(
                        environment,
                        arithmetic,
                        Stream.concat(TensorBackend.productFaults().stream(), BlasCheck.faults().stream())
                                .toList(),
                        BlasKernel.name(),
                        CpuFeatures.read(Path.of("/proc/cpuinfo"))),
                MemoryPart.of(arithmetic),
                DevicesPart.of(),
                FolderPart.of(home),
                new Part("data sets", FoundData.of(home)),
                LanguagePart.of(),
                new Part("expected results", RecordedEnvironments.of(home, environment))));
    }

    /** Everything that the user should change. */
    public List<Fact> advice() {
        return parts.stream()
                .flatMap(part -> part.advice().isEmpty()
                        ? Stream.empty()
                        : part.advice().stream().map(sentence -> new Fact(part.name(), sentence)))
                .toList();
    }

    /** Language and encoding: results do not depend on them, names of files do. */
    private static final class LanguagePart {
        private LanguagePart() {}

        static Examination.Part of() {
            return of(System.getProperty("sun.jnu.encoding", "unknown"));
        }

        static Examination.Part of(String fileNames) {
            List<Fact> facts = List.of(
                    new Fact("language", Locale.getDefault().toLanguageTag() + " (files do not depend on it)"),
                    new Fact("encoding", Charset.defaultCharset() + " (files are always UTF-8)"),
                    new Fact("file names", fileNames));
            List<String> advice = new ArrayList<>();
            if (!fileNames.equalsIgnoreCase("UTF-8")) {
                advice.add("file names use " + fileNames
                        + ": paths with other characters cannot be opened; set LC_ALL=C.UTF-8");
            }
            return new Examination.Part("language", facts, advice);
        }
    }

    /** The data sets that are found without --data. */
    private static final class FoundData {
        private FoundData() {}

        static List<Fact> of(ProjectHome home) throws IOException {
            DataLocator locator = new DataLocator(home.root(), home.cache());
            List<Fact> facts = new ArrayList<>();
            for (DatasetManifest manifest : DatasetManifest.readAll(home.datasets())) {
                facts.add(new Fact(manifest.name(), place(locator, manifest)));
            }
            return facts;
        }

        private static String place(DataLocator locator, DatasetManifest manifest) {
            try {
                return locator.locate(manifest, Optional.empty()).toString();
            } catch (InputException e) {
                return "not in " + locator.cached(manifest) + ": pass its folder with --data";
            }
        }
    }

    /** What {@code results check} will hold a run of this machine to. */
    private static final class RecordedEnvironments {
        private RecordedEnvironments() {}

        static List<Fact> of(ProjectHome home, EnvironmentSummary here) throws IOException {
            List<Fact> facts = new ArrayList<>();
            for (String name : new ProtocolFiles(home.protocols()).names()) {
                Optional<Expected> expected = new ExpectedFile(home.expected(name), name).readIfThere();
                expected.ifPresent(file -> facts.add(new Fact(name, sentence(file.environment(), here))));
            }
            return facts;
        }

        static String sentence(ExpectedEnvironment recorded, EnvironmentSummary here) {
            List<String> differing = recorded.differencesThatDecide(ExpectedEnvironment.of(here));
            return differing.isEmpty()
                    ? "measured in the same environment: codes must be the same"
                    : "measured with another " + String.join(", ", differing)
                            + ": codes may differ, and metrics within their tolerance";
        }
    }

    /** The folders that the program writes to. */
    private static final class FolderPart {
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
                    folder
                            + (Files.exists(folder) ? "" : " (does not exist yet)")
                            + (writable ? "" : ", cannot be written")));
            if (!writable) {
                advice.add(folder + " cannot be written: choose another one with "
                        + (name.equals("cache") ? "LINFHASH_CACHE" : "--out"));
            }
            if (there != null) {
                facts.add(free(name, there, advice));
            }
        }

        private static Fact free(String name, Path folder, List<String> advice) {
            OptionalLong free = AtomicFiles.freeSpace(folder);
            if (free.isEmpty()) {
                return new Fact(name + ", free", "unknown");
            }
            if (free.getAsLong() < LITTLE) {
                advice.add(folder + " has " + MemoryPart.size(free.getAsLong())
                        + " free: a comparison of 60,000 images needs " + MemoryPart.size(LITTLE));
            }
            return new Fact(name + ", free", MemoryPart.size(free.getAsLong()));
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
}
