package io.github.linfhash.spark.cli;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.shell.WrittenFiles;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.search.DistributedFloatSearch;
import io.github.linfhash.spark.search.ScoredNeighbors;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash spark neighbors}: nearest neighbors among vectors that are spread over files. */
@Command(
        name = "neighbors",
        description = "Finds the nearest full-precision vectors by exact search; ties are ordered by id.",
        footer = {
            "  linfhash spark neighbors --vectors shards --queries q.npy --k 10 --out truth.npz",
            "      ids (int64) and scores (float32), one row per query; ids are row numbers",
            "      over all .npy files, or Parquet's column 'id'",
            "",
            "Scores are larger for nearer vectors x: (q, x) for dot, and 2 (q, x) - (x, x) for euclidean and, after",
            "scaling to norm 1, cosine."
        })
final class SparkNeighborsCommand extends SparkJob {
    @Mixin
    private SourceFeatures features = new SourceFeatures();

    @Mixin
    private VectorQueries queries = new VectorQueries();

    @Option(names = "--similarity", paramLabel = "S", description = "cosine, dot or euclidean (default: cosine).")
    private Similarity similarity = Similarity.COSINE;

    @Mixin
    private OutArchive out = new OutArchive();

    @Mixin
    private WrittenFiles written = new WrittenFiles();

    @Override
    void checkOptions() {
        out.check(written);
        queries.check();
    }

    @Override
    void run(SparkSession session, JavaSparkContext context) throws IOException {
        FeatureSource database = features.open(session);
        FeatureMatrix wanted = queries.prepared(database, similarity);
        long start = System.nanoTime();
        ScoredNeighbors found = DistributedFloatSearch.nearest(context, wanted, database, queries.k(), similarity);
        double seconds = (System.nanoTime() - start) / 1e9;
        NeighborArrays.write(out.file(), found.perQuery(), found.toIds(), found.toScores());
        say("searched %d vectors for %d queries: %.1f s", database.rows(), found.queries(), seconds);
        say("wrote %s (ids and scores, %d x %d)", out, found.queries(), found.perQuery());
    }
}
