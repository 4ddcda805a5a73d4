package io.github.linfhash.reports.page;

import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the files of a comparison. */
public final class ReportWriter {
    /** The name of the file with the measurements. */
    public static final String RESULTS = "results.json";

    /** The name of the page. */
    public static final String PAGE = "index.html";

    private ReportWriter() {}

    /**
     * Writes {@value #RESULTS} and {@value #PAGE} into a folder, each of them whole or not at all.
     *
     * @param folder where to write; it is made if it is missing
     * @param results what was measured
     * @param tables the paper's printed tables
     * @param command the command that makes these results again
     * @return the page
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not;
     *     nothing is written then
     * @throws IOException if a file cannot be written
     */
    public static Path write(Path folder, Results results, PublishedTables tables, String command) throws IOException {
        String page = ComparisonPage.render(results, tables, command);
        ResultsJson.write(folder.resolve(RESULTS), results);
        Path file = folder.resolve(PAGE);
        AtomicFiles.write(file, page);
        return file;
    }
}
