package io.github.linfhash.reports.page;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.html.charts.DotPlot;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChartSvg;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.reports.charts.ChartPng;
import io.github.linfhash.reports.charts.PanelPage;
import io.github.linfhash.reports.figures.FirstQuery;
import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the files of a comparison, each of them whole or not at all. */
public final class ReportWriter {
    /** The name of the page. */
    public static final String PAGE = "index.html";

    private ReportWriter() {}

    /**
     * The page that was written, and a note of files that were not.
     *
     * @param page the page
     * @param missing a sentence about files that could not be made on this machine, or empty if all are there
     */
    public record Written(Path page, Optional<String> missing) {}

    /**
     * Writes {@value ResultsJson#FILE}, and all that {@link #render} makes of it, into a folder.
     *
     * @param folder where to write; it is made if it is missing
     * @param evidence what was measured
     * @param tables the paper's printed tables
     * @param claims what the results say of the paper's claims; none if they were not tested
     * @param provenance where the results come from
     * @param progress told of the page and of each chart
     * @return the page, and what could not be made
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not;
     *     nothing is written then
     * @throws IOException if a file cannot be written
     */
    public static Written write(
            Path folder,
            Evidence evidence,
            PublishedTables tables,
            List<ClaimResult> claims,
            Provenance provenance,
            Progress progress)
            throws IOException {
        tables.beside(evidence.results().protocol());
        ResultsJson.write(folder.resolve(ResultsJson.FILE), evidence.results());
        return render(folder, evidence, tables, claims, provenance, progress);
    }

    /**
     * Writes the page, the tables as CSV, Markdown and LaTeX, and in a folder {@code charts} every chart as SVG and,
     * where Java finds fonts, as PNG.
     *
     * @return the page, and what could not be made
     * @throws io.github.linfhash.core.errors.InputException as {@link #write}
     * @throws IOException if a file cannot be written
     */
    public static Written render(
            Path folder,
            Evidence evidence,
            PublishedTables tables,
            List<ClaimResult> claims,
            Provenance provenance,
            Progress progress)
            throws IOException {
        return render(folder, evidence, tables, claims, provenance, progress, ChartPng.obstacle());
    }

    /**
     * Writes the files.
     *
     * @param obstacle why PNG files cannot be made, or empty if they can
     */
    static Written render(
            Path folder,
            Evidence evidence,
            PublishedTables tables,
            List<ClaimResult> claims,
            Provenance provenance,
            Progress progress,
            Optional<String> obstacle)
            throws IOException {
        Results results = evidence.results();
        boolean png = obstacle.isEmpty();
        List<String> endings = png ? List.of("svg", "png") : List.of("svg");
        Path page = folder.resolve(PAGE);
        ComparisonPage comparison = new ComparisonPage(evidence, tables);
        List<LineChart> lines = comparison.figures().stream()
                .flatMap(figure -> figure.charts().stream())
                .toList();
        Optional<FirstQuery> query = FirstQuery.of(results);
        try (Progress.Task task =
                progress.begin("writing the report", 1 + lines.size() + (query.isPresent() ? 1 : 0))) {
            List<String> downloads = new ArrayList<>(TableFiles.NAMES);
            ResultsJson.in(folder).ifPresent(file -> downloads.add(String.valueOf(file.getFileName())));
            AtomicFiles.write(page, comparison.html(claims, provenance, endings, downloads));
            Map<String, String> files = TableFiles.of(comparison.comparison(), PageTitle.of(results));
            for (Map.Entry<String, String> file : files.entrySet()) {
                AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
            }
            task.advance(1);
            Path charts = folder.resolve(ChartFigure.FOLDER);
            writeDots(charts, evidence);
            for (LineChart chart : lines) {
                writeChart(charts, chart.id(), LineChartSvg.document(chart), png, () -> ChartPng.of(chart));
                task.advance(1);
            }
            if (query.isPresent()) {
                PanelPage panels = query.get().page();
                writeChart(charts, query.get().id(), panels.svg(), png, () -> ChartPng.of(panels));
                task.advance(1);
            }
        }
        return new Written(page, obstacle.map(why -> "the charts were written only as SVG, not as PNG: " + why));
    }

    /**
     * Writes a page of finished runs while others are computed, without tables and most charts. It names what is left, reloads
     * itself, and is to be replaced by {@link #write}.
     *
     * @param left how many runs are left of each method
     * @throws IOException if the page cannot be written
     */
    public static void writeUnfinished(
            Path folder, Evidence finished, PublishedTables tables, Provenance provenance, Map<String, Integer> left)
            throws IOException {
        ComparisonPage comparison = new ComparisonPage(finished, tables);
        writeDots(folder.resolve(ChartFigure.FOLDER), finished);
        AtomicFiles.write(folder.resolve(PAGE), comparison.unfinished(provenance, left));
    }

    private static void writeDots(Path charts, Evidence evidence) throws IOException {
        for (DotPlot plot : RankingSection.plots(evidence)) {
            AtomicFiles.write(charts.resolve(plot.id() + ".svg"), plot.document());
        }
    }

    /** The names of the files that {@link #render} writes, from their folder. */
    public static List<String> names(Results results) {
        List<String> names = new ArrayList<>(List.of(PAGE));
        names.addAll(TableFiles.NAMES);
        Stream<String> charts = ResultFigures.of(Evidence.without(results)).stream()
                .flatMap(figure -> figure.charts().stream())
                .map(LineChart::id);
        Stream.concat(charts, FirstQuery.of(results).map(FirstQuery::id).stream())
                .forEach(id -> {
                    names.add(ChartFigure.FOLDER + "/" + id + ".svg");
                    names.add(ChartFigure.FOLDER + "/" + id + ".png");
                });
        RankingSection.plots(Evidence.without(results))
                .forEach(plot -> names.add(ChartFigure.FOLDER + "/" + plot.id() + ".svg"));
        return List.copyOf(names);
    }

    private static void writeChart(Path folder, String id, String svg, boolean png, Supplier<byte[]> drawing)
            throws IOException {
        AtomicFiles.write(folder.resolve(id + ".svg"), svg);
        Path picture = folder.resolve(id + ".png");
        if (png) {
            byte[] bytes = drawing.get();
            AtomicFiles.write(picture, out -> out.write(bytes));
        } else {
            // One of an earlier run would show other numbers than the page.
            Files.deleteIfExists(picture);
        }
    }

    /**
     * Where the results of a page come from, beyond what results.json says.
     *
     * @param command the command that makes them again
     * @param recorded whether it is the command that was given; otherwise it was put together from the results
     * @param protocol the text of the protocol file that they were made by, or null if it is not at hand
     */
    public record Provenance(
            String command, boolean recorded, @Nullable String protocol) {}
}
