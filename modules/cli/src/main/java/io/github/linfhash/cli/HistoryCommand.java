package io.github.linfhash.cli;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.history.MetricHistory;
import io.github.linfhash.reports.page.HistoryPage;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linfhash history}: one metric over the results of several commits. */
@Command(
        name = "history",
        description = "Draws a metric over several results.json of the same protocol and data, in the order given.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash history v1/results.json v2/results.json --method deep-linf --bits 48",
            "  linfhash history kept/ --metric precision@2 --method ksh --bits 64 --out reports/out/history",
            "      all .json and .json.gz files of a folder, by name; --out writes history.html and history.svg"
        })
final class HistoryCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "RESULTS.json",
            arity = "1..*",
            description =
                    "What reproduce wrote, from old to new; a folder stands for its .json and .json.gz files by name.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--metric", paramLabel = "KEY", description = "The metric's key (default: map).")
    private String metric = StandardMetrics.MAP.key();

    @Option(names = "--method", paramLabel = "NAME", required = true, description = "The method's name.")
    @SuppressWarnings("NullAway.Init") // required
    private String method;

    @Option(names = "--bits", paramLabel = "N", required = true, description = "The code length.")
    private int bits;

    @Option(names = "--out", paramLabel = "DIR", description = "Also write DIR/history.html and DIR/history.svg.")
    private @Nullable Path out;

    @Mixin
    private final ListingOutput listings = new ListingOutput();

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Path> all = files();
        if (out != null) {
            written.checkIn("--out", out, List.of("history.html", "history.svg"), all);
        }
        Map<String, Results> results = ResultFiles.read(all);
        MetricHistory history = MetricHistory.of(results, metric, method, bits);
        if (out != null) {
            write(
                    out,
                    history,
                    Objects.requireNonNull(List.copyOf(results.values()).get(results.size() - 1)));
        }
        Listing listing = new Listing(HistoryPage.COLUMNS.toArray(new String[0]));
        history.rows().forEach(row -> listing.add(row.toArray(new String[0])));
        listings.print(listing);
        return ExitCodes.OK;
    }

    private void write(Path folder, MetricHistory history, Results latest) throws IOException {
        AtomicFiles.write(folder.resolve("history.html"), HistoryPage.render(history, latest));
        AtomicFiles.write(folder.resolve("history.svg"), LineChartSvg.document(history.chart()));
        spec.commandLine().getErr().println("wrote " + folder.resolve("history.html") + " and .svg");
    }

    private List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> inside = Files.list(file)) {
                    inside.filter(path -> path.toString().matches(".*\\.json(\\.gz)?"))
                            .sorted()
                            .forEach(all::add);
                }
            } else {
                all.add(file);
            }
        }
        return all;
    }
}
