package io.github.linfhash.results.schema;

import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes results.json; docs/results-schema.md describes every field. */
public final class ResultsJson {
    /** The name of the file in a folder of results. */
    public static final String FILE = "results.json";

    /** The version of the schema of results whose methods are there once, with the same options at every code length. */
    public static final String SCHEMA = "linfhash-results/2";

    /** The version of results with rows or other options at some code length, all of plain training images. */
    public static final String SCHEMA_WITH_ROWS = "linfhash-results/3";

    /** The version of results with mirrored training images. */
    public static final String SCHEMA_WITH_MIRRORED = "linfhash-results/4";

    /** The version of results with other options with some seed. */
    public static final String SCHEMA_WITH_SEEDS = "linfhash-results/5";

    /** The versions that this program reads, each of which says all that those before it say. */
    static final List<String> SCHEMAS = List.of(SCHEMA, SCHEMA_WITH_ROWS, SCHEMA_WITH_MIRRORED, SCHEMA_WITH_SEEDS);

    private ResultsJson() {}

    /**
     * Reads a file, strictly.
     *
     * @throws io.github.linfhash.core.errors.InputException if the file is too large, is no JSON in UTF-8, has another
     *     schema, lacks a field or has one that the schema does not know, or has a value that cannot be; the sentence
     *     names file and place
     * @throws IOException if the file cannot be read
     */
    public static Results read(Path file) throws IOException {
        return ResultsReader.read(file);
    }

    /** Replaces a file by the given results, atomically; missing folders are made. */
    public static void write(Path file, Results results) throws IOException {
        AtomicFiles.write(file, text(results));
    }

    /** The results as the text of a results.json: equal results give equal texts, on every Java platform. */
    public static String text(Results results) {
        return ResultsWriter.text(results);
    }

    /** Whether two results agree in everything but the wall-clock times. */
    public static boolean sameApartFromSeconds(Results a, Results b) {
        return text(a.withoutSeconds()).equals(text(b.withoutSeconds()));
    }
}
