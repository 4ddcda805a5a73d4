package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes against plain loops. */
class VectorIndexTest {
    private static final int K = 10;
    private static final int D = MadeVectors.DIMENSION;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static final FeatureMatrix VECTORS = FeatureMatrix.copyOf(MadeVectors.VECTORS);

    /** The row modulo 100, and modulo 2. */
    private static final Map<String, int[]> COLUMNS = Map.of(
            "f0", IntStream.range(0, MadeVectors.ROWS).map(row -> row % 100).toArray(),
            "f1", IntStream.range(0, MadeVectors.ROWS).map(row -> row % 2).toArray());

    private VectorIndex index(int rows, String encoding, int maxConn, boolean merged, double part) throws IOException {
        return new VectorIndex(
                FSDirectory.open(folder.resolve("index")),
                VECTORS,
                COLUMNS,
                rows,
                VectorSimilarityFunction.DOT_PRODUCT,
                new VectorIndex.Parameters(encoding, maxConn, 200, merged, part));
    }

    private static int[][] found(VectorIndex index, int k, int candidates) throws IOException {
        return index.search(MadeVectors.QUERIES, List.of(new VectorIndex.Search(k, candidates)), K)
                .rows();
    }

    @Test
    void aScanOfVectorsIsExact() throws IOException {
        try (VectorIndex index = index(1_000, "", 0, true, 1)) {
            int[][] found = found(index, K, K);
            for (int q = 0; q < found.length; q++) {
                assertThat(found[q]).containsExactly(MadeVectors.exact(MadeVectors.QUERIES[q], 1_000, K));
            }
            assertThat(index.segments()).isEqualTo(1);
            assertThat(index.bytes()).isEqualTo(1_000L * D * Float.BYTES);
            assertThat(index.allBytes()).isGreaterThan(index.bytes());
        }
    }

    /** A code has the bits of its dimensions and three floats and a sum of its own; the vectors are not counted. */
    @ParameterizedTest
    @CsvSource({
        "UNSIGNED_BYTE, 8, 0.97",
        "PACKED_NIBBLE, 4, 0.75",
        "DIBIT_QUERY_NIBBLE, 2, 0.5",
        "SINGLE_BIT_QUERY_NIBBLE, 1, 0.3"
    })
    void codesLoseRecallThatRescoringGivesBack(String encoding, int bits, double least) throws IOException {
        try (VectorIndex index = index(MadeVectors.ROWS, encoding, 0, true, 1)) {
            int[][] byCode = new int[MadeVectors.QUERIES.length][];
            for (int q = 0; q < byCode.length; q++) {
                byCode[q] = index.scan(MadeVectors.QUERIES[q], K);
                assertThat(index.candidates(MadeVectors.QUERIES[q], new VectorIndex.Search(K, K)))
                        .containsExactlyInAnyOrder(byCode[q]);
            }
            double recall = MadeVectors.recall(byCode, MadeVectors.ROWS, K);
            assertThat(recall).isGreaterThan(least);
            assertThat(MadeVectors.recall(found(index, 500, 500), MadeVectors.ROWS, K))
                    .isGreaterThan(0.99)
                    .isGreaterThanOrEqualTo(recall);
            double ofRow = index.bytes() / (double) MadeVectors.ROWS;
            assertThat(ofRow).isBetween(bits * D / 8.0 + 12, bits * D / 8.0 + 24);
        }
    }

    /** Candidates are the first of a longer list, which is what lets a measurement ask once for all numbers of them. */
    @Test
    void fewerCandidatesAreTheFirstOfMore() throws IOException {
        try (VectorIndex index = index(MadeVectors.ROWS, "PACKED_NIBBLE", 16, true, 1)) {
            for (float[] query : MadeVectors.QUERIES) {
                int[] more = index.candidates(query, new VectorIndex.Search(100, 60));
                assertThat(more).hasSize(60);
                assertThat(index.candidates(query, new VectorIndex.Search(100, 20)))
                        .containsExactly(Arrays.copyOf(more, 20));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UNSIGNED_BYTE", "SINGLE_BIT_QUERY_NIBBLE"})
    void graphsFindNeighborsInAllSegments(String encoding) throws IOException {
        long merged;
        try (VectorIndex index = index(MadeVectors.ROWS, encoding, 16, true, 0.01)) {
            assertThat(index.segments()).isEqualTo(1);
            assertThat(MadeVectors.recall(found(index, 400, 400), MadeVectors.ROWS, K))
                    .isGreaterThan(0.95);
            merged = index.bytes();
        }
        try (VectorIndex index = index(MadeVectors.ROWS, encoding, 16, false, 0.01)) {
            assertThat(index.segments()).isGreaterThan(1);
            assertThat(MadeVectors.recall(found(index, 400, 400), MadeVectors.ROWS, K))
                    .isGreaterThan(0.95);
            // Small segments have no graph, and how many are merged while others are written differs from run to run.
            assertThat(index.bytes()).isBetween(merged / 4, 2 * merged);
        }
    }

    /** Of 15 rows that match one of 100 values, and 750 that match one of two, an exact scan finds the nearest. */
    @ParameterizedTest
    @CsvSource({"'', 16, true", "'', 0, true", "PACKED_NIBBLE, 16, false", "SINGLE_BIT_QUERY_NIBBLE, 0, true"})
    void searchesWithFiltersFindRowsThatMatch(String encoding, int maxConn, boolean merged) throws IOException {
        try (VectorIndex index = index(MadeVectors.ROWS, encoding, maxConn, merged, 0.01)) {
            for (String column : COLUMNS.keySet()) {
                int[] ofRows = COLUMNS.get(column);
                int[] asked = IntStream.range(0, MadeVectors.QUERIES.length)
                        .map(q -> ofRows[q])
                        .toArray();
                int[][] exact = new int[asked.length][];
                for (int q = 0; q < asked.length; q++) {
                    int value = asked[q];
                    exact[q] = IntStream.of(
                                    MadeVectors.exact(MadeVectors.QUERIES[q], MadeVectors.ROWS, MadeVectors.ROWS))
                            .filter(row -> ofRows[row] == value)
                            .limit(K)
                            .toArray();
                }
                assertThat(index.search(MadeVectors.QUERIES, new VectorIndex.Search(0, 0), K, column, asked)
                                .rows())
                        .isDeepEqualTo(exact);
                int[][] found = index.search(MadeVectors.QUERIES, new VectorIndex.Search(300, 300), K, column, asked)
                        .rows();
                int hits = 0;
                for (int q = 0; q < asked.length; q++) {
                    int value = asked[q];
                    assertThat(IntStream.of(found[q]).boxed()).hasSize(K).allMatch(row -> ofRows[row] == value);
                    List<Integer> nearest = IntStream.of(exact[q]).boxed().toList();
                    hits += (int)
                            IntStream.of(found[q]).filter(nearest::contains).count();
                }
                assertThat(hits).isGreaterThan((int) (0.97 * K * asked.length));
            }
        }
    }

    @Test
    void clientsSearchAtOnce() throws IOException {
        try (VectorIndex index = index(MadeVectors.ROWS, "", 8, true, 1)) {
            assertThat(index.perSecond(MadeVectors.QUERIES, new VectorIndex.Search(20, K), K, 2, 0.1))
                    .isGreaterThan(10);
        }
    }
}
