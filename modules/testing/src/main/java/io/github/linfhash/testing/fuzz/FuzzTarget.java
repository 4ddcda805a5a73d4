package io.github.linfhash.testing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A reader of untrusted files that is fed with anything.
 *
 * @param name lower-case letters, digits and hyphens
 * @param feed lets the reader read one input
 * @param seeds makes what the fuzzer starts from
 */
public record FuzzTarget(String name, Feed feed, Seeds seeds) {
    public FuzzTarget {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a target needs a plain name: " + name);
        }
    }

    /** Makes small inputs by name that the reader accepts. */
    @FunctionalInterface
    public interface Seeds {
        Map<String, byte[]> make() throws IOException;
    }

    /** Lets a reader read. */
    @FunctionalInterface
    public interface Feed {
        /**
         * Writes the input where the reader takes it from, and reads it.
         *
         * @param folder an empty folder for the input's files
         * @throws IOException if the input could not be written; a reader that throws it for what the input holds is wrong
         */
        void read(Path folder, byte[] input) throws IOException;
    }

    /** Reads one file. */
    @FunctionalInterface
    public interface FileReader {
        void read(Path file) throws IOException;
    }

    /** A target whose input is one file of the given name. */
    public static FuzzTarget ofFile(String name, String file, FileReader reader, Seeds seeds) {
        return new FuzzTarget(name, (folder, input) -> reader.read(Files.write(folder.resolve(file), input)), seeds);
    }
}
