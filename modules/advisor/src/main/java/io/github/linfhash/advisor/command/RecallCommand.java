package io.github.linfhash.advisor.command;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.NeighborLists;
import io.github.linfhash.io.files.CacheFolder;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.JudgedGain;
import io.github.linfhash.quantizers.neighbors.NeighborCache;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash recall}: how many of the exact neighbors any index returned. */
@Command(
        name = "recall",
        description = "Measures the recall of neighbor lists that any search index returned for your queries.",
        footer = {
            "  linfhash recall --returned ids.npy --vectors embeddings.npy --queries questions.npy",
            "  linfhash recall --returned hits.csv --vectors docs.npy --ids docs.ids --queries q.npy \\",
            "      --query-ids q.ids --qrels test.tsv",
            "",
            "The file of --returned has a list of ids for each query, nearest first: an integer matrix in .npy or .npz",
            "(-1: none), or text with one line per query and commas, tabs or spaces between ids.",
            "An HDF5 file of ann-benchmarks may be all three: its train, test and neighbors are read.",
            "",
            "Exact neighbors are computed from all vectors. Those in an .npy or .fbin file, or contiguous in an HDF5 file, are",
            "read in parts, so that the file may be larger than memory. A returned vector as near as the K-th neighbor counts.",
            "--target decides by the mean over queries of the recall among the first K of each list, as in",
            "'linfhash advise --check'.",
            "Intervals (95%%) cover queries."
        })
public final class RecallCommand extends TableCommand {
    private static final int GAIN_OF_FIRST = 10;

    @Option(
            names = "--returned",
            paramLabel = "FILE",
            required = true,
            description = "The ids that the index returned.")
    @SuppressWarnings("NullAway.Init")
    private Path returned;

    @Mixin
    private final VectorsOption vectors = new VectorsOption();

    @Option(
            names = "--queries",
            paramLabel = "FILE",
            required = true,
            description = "Queries, in the order of the lists.")
    @SuppressWarnings("NullAway.Init")
    private Path queries;

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Option(names = "--k", paramLabel = "K", description = "Number of exact neighbors per query (default: 10).")
    private int k = 10;

    @Option(
            names = "--target",
            paramLabel = "R",
            description = "Exit code 3 if the mean recall among the first K is lower than R.")
    private @Nullable Double least;

    @Mixin
    private final JudgmentOptions judged = new JudgmentOptions();

    @Override
    public Integer call() throws IOException {
        NumberList.requireWithin("--k", k, 1, MeasuredVectors.MOST_NEIGHBORS);
        CheckOptions.requireRecall(least);
        judged.checkQueryIds();
        queries = FeatureFiles.ofQueries(queries);
        vectors.requireUse(queries);
        try (FeatureFiles.Opened opened = FeatureFiles.open(vectors.vectors(), vectors.layout(), progress())) {
            return measured(opened.features(), progress());
        }
    }

    private int verdict(double recall) {
        if (least == null || recall >= least) {
            return ExitCodes.OK;
        }
        note("Recall of the " + k + " nearest is " + percent(recall) + ", lower than the target of "
                + Percent.exact(least) + ".");
        return ExitCodes.FOUND;
    }

    private int measured(FeatureMatrix database, Progress progress) throws IOException {
        FeatureMatrix asked = FeatureFiles.read(queries, vectors.layout().ofDimension(database.dimension()), progress);
        if (asked.dimension() != database.dimension()) {
            throw new InputException(queries + ": expected vectors of dimension " + database.dimension() + " as in "
                    + vectors.vectors() + ", found " + asked.dimension());
        }
        NumberList.requireWithin("--k", k, 1, database.rows());
        List<int[]> lists =
                NeighborLists.read(returned, judged.vectorIds(vectors.vectors(), database.rows(), progress), progress);
        if (lists.size() != asked.rows()) {
            throw new InputException(returned + ": expected a list for each of the " + asked.rows() + " queries of "
                    + queries + ", found " + lists.size());
        }
        Qrels judgments = judged.readAll(vectors.vectors(), database.rows(), queries, asked.rows(), progress);
        if (judgments != null) {
            judged.requireAnswered(queries, judgments);
        }
        FeatureMatrix prepared =
                PreparedVectors.of(similarity, database, vectors.vectors().toString());
        FeatureMatrix preparedQueries = PreparedVectors.of(similarity, asked, queries.toString());
        FloatNeighbors truth;
        try (Progress.Task task = progress.begin("exact neighbors", 1)) {
            truth = new NeighborCache(CacheFolder.ofProgram().resolve("neighbors"))
                    .find(prepared, preparedQueries, k, similarity, progress);
            task.advance(1);
        }
        Listing table = new Listing("measure", "first", "mean", "low", "high", "queries");
        int longest = lists.stream().mapToInt(list -> list.length).max().orElse(0);
        double[] ofNearest = truth.recalledBy(prepared, preparedQueries, similarity, lists, k);
        String measure = "recall of the " + k + " nearest";
        add(table, measure, k, ofNearest);
        if (longest > k) {
            add(table, measure, longest, truth.recalledBy(prepared, preparedQueries, similarity, lists, longest));
        }
        if (judgments != null) {
            JudgedGain gain = new JudgedGain(judgments, GAIN_OF_FIRST);
            add(table, "nDCG", GAIN_OF_FIRST, gain.ofLists(lists));
            add(table, "nDCG of exact search", GAIN_OF_FIRST, gain.ofFloats(prepared, preparedQueries, similarity));
        }
        print(table);
        return verdict(mean(ofNearest));
    }

    private static double mean(double[] ofQueries) {
        return Arrays.stream(ofQueries).average().orElseThrow();
    }

    private static void add(Listing table, String measure, int first, double[] ofQueries) {
        @Nullable CrossedMean mean = CrossedMean.crossed(new double[][][] {{ofQueries}}, CrossedMean.Range.FRACTION)
                .orElse(null);
        table.add(
                measure,
                first,
                percent(mean(ofQueries)),
                mean == null ? null : percent(mean.low()),
                mean == null ? null : percent(mean.high()),
                ofQueries.length);
    }

    private static Percent percent(double value) {
        return new Percent(value, 2);
    }
}
