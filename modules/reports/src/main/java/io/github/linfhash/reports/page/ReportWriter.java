package io.github.linfhash.reports.page;

import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.reports.charts.ChartPng;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.figures.Figure;
import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import io.github.linfhash.reports.tables.ComparisonBuilder;
import io.github.linfhash.reports.tables.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes the files of a comparison, each of them whole or not at all. */
public final class ReportWriter {
    /** The name of the file with the measurements. */
    public static final String RESULTS = "results.json";
    /** The name of the page. */
    public static final String PAGE = "index.html";

    private ReportWriter() {}

    /**
     * Writes {@value #RESULTS}, and all that {@link #render} makes of it, into a folder.
     *
     * @param folder where to write; it is made if it is missing
     * @param results what was measured
     * @param tables the paper's printed tables
     * @param provenance where the results come from
     * @return the page
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not;
     *     nothing is written then
     * @throws IOException if a file cannot be written
     */
    public static Path write(Path folder, Results results, PublishedTables tables, Provenance provenance)
            throws IOException {
        tables.beside(results.protocol());
        ResultsJson.write(folder.resolve(RESULTS), results);
        return render(folder, results, tables, provenance);
    }

    /**
     * Writes the page, the tables as CSV, Markdown and LaTeX, and in a folder {@code charts} every chart as SVG and PNG.
     *
     * @return the page
     * @throws io.github.linfhash.core.errors.InputException as {@link #write}
     * @throws IOException if a file cannot be written
     */
    public static Path render(Path folder, Results results, PublishedTables tables, Provenance provenance)
            throws IOException {
        Path page = folder.resolve(PAGE);
        AtomicFiles.write(page, ComparisonPage.render(results, tables, provenance));
        Map<String, String> files = TableFiles.of(
                ComparisonBuilder.compare(results, tables.beside(results.protocol())), PageTitle.of(results));
        for (Map.Entry<String, String> file : files.entrySet()) {
            AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
        }
        for (Figure figure : ResultFigures.of(results)) {
            for (LineChart chart : figure.charts()) {
                writeChart(folder.resolve(ChartFigure.FOLDER), chart);
            }
        }
        return page;
    }

    private static void writeChart(Path folder, LineChart chart) throws IOException {
        AtomicFiles.write(folder.resolve(chart.id() + ".svg"), LineChartSvg.document(chart));
        byte[] png = ChartPng.of(chart);
        AtomicFiles.write(folder.resolve(chart.id() + ".png"), out -> out.write(png));
    }
}
