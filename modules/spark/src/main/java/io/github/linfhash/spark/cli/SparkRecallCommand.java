package io.github.linfhash.spark.cli;

import io.github.linfhash.advisor.command.QuantizerOptions;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.advisor.export.RecallJson;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.neighbors.NearerCodes;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.recall.DistributedRecall;
import io.github.linfhash.spark.recall.NeighborIds;
import io.github.linfhash.spark.search.DistributedFloatSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark recall}: what a quantizer keeps of the neighbors of vectors that are spread over files. */
@Command(
        name = "recall",
        description = {
            "Measures the recall of a quantizer on a database of any size.",
            "Fits the quantizer to the vectors of --train, and measures recall as 'linfhash advise' does."
        },
        footer = {
            "  linfhash spark recall --vectors shards --queries q.npy --train sample.npy --quantizer opq --bytes 32",
            "      prints, as JSON, recall at 1x, 2x, 3x, 5x and 10x with 95%% intervals",
            "  linfhash spark recall --vectors shards --queries q.npy --ground-truth truth.npz --train"
                    + " sample.npy --quantizer rabitq --bytes 56 --similarity dot",
            "      with ids of 'linfhash spark neighbors' for the same similarity",
            "",
            "Quantizers and their options are those of 'linfhash quantize'."
        })
final class SparkRecallCommand extends SparkJob {
    @Mixin
    private SourceFeatures features = new SourceFeatures();

    @Mixin
    private VectorQueries queries = new VectorQueries();

    @Option(
            names = "--train",
            paramLabel = "FILE",
            required = true,
            description =
                    "Vectors to fit the quantizer to, such as a sample of the database, in any format of --queries.")
    @SuppressWarnings("NullAway.Init")
    private Path train;

    @Mixin
    private QuantizerOptions quantizer = new QuantizerOptions();

    @Option(
            names = "--ground-truth",
            paramLabel = "F.npz",
            description = "True neighbors from 'spark neighbors' (default: searched).")
    private @Nullable Path truth;

    @Override
    void checkOptions() {
        queries.check(train);
        quantizer.check("recall");
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) {
        FeatureSource database = features.open(session);
        FeatureMatrix wanted = queries.prepared(database, quantizer.similarity());
        if (wanted.rows() < 2) {
            throw new InputException(queries.file() + ": expected at least two queries, found " + wanted.rows());
        }
        FeatureMatrix sample = queries.read(train, database, quantizer.similarity());
        QuantizerSpec.Configured configured = quantizer.configured(database.dimension());
        NeighborIds neighbors =
                truth == null ? search(context, wanted, database) : NeighborIds.read(truth, wanted.rows(), queries.k());
        long start = System.nanoTime();
        PortableQuantizer fitted = quantizer.fit(configured, sample);
        say("fitted %s to %d vectors: %.1f s", configured.name(), sample.rows(), since(start));
        start = System.nanoTime();
        NearerCodes counts =
                new DistributedRecall(fitted, wanted, quantizer.similarity()).count(context, database, neighbors);
        double seconds = since(start);
        long rows = database.rows();
        print(new RecallJson(
                        new RecallJson.Vectors(
                                rows, database.dimension(), sample.rows(), wanted.rows(), quantizer.similarity()),
                        queries.k(),
                        new RecallJson.Quantizer(configured.name(), configured.options(), fitted.bytes()),
                        AdviceJson.Means.of(recall(counts)),
                        quantizer.seed())
                .text());
        say("measured %d codes for %d queries: %.1f s", rows, wanted.rows(), seconds);
    }

    private NeighborIds search(JavaSparkContext context, FeatureMatrix wanted, FeatureSource database) {
        long start = System.nanoTime();
        NeighborIds found = NeighborIds.of(
                DistributedFloatSearch.nearest(context, wanted, database, queries.k(), quantizer.similarity()));
        say("searched %d vectors for %d queries: %.1f s", database.rows(), wanted.rows(), since(start));
        return found;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The recall at each oversampling over all queries. */
    private static Map<Integer, CrossedMean> recall(NearerCodes counts) {
        List<Integer> oversamplings = StandardMetrics.OVERSAMPLINGS;
        NeighborRecall recall = new NeighborRecall(oversamplings);
        double[][] values = new double[oversamplings.size()][counts.queries()];
        for (int query = 0; query < counts.queries(); query++) {
            double[] ofQuery = recall.of(counts, query);
            for (int o = 0; o < ofQuery.length; o++) {
                values[o][query] = ofQuery[o];
            }
        }
        Map<Integer, CrossedMean> intervals = new TreeMap<>();
        for (int o = 0; o < values.length; o++) {
            intervals.put(
                    oversamplings.get(o),
                    CrossedMean.crossed(new double[][][] {{values[o]}}, CrossedMean.Range.FRACTION)
                            .orElseThrow());
        }
        return intervals;
    }
}
