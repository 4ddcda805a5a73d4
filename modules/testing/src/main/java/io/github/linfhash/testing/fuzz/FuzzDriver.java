package io.github.linfhash.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The entry point for Jazzer: {@code --target_class} names this class, and the system property {@code linfhash.fuzz.target} the target. Run as a
 * program, it lists the targets and writes their seeds ({@code ci/fuzz.sh} does both).
 */
public final class FuzzDriver {
    private static final String TARGET = "linfhash.fuzz.target";

    private FuzzDriver() {}

    /** The target that the property names, with a folder for its files; made once, since a fuzzer calls static methods. */
    private record Chosen(FuzzTarget target, Path work) {
        static final Chosen INSTANCE = choose();

        private static Chosen choose() {
            try {
                return new Chosen(
                        named(String.valueOf(System.getProperty(TARGET))), Files.createTempDirectory("linfhash-fuzz"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static FuzzTarget named(String name) {
        return FuzzTargets.all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + name));
    }

    /** Finds the target, and lets it read nothing, so that its classes are loaded before time is measured. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(new byte[0]);
    }

    /** Feeds the target with one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        InputOracle.feed(Chosen.INSTANCE.target(), Chosen.INSTANCE.work(), input);
    }

    /**
     * Without arguments, prints the names of the targets; with a folder, also writes the seeds into a folder for each.
     *
     * @throws IOException if a seed cannot be made or written
     */
    public static void main(String[] arguments) throws IOException {
        for (FuzzTarget target : FuzzTargets.all()) {
            System.out.println(target.name());
            if (arguments.length > 0) {
                Path folder = Files.createDirectories(Path.of(arguments[0], target.name()));
                for (Map.Entry<String, byte[]> seed : target.seeds().make().entrySet()) {
                    Files.write(folder.resolve(seed.getKey()), seed.getValue());
                }
            }
        }
    }
}
