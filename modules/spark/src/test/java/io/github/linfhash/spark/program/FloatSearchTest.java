package io.github.linfhash.spark.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.parquet.ParquetFeatures;
import io.github.linfhash.spark.search.DistributedFloatSearch;
import io.github.linfhash.spark.search.ScoredNeighbors;
import io.github.linfhash.spark.shards.ShardFeatures;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nearest vectors in parts, merged, are the nearest of all, with the same scores; equally near ones by ascending id. */
class FloatSearchTest extends OnLocalSpark {
    private static final int QUERIES = 9;

    @TempDir
    private Path folder;

    /** Every vector several times, at places far from each other, and vectors of different lengths. */
    static FeatureMatrix repeated(FeatureMatrix few, int rows) {
        float[] values = few.select(
                        IntStream.range(0, rows).map(i -> i * 7 % few.rows()).toArray())
                .toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + i / few.dimension() * 7 % few.rows() % 5 * 0.25f;
        }
        return FeatureMatrix.owning(rows, few.dimension(), values);
    }

    @ParameterizedTest
    @CsvSource({"COSINE, 500, 6", "EUCLIDEAN, 500, 6"})
    void neighborsAreThoseOfOneMachine(Similarity similarity, int rows, int dimension) throws IOException {
        assertNeighborsOfOneMachine(similarity, rows, dimension);
    }

    // 600 rows of 2,000 values make files of more than one block.
    @ParameterizedTest
    @CsvSource({"DOT, 500, 6", "EUCLIDEAN, 600, 2000"})
    @Tag("slow")
    void neighborsOfOtherVectorsAreThoseOfOneMachine(Similarity similarity, int rows, int dimension)
            throws IOException {
        assertNeighborsOfOneMachine(similarity, rows, dimension);
    }

    // 9,000 rows of 130 values, too.
    @ParameterizedTest
    @CsvSource({"COSINE, 9000, 130", "DOT, 300, 64"})
    @Tag("slow")
    void neighborsOfMoreVectorsAreThoseOfOneMachine(Similarity similarity, int rows, int dimension) throws IOException {
        assertNeighborsOfOneMachine(similarity, rows, dimension);
    }

    private void assertNeighborsOfOneMachine(Similarity similarity, int rows, int dimension) throws IOException {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(4, dimension, rows / 5, QUERIES), rows);
        FeatureMatrix raw = repeated(blobs.train(), rows);
        FeatureMatrix queries = PreparedVectors.of(similarity, blobs.test(), "queries");
        FeatureMatrix database = PreparedVectors.of(similarity, raw, "database");
        ShardFeatures some = ShardFeatures.open(context, Shards.features(folder.resolve("a"), raw, 3, 0, 1, 50), null);
        ShardFeatures others = ShardFeatures.open(context, Shards.features(folder.resolve("b"), raw, 250), null);
        FeatureSource table = ParquetFeatures.open(
                session, VectorTables.write(session, raw, 4, folder.resolve("p").toString()));
        for (int k : new int[] {1, 20, 90}) {
            FloatNeighbors one = FloatNeighbors.find(database, queries, k, similarity);
            for (FeatureSource source : new FeatureSource[] {some, others, table}) {
                assertThat(source.rows()).isEqualTo(rows);
                requireSame(one, DistributedFloatSearch.nearest(context, queries, source, k, similarity));
            }
        }
    }

    private static void requireSame(FloatNeighbors one, ScoredNeighbors many) {
        int k = one.perQuery();
        assertThat(many.perQuery()).isEqualTo(k);
        assertThat(many.queries()).isEqualTo(QUERIES);
        long[] ids = new long[QUERIES * k];
        float[] scores = new float[ids.length];
        for (int at = 0; at < ids.length; at++) {
            ids[at] = one.id(at / k, at % k);
            scores[at] = one.score(at / k, at % k);
        }
        assertThat(many.toIds()).isEqualTo(ids);
        assertThat(many.toScores()).isEqualTo(scores);
    }

    /** Scores of both signs, 0 among them. */
    @Test
    void scoresAreInTheirOrder() throws IOException {
        FeatureMatrix line =
                FeatureMatrix.copyOf(new float[][] {{-2}, {0}, {1e-30f}, {(float) 9e18}, {-1e-30f}, {5}, {-7}, {0}});
        FeatureMatrix query = FeatureMatrix.copyOf(new float[][] {{1}, {-1}});
        ShardFeatures source = ShardFeatures.open(context, Shards.features(folder.resolve("l"), line, 2, 2, 1), null);
        ScoredNeighbors found = DistributedFloatSearch.nearest(context, query, source, 8, Similarity.DOT);
        assertThat(found.toIds()).containsExactly(3, 5, 2, 1, 7, 4, 0, 6, 6, 0, 4, 1, 7, 2, 5, 3);
        assertThat(found.toScores())
                .containsExactly(
                        (float) 9e18, 5, 1e-30f, 0, 0, -1e-30f, -2, -7, 7, 2, 1e-30f, 0, 0, -1e-30f, -5, -(float) 9e18);
    }

    @Test
    void whatCannotBeSearchedIsRefused() throws IOException {
        FeatureMatrix one = FeatureMatrix.copyOf(new float[][] {{1, 0}});
        ShardFeatures zeros = source("zeros", new float[][] {{1, 0}, {0, 0}, {0, 1}});
        assertThatThrownBy(() -> DistributedFloatSearch.nearest(context, one, zeros, 4, Similarity.DOT))
                .hasMessageContaining("--k: expected from 1 to 3 neighbors, the number of database vectors, found 4");
        assertThatThrownBy(() -> DistributedFloatSearch.nearest(context, one, zeros, 1, Similarity.COSINE))
                .hasStackTraceContaining("found only zeros in the row of id 1");
        FeatureMatrix far = FeatureMatrix.copyOf(new float[][] {{3e38f, 3e38f}});
        ShardFeatures large = source("large", new float[][] {{1, 0}, {3e38f, 3e38f}});
        assertThatThrownBy(() -> DistributedFloatSearch.nearest(context, far, large, 1, Similarity.DOT))
                .hasStackTraceContaining("as float32 holds no larger distances");
    }

    private ShardFeatures source(String name, float[][] rows) throws IOException {
        Path shards = Shards.features(folder.resolve(name), FeatureMatrix.copyOf(rows), 1);
        return ShardFeatures.open(context, shards, null);
    }

    @Test
    void anIdThatTwoRowsHaveIsRefused() throws IOException {
        FeatureMatrix few = Blobs.classes(new Blobs.Sizes(4, 6, 30, 2), 1).train();
        String once = VectorTables.write(session, few, 2, folder.resolve("once").toString());
        Dataset<Row> rows = session.read().parquet(once);
        for (int parts : new int[] {1, 2}) {
            String table = folder.resolve("twice" + parts).toString();
            rows.union(rows).repartition(parts).write().parquet(table);
            FeatureSource twice = ParquetFeatures.open(session, table);
            assertThatThrownBy(() -> DistributedFloatSearch.nearest(context, few, twice, 60, Similarity.DOT))
                    .hasStackTraceContaining("expected an id of its own for each row of the database, found one twice");
        }
    }
}
