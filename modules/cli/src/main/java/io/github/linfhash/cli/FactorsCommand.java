package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.reports.page.FactorsPage;
import io.github.linfhash.reports.page.FactorsPage.Analysed;
import io.github.linfhash.results.factors.Layout;
import io.github.linfhash.results.factors.VarianceAnalysis;
import io.github.linfhash.results.factors.VarianceAnalysis.LevelMean;
import io.github.linfhash.results.factors.VarianceAnalysis.Term;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linfhash factors}: how much of a metric methods, rows and protocols explain. */
@Command(
        name = "factors",
        description = {
            "Says how much of a metric's variance the method, the row and the protocol explain.",
            "It is an analysis of variance of results that have every method with every row; pairs of the three count for what they explain beyond each alone."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash factors grid-gist/results.json grid-mobilenet/results.json --metrics map,precision@2",
            "  linfhash factors results.json --methods nnh,snnh --rows dsh,csq --bits 48 --out factors",
            "      --out writes index.html, shares.csv and means.csv",
            "",
            "Where methods are encoders, rows losses and protocols features, it says whether encoder, loss or features",
            "decide. Seeds are blocks: what they do to all alike is taken out, and shares are of the squares that are left,",
            "with intervals of 95 % over the seeds (jackknife); p is that of the F test against the rest."
        })
final class FactorsCommand implements Callable<Integer> {
    private static final List<String> FILES = List.of("index.html", "shares.csv", "means.csv");

    @Parameters(
            paramLabel = "RESULTS.json",
            arity = "1..*",
            description = "What reproduce wrote: one file for each protocol, with the same seeds.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--metrics",
            paramLabel = "KEYS",
            split = ",",
            description = "The metrics' keys (default: those of mAP and of precision within radius 2).")
    private List<String> metrics = List.of(StandardMetrics.MAP.key(), StandardMetrics.PRECISION_2.key());

    @Option(names = "--bits", paramLabel = "LIST", split = ",", description = "Code lengths (default: all).")
    private List<Integer> bits = new ArrayList<>();

    @Option(names = "--methods", paramLabel = "NAMES", split = ",", description = "Methods that count (default: all).")
    private List<String> methods = new ArrayList<>();

    @Option(names = "--rows", paramLabel = "NAMES", split = ",", description = "Rows that count (default: all).")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for index.html, shares.csv and means.csv.")
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
        if (out != null) {
            written.checkIn("--out", out, FILES, files);
        }
        Layout layout = new Layout(ResultFiles.read(files), methods, rows);
        List<Analysed> analyses = new ArrayList<>();
        List<Integer> lengths = lengths(layout);
        List<String> leftOut = lengths.stream()
                .flatMap(length -> layout.leftOut(length).stream())
                .toList();
        leftOut.forEach(spec.commandLine().getErr()::println);
        for (String key : metrics) {
            for (int length : lengths) {
                VarianceAnalysis analysis = layout.analyse(key, length);
                analyses.add(
                        new Analysed(StandardMetrics.quantity(key), length, analysis.terms(), analysis.levelMeans()));
            }
        }
        print(layout, analyses, seeds(layout, lengths, leftOut));
        return ExitCodes.OK;
    }

    private static String seeds(Layout layout, List<Integer> lengths, List<String> leftOut) {
        int most = lengths.stream()
                .mapToInt(length -> layout.seeds(length).size())
                .max()
                .orElseThrow();
        return most + " seeds" + (leftOut.isEmpty() ? "." : "; " + String.join(", ", leftOut) + ".");
    }

    private List<Integer> lengths(Layout layout) {
        List<Integer> known = layout.bits();
        for (int length : bits) {
            if (!known.contains(length)) {
                throw new InputException("--bits: expected some of " + known + ", found " + length);
            }
        }
        return bits.isEmpty() ? known : bits;
    }

    private void print(Layout layout, List<Analysed> analyses, String seeds) throws IOException {
        Listing shares = new Listing("metric", "bits", "factor", "share", "low", "high", "df", "p");
        Listing means = new Listing("metric", "bits", "factor", "level", "mean", "low", "high");
        for (Analysed one : analyses) {
            String key = one.quantity().key();
            String length = Integer.toString(one.bits());
            for (Term term : one.terms()) {
                shares.add(
                        key,
                        length,
                        term.name(),
                        Decimals.of(term.share()),
                        Decimals.of(term.low()),
                        Decimals.of(term.high()),
                        Integer.toString(term.degrees()),
                        Double.isNaN(term.p()) ? "" : Decimals.of(term.p()));
            }
            for (LevelMean mean : one.means()) {
                means.add(
                        key,
                        length,
                        mean.factor(),
                        mean.level(),
                        Decimals.of(mean.mean()),
                        Decimals.of(mean.low()),
                        Decimals.of(mean.high()));
            }
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("shares", shares);
        tables.put("means", means);
        listings.print(new Listings(tables));
        if (out != null) {
            String lead = "Every method with every row, of "
                    + String.join(
                            ", ",
                            layout.results().values().stream()
                                    .map(one -> one.protocol().title())
                                    .toList())
                    + "; " + seeds;
            AtomicFiles.write(
                    out.resolve(FILES.get(0)),
                    FactorsPage.render(lead, analyses, Machine.describe(1).version()));
            AtomicFiles.write(out.resolve(FILES.get(1)), shares.render(OutputFormat.CSV));
            AtomicFiles.write(out.resolve(FILES.get(2)), means.render(OutputFormat.CSV));
            spec.commandLine().getErr().println("wrote " + String.join(", ", FILES) + " to " + out);
        }
    }
}
