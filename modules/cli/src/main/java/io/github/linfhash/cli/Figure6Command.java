package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.charts.LineChartSvg;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.figures.LengthFigures;
import io.github.linfhash.reports.page.FigurePage;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linfhash paper figure6}: precision and recall within Hamming radius 2 over the code length. */
@Command(
        name = "figure6",
        description = "Reproduces Figure 6 of the paper: precision and recall within Hamming radius 2 over code"
                + " length, with 95%% intervals.",
        footer = {
            "  linfhash paper figure6 --protocol cifar10 --data ~/data --seeds 0-4",
            "      writes figure6.html, figure6.svg and figure6.csv",
            "",
            "Defaults: nnh, snnh and deep-linf (of several configurations, 'tuned') at 32, 48, 64, 96, 128, 192 and",
            "256 bits. Lengths without options in the protocol use those of the nearest length",
            "(docs/results-schema.md). Finished runs are stored in the output folder and shared with 'linfhash run'."
        })
final class Figure6Command extends TableCommand {
    private static final List<String> METHODS = List.of("nnh", "snnh", "deep-linf");
    private static final String TITLE = "Precision and recall by code length";
    private static final Quantity PRECISION = StandardMetrics.PRECISION_2.quantity();
    private static final Quantity RECALL = StandardMetrics.RECALL_2.quantity();

    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Mixin
    private final RunSelection runs = new RunSelection(METHODS, Protocol.FIGURE_LENGTHS);

    @Mixin
    private final RunOutput output = new RunOutput();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        String protocolText = selection.text(home);
        RunPlan plan = selection.plan(home, protocol, runs.of(protocol));
        output.check();
        if (plan.bits().size() < 2) {
            throw new InputException("--bits: expected at least two code lengths, found " + plan.bits());
        }
        Path folder = output.folder(home, selection, plan);
        Experiment experiment = new Experiment(
                plan,
                output.data(home, selection, plan, folder, err()),
                output.runner(TrainingDevice.DEFAULT),
                List.of());
        try (OutputFolder open = OutputFolder.open(folder)) {
            Results results = experiment.runs(open);
            Evidence evidence = Evidence.of(results, folder);
            Listing listing = listing(evidence);
            write(folder, evidence, listing, protocolText);
            print(listing);
            return FailedRuns.report(results, spec());
        }
    }

    private void write(Path folder, Evidence evidence, Listing listing, String protocolText) throws IOException {
        AtomicFiles.write(folder.resolve("figure6.csv"), OutputFormat.CSV.render(listing));
        Figure figure = new Figure("code-length", TITLE, LengthFigures.of(evidence));
        if (figure.charts().isEmpty()) {
            note("fewer than two code lengths could be measured; no figure");
            return;
        }
        Provenance provenance = new Provenance(ShownCommand.of(spec()), true, protocolText);
        AtomicFiles.write(folder.resolve("figure6.svg"), LineChartSvg.document(TITLE, figure.charts()));
        AtomicFiles.write(folder.resolve("figure6.html"), FigurePage.render(figure, evidence.results(), provenance));
        say("wrote " + folder.resolve("figure6.html") + ", .svg and .csv");
    }

    private static Listing listing(Evidence evidence) {
        Results results = evidence.results();
        List<Row> rows = new ArrayList<>();
        for (Configuration configuration : results.protocol().configurations()) {
            String method = configuration.entry();
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                Optional<Summary> precision = CellValues.summary(evidence, method, bits, PRECISION);
                Optional<Summary> recall = CellValues.summary(evidence, method, bits, RECALL);
                if (precision.isPresent() && recall.isPresent()) {
                    rows.add(new Row(method, bits, precision.get(), recall.get()));
                }
            }
        }
        return Listing.of(rows)
                .words("method", Row::method)
                .number("bits", Row::bits)
                .number("seeds", row -> row.precision().n())
                .number(PRECISION.key(), row -> mean(row.precision()))
                .number(PRECISION.key() + ".ci95", row -> distance(row.precision()))
                .number(RECALL.key(), row -> mean(row.recall()))
                .number(RECALL.key() + ".ci95", row -> distance(row.recall()));
    }

    private record Row(String method, int bits, Summary precision, Summary recall) {}

    private static @Nullable Object mean(Summary summary) {
        return Listing.number(PercentText.of(summary.mean()));
    }

    /** How far the 95% interval of the mean reaches; null for a single seed. */
    private static @Nullable Object distance(Summary summary) {
        return summary.halfWidth().isPresent()
                ? Listing.number(
                        PercentText.spread(summary.mean(), summary.halfWidth().getAsDouble()))
                : null;
    }
}
