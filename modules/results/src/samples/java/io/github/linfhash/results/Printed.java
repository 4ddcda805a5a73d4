package io.github.linfhash.results;

import io.github.linfhash.results.published.PublishedTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The paper's published tables as they are in this repository. */
public final class Printed {
    /** The file of all cells. */
    public static final Path FILE = Path.of(System.getProperty("linfhash.home", "../.."))
            .resolve("reports/published/wang2016-tables-2-and-3.csv");

    private Printed() {}

    /** Both tables. */
    public static PublishedTables tables() {
        try {
            return PublishedTables.read(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
