package io.github.linfhash.experiment.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * CHANGELOG.md with what is not released yet.
 *
 * @param path where it is
 * @param text its text
 */
public record Changelog(Path path, String text) {
    private static final String SECTION = "## Unreleased\n";
    private static final int LARGEST_FILE = 1 << 22;

    /** @throws InputException if there is no section of unreleased changes */
    public Changelog {
        if (!text.contains(SECTION)) {
            throw new InputException(path + ": expected a section '" + SECTION.strip() + "', found none");
        }
    }

    /**
     * Reads the file.
     *
     * @throws InputException if it cannot be read or has no section of unreleased changes
     */
    public static Changelog read(Path path) throws IOException {
        try (StrictInput in = StrictInput.open(path)) {
            return new Changelog(path, new String(in.readRest(LARGEST_FILE), StandardCharsets.UTF_8));
        }
    }

    /** The changelog with one more entry at the end of what is not released yet. */
    public Changelog with(String entry) {
        int start = text.indexOf(SECTION) + SECTION.length();
        int next = text.indexOf("\n## ", start);
        int end = next < 0 ? text.length() : next;
        String section = text.substring(start, end).stripTrailing();
        String before = section.isBlank() ? "\n" : section + "\n";
        return new Changelog(path, text.substring(0, start) + before + entry + text.substring(end));
    }

    /** Replaces the file, atomically. */
    public void write() throws IOException {
        AtomicFiles.write(path, text);
    }
}
