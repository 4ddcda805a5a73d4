package io.github.linfhash.experiment.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.ExpectedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of what a protocol is expected to measure.
 *
 * @param path where it is
 * @param protocol the protocol's name
 */
public record ExpectedFile(Path path, String protocol) {
    /**
     * Reads the file.
     *
     * @throws InputException if there is none, or it is not right; the sentence names file and place
     */
    public Expected read() {
        if (!Files.exists(path)) {
            throw new InputException(path + ": expected the results of protocol " + protocol
                    + ", found no such file; 'linfhash results accept' writes it from a run");
        }
        Expected expected = StrictReader.read(path, Expected.class);
        if (!expected.protocol().equals(protocol)) {
            throw new InputException(path + ", protocol: expected " + protocol + ", found " + expected.protocol());
        }
        return expected;
    }

    /**
     * Reads the file, if there is one.
     *
     * @throws InputException if it is not right
     */
    public Optional<Expected> readIfThere() {
        return Files.exists(path) ? Optional.of(read()) : Optional.empty();
    }

    /** Replaces the file, atomically. */
    public void write(Expected expected) throws IOException {
        AtomicFiles.write(path, ExpectedYaml.text(expected));
    }
}
