package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.quantizers.flatness.AntiSparseRepresentation;
import io.github.linfhash.quantizers.flatness.Flatness;
import io.github.linfhash.quantizers.flatness.FlatnessStudy;
import io.github.linfhash.quantizers.flatness.LinearRepresentation;
import io.github.linfhash.quantizers.flatness.Representation;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.reports.page.FlatnessClaims;
import io.github.linfhash.reports.page.FlatnessPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash flatness}: whether flat representations have good signs. */
@Command(
        name = "flatness",
        description = {
            "Measures how flat several representations of your vectors are, at equal bytes.",
            "It also measures which error of their signs RaBitQ's bound makes of that, the error that there is, and how many of the nearest neighbors are kept."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  linfhash flatness --features embeddings.npy --bytes 32,56,104 --out flatness",
            "      writes flatness.csv, flatness.svg and index.html",
            "",
            "Flatness: the mean of the 1-norm over the root of N times the 2-norm, about the mean vector; 1 where all",
            "values are equally large. Errors are of estimated inner products, as shares of the product of the lengths:",
            "predicted by the bound's factor; of the signs over all pairs; of those of the nearest, about their mean;",
            "bias is the mean over the nearest less that over all; total includes what a representation leaves out.",
            "Representations of N bits: the first N coordinates; principal components, as they are (pca), rotated at",
            "random (rotation, hadamard) or by iterative quantization (itq); anti-sparse-P, the x of the least maximum",
            "norm in a random frame, where the vectors have P per cent as many dimensions as x; deep-linf, trained on",
            "pairs of near and far vectors without labels.",
            "rank correlations: Spearman's, over the representations of equal bytes; claims: what they and the intervals",
            "of recall say, at 5 %, each by itself."
        })
final class FlatnessCommand implements Callable<Integer> {
    private static final List<String> FILES = List.of("flatness.csv", "flatness.svg", "index.html");

    @Mixin
    private final MeasuredVectors vectors = new MeasuredVectors();

