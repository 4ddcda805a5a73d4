package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedSplitTest {
    private static final int ROWS = 60;
    private static final String NEIGHBORS = """
            schema: linfhash-protocol/1
            name: small
            title: A small protocol
            description: For tests.
            data: {features: x.npy}
            preprocessing: {center: none, normalize: none}
            split: {kind: random, queries: 2, training: 2}
            evaluation: {relevance: neighbors, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            neighbors: {count: 3, similarity: euclidean}
            bits: [4]
            seeds: [0]
            methods: [{name: lsh}]
            quick: {bits: [4], seeds: [0]}
            """;
    private static final List<Integer> PLACES = List.of(3, 17, 59);

    private final FeatureMatrix database = features(ROWS);
    private final ClassLabels labels = ClassLabels.of(classes());

    private static FeatureMatrix features(int rows) {
        UniformRandomProvider random = new RandomStreams(5).stream("rows");
        return FeatureMatrix.owning(rows, 6, Filled.floats(rows * 6, i -> random.nextFloat() - 0.5f));
    }

    private static int[] classes() {
        return IntStream.range(0, ROWS).map(i -> i % 4).toArray();
    }

    private PreparedSplit prepared(@Nullable List<Integer> queryRows) {
        int[] places = PLACES.stream().mapToInt(Integer::intValue).toArray();
        return new PreparedSplit(
                new TrainingSet(database, labels, database),
                database.select(places),
                database,
                labels.select(places),
                labels,
                Split.of(ROWS, new int[] {0}, new int[] {1}, new int[] {0}),
                Preprocessor.fit(
                        new Preprocessing(null, Preprocessing.Center.NONE, Preprocessing.Norm.NONE), database, places),
                queryRows,
                null,
                List.of());
    }

    /**
     * Rows 0 and 1 are trained on, so that (2, 0) is taken away from every row before it is scaled to length 1; row 4 is the query, and
     * far off. The mean of all rows, or of the database, would be another one.
     */
    @Test
    void theMeanIsThatOfTheTrainingRowsAlone() throws IOException {
        Protocol protocol =
                new ProtocolFiles(Path.of(System.getProperty("linfhash.home"), "protocols")).read("fashion-mnist");
        assertThat(protocol.preprocessing())
                .isEqualTo(new Preprocessing(null, Preprocessing.Center.TRAINING_MEAN, Preprocessing.Norm.L2));
        FeatureData data = new FeatureData(
                FeatureMatrix.owning(5, 2, new float[] {1, 0, 3, 0, 5, 4, 2, -7, 2, 90}),
                null,
                ClassLabels.of(new int[] {0, 1, 0, 1, 0}),
                new DatasetSummary("d", "D", "0".repeat(64), 5, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), 2),
                FloatNeighbors::find,
                5);
        Split split = Split.of(5, new int[] {0, 1}, new int[] {4}, new int[] {0, 1, 2, 3});

        PreparedSplit prepared = PreparedSplit.withoutNeighbors(protocol, data, split);

        assertThat(prepared.training().labeled().toArray()).containsExactly(-1, 0, 1, 0);
        assertThat(prepared.database().toArray())
                .containsExactly(new float[] {-1, 0, 1, 0, 0.6f, 0.8f, 0, -1}, within(1e-6f));
        assertThat(prepared.queries().toArray()).containsExactly(new float[] {0, 1}, within(1e-6f));
        assertThat(prepared.training().unlabeled()).isEqualTo(prepared.database());
    }

    /**
     * On a line, with the queries at 0.4 and 9.6 and the database at 0, 1, 2, 8, 9, 10: the three nearest of the queries are 0, 1, 2 and
     * 10, 9, 8. Rows and labels of both parts are those of the split, in its order.
     */
    @Test
    void theNearestOfEachQueryAreRelevantInThePlacesOfTheDatabase(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), NEIGHBORS);
        Protocol protocol = new ProtocolFiles(folder).read("small");
        FeatureData data = new FeatureData(
                FeatureMatrix.owning(8, 1, new float[] {0, 0.4f, 1, 2, 8, 9, 9.6f, 10}),
                null,
                ClassLabels.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7}),
                new DatasetSummary("d", "D", "0".repeat(64), 8, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), 1),
                FloatNeighbors::find,
                8);
        Split split = Split.of(8, new int[] {0, 7}, new int[] {1, 6}, new int[] {0, 2, 3, 4, 5, 7});

        PreparedSplit prepared = PreparedSplit.of(protocol, data, split);

        assertThat(marks(prepared.relevance(), 0, 0, 6)).containsExactly(1, 1, 1, 0, 0, 0);
        assertThat(marks(prepared.relevance(), 1, 0, 6)).containsExactly(0, 0, 0, 1, 1, 1);
        // A part of the database, whose first row counts, too.
        assertThat(marks(prepared.relevance(), 1, 3, 2)).containsExactly(1, 1);
        PreparedSplit.Neighborhood near = Objects.requireNonNull(prepared.neighborhood());
        assertThat(near.truth().ids(0)).containsExactly(0, 1, 2);
        assertThat(near.truth().ids(1)).containsExactly(5, 4, 3);
        assertThat(((ClassLabels) prepared.queryLabels()).toArray()).containsExactly(1, 6);
        assertThat(((ClassLabels) prepared.databaseLabels()).toArray()).containsExactly(0, 2, 3, 4, 5, 7);
    }

    /** The query at 0 has copies of 1 as its second to seventh nearest, of which its three neighbors are as good as any. */
    @Test
    void allThatAreAsNearAsTheLastNeighborAreRelevant(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), NEIGHBORS);
        Protocol protocol = new ProtocolFiles(folder).read("small");
        FeatureData data = new FeatureData(
                FeatureMatrix.owning(10, 1, new float[] {0, 1, 1, 0.5f, 1, 2, 1, 1, 1, 3}),
                null,
                ClassLabels.of(new int[10]),
                new DatasetSummary("d", "D", "0".repeat(64), 10, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), 1),
                FloatNeighbors::find,
                10);
        Split split = Split.of(10, new int[] {5, 9}, new int[] {0}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

        Relevance relevance = PreparedSplit.of(protocol, data, split).relevance();

        assertThat(marks(relevance, 0, 0, 9)).containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 0);
        assertThat(marks(relevance, 0, 4, 3)).containsExactly(0, 1, 1);
    }

    private static byte[] marks(Relevance relevance, int query, int first, int size) {
        byte[] flags = new byte[size];
        relevance.mark(query, first, size, flags);
        return flags;
    }

    private static BinaryCodes signs(FeatureMatrix rows) {
        return BinaryCodes.ofSigns(rows.rows(), rows.dimension(), rows.toArray());
    }

    /** Of Hamming distances, the ranking by any distance is that of a search: with the query itself where that finds it. */
    @Test
    void theRankingByHammingDistancesIsThatOfASearch() {
        BinaryCodes codes = signs(database);
        for (PreparedSplit prepared : List.of(prepared(null), prepared(PLACES))) {
            BinaryCodes queries = signs(prepared.queries());
            double found = prepared.map(q -> {
                return Filled.floats(ROWS, i -> queries.distance(q, codes, i));
            });
            assertThat(found)
                    .isCloseTo(prepared.search(queries, codes).ranks().map(), within(1e-12))
                    .isBetween(0.2, 0.8);
        }
    }
}