    @Option(
            names = "--bytes",
            paramLabel = "LIST",
            converter = NumberList.class,
            description = {
                "Bytes of a code, the 8 beside it included (default: what half as many bits as coordinates, as many, and",
                "twice as many take)."
            })
    private @Nullable NumberList bytes;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "The most vectors that are measured, 1,000 queries or a tenth included (default: 10000).")
    private int rows = 10_000;

    @Option(
            names = "--representations",
            paramLabel = "NAMES",
            split = ",",
            description = "Those to measure, by name (default: all but deep-linf, which is trained first).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for flatness.csv, flatness.svg and index.html.")
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
        vectors.check(2, rows);
        List<Long> seeds = vectors.seeds();
        if (bytes != null) {
            bytes.within("--bytes", RaBitQ.SIDE_BYTES + 1, MeasuredVectors.MOST_BYTES);
        }
        List<Representation> representations = representations();
        if (out != null) {
            written.checkIn("--out", out, FILES, List.of());
        }
        BlasCheck.requireSound();
        Progress progress = ConsoleProgress.standard();
        FeatureMatrix all =
                vectors.read(vectors.features(), this::drawn, progress).vectors();
        int measured = all.rows();
        int drawn = MeasuredVectors.drawn(measured);
        vectors.checkNeighbors(2, measured - drawn);
        Flatness flatness = new FlatnessStudy(vectors.similarity(), sizes(all.dimension()), vectors.neighbors(), seeds)
                .measure(
                        all.select(IntStream.range(drawn, measured).toArray()),
                        all.select(IntStream.range(0, drawn).toArray()),
                        representations,
                        progress);
        if (flatness.outcomes().isEmpty()) {
            throw new InputException("--bytes: expected numbers of which a representation of vectors of dimension "
                    + all.dimension() + " can be made, found " + sizes(all.dimension()));
        }
        print(flatness);
        return ExitCodes.OK;
    }

    private int[] drawn(int n) {
        if (n < MeasuredVectors.LEAST) {
            throw new InputException(
                    vectors.features() + ": expected at least " + MeasuredVectors.LEAST + " vectors, found " + n);
        }
        return vectors.order(n, Math.min(rows, n));
    }

    private List<Integer> sizes(int dimension) {
        return bytes == null
                ? List.of(dimension / 16, dimension / 8, dimension / 4).stream()
                        .map(ofCode -> Math.max(1, ofCode) + RaBitQ.SIDE_BYTES)
                        .distinct()
                        .toList()
                : bytes.within("--bytes", RaBitQ.SIDE_BYTES + 1, MeasuredVectors.MOST_BYTES).stream()
                        .map(Long::intValue)
                        .toList();
    }

    private List<Representation> representations() {
        List<Representation> all = new ArrayList<>(List.of(LinearRepresentation.values()));
        all.add(new AntiSparseRepresentation(75));
        all.add(new AntiSparseRepresentation(50));
        all.add(new LearnedRepresentation());
        List<String> known = all.stream().map(Representation::title).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(
                        "--representations: expected names of " + String.join(", ", known) + ", found '" + name + "'");
            }
        }
        all.removeIf(one ->
                names.isEmpty() ? one.title().equals(LearnedRepresentation.TITLE) : !names.contains(one.title()));
        return all;
    }

    private void print(Flatness flatness) throws IOException {
        Listing table = table(flatness);
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("representations", table);
        tables.put("rank correlations", correlations(flatness));
        tables.put("claims", claims(flatness));
        listings.print(new Listings(tables));
        if (out != null) {
            AtomicFiles.write(out.resolve(FILES.get(0)), table.render(OutputFormat.CSV));
            AtomicFiles.write(out.resolve(FILES.get(1)), FlatnessPage.svg(flatness));
            AtomicFiles.write(
                    out.resolve(FILES.get(2)),
                    FlatnessPage.render(flatness, Machine.describe(1).version()));
            spec.commandLine().getErr().println("wrote " + String.join(", ", FILES) + " to " + out);
        }
    }

    private static Listing table(Flatness flatness) {
        Listing listing = new Listing(
                "representation",
                "bytes",
                "bits",
                "seeds",
                "flatness",
                "predicted",
                "error",
                "error near",
                "bias",
                "total",
                "recall x1",
                "+-",
                "recall x3");
        for (Flatness.Outcome outcome : flatness.outcomes()) {
            listing.add(
                    outcome.name(),
                    Integer.toString(outcome.bytes()),
                    Integer.toString(outcome.bits()),
                    Integer.toString(outcome.seeds()),
                    Decimals.of(outcome.flatness()),
                    Decimals.of(outcome.predicted()),
                    Decimals.of(outcome.error()),
                    Decimals.of(outcome.nearError()),
                    Decimals.of(outcome.bias()),
                    known(outcome.total()),
                    Decimals.of(outcome.recallAt(1)),
                    Decimals.of(outcome.interval(1).mean() - outcome.interval(1).low()),
                    Decimals.of(outcome.recallAt(3)));
        }
        return listing;
    }

    private static Listing correlations(Flatness flatness) {
        ToDoubleFunction<Flatness.Outcome> recall = outcome -> outcome.recallAt(1);
        Listing listing = new Listing(
                "bytes",
                "representations",
                "flatness, recall",
                "predicted, error",
                "error, recall",
                "error near, recall",
                "bias, recall",
                "total, recall");
        flatness.byBytes()
                .forEach((size, outcomes) -> listing.add(
                        Integer.toString(size),
                        Integer.toString(outcomes.size()),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::flatness, recall)),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::predicted, Flatness.Outcome::error)),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::error, recall)),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::nearError, recall)),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::bias, recall)),
                        known(Flatness.rankCorrelation(outcomes, Flatness.Outcome::total, recall))));
        return listing;
    }

    private static Listing claims(Flatness flatness) {
        Listing listing = new Listing("bytes", "claim", "verdict", "evidence");
        FlatnessClaims.of(flatness)
                .forEach(claim -> listing.add(
                        Integer.toString(claim.bytes()),
                        claim.sentence(),
                        claim.verdict().text(),
                        claim.evidence()));
        return listing;
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "" : Decimals.of(value);
    }
}
