package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.testing.Blobs;
import io.github.linfhash.testing.Filled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FloatNeighborsTest {
    /** More rows and queries than a block holds, and vectors of different lengths. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void areThoseOfBruteForce(Similarity similarity) {
        Blobs blobs = Samples.blobs(2500, 1100, 9, 3);
        FeatureMatrix database = PreparedVectors.of(similarity, scaled(blobs.train()), "database");
        FeatureMatrix queries = PreparedVectors.of(similarity, scaled(blobs.test()), "queries");
        FloatNeighbors found = FloatNeighbors.find(database, queries, 7, similarity);

        assertThat(found.queries()).isEqualTo(1100);
        for (int q = 0; q < queries.rows(); q += 13) {
            double[] distances = distances(database, queries, q, similarity);
            int[] expected = order(distances);
            for (int r = 0; r < 7; r++) {
                // Float32 decides between what float64 holds for the same to seven digits.
                assertThat(distances[found.id(q, r)]).isCloseTo(distances[expected[r]], within(1e-5));
            }
            assertThat(Arrays.stream(found.ids(q)).distinct().count()).isEqualTo(7);
        }
    }

    /** Vectors of few values, most of which are equal to others, in more rows than a block holds. */
    @Test
    void knowsAllThatAreAsNearAsTheLast() {
        UniformRandomProvider random = new RandomStreams(6).stream("vectors");
        FeatureMatrix database = FeatureMatrix.owning(5000, 2, Filled.floats(10_000, i -> random.nextInt(12)));
        FeatureMatrix queries = FeatureMatrix.owning(40, 2, Filled.floats(80, i -> random.nextInt(12)));
        for (int rowsAtATime : new int[] {1024, 5000}) {
            FloatNeighbors found = FloatNeighbors.find(database, queries, 60, Similarity.EUCLIDEAN, rowsAtATime);
            for (int q = 0; q < queries.rows(); q++) {
                double[] distances = distances(database, queries, q, Similarity.EUCLIDEAN);
                int[] order = order(distances);
                for (int j : new int[] {1, 10, 35, 60}) {
                    FloatNeighbors first = found.first(j);
                    double last = distances[order[j - 1]];
                    Set<Integer> ties = IntStream.range(0, 5000)
                            .filter(i -> distances[i] == last)
                            .boxed()
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(first.ids(q)).isEqualTo(Arrays.copyOf(order, j));
                    int places = (int)
                            Arrays.stream(order, 0, j).filter(ties::contains).count();
                    Arrays.stream(order, 0, j).forEach(ties::remove);
                    assertThat(first.asNearAsLast(q)).isEqualTo(places);
                    assertThat(first.ties(q)
                                    .map(more -> more.stream().boxed().toList())
                                    .orElse(List.of()))
                            .containsExactlyElementsOf(ties);
                }
            }
        }
    }

    /** Rows that ask, most of which are equal to others, so that some are not among their own nearest. */
    @Test
    void rowsThatAskAreNotTheirOwnNeighbors() {
        UniformRandomProvider random = new RandomStreams(7).stream("vectors");
        FeatureMatrix vectors = FeatureMatrix.owning(300, 2, Filled.floats(600, i -> random.nextInt(9)));
        int missing = 0;
        for (int k : new int[] {1, 2, 5, 12}) {
            FloatNeighbors all = FloatNeighbors.find(vectors, vectors, k + 1, Similarity.EUCLIDEAN);
            FloatNeighbors others = all.withoutSelf();
            assertThat(others.perQuery()).isEqualTo(k);
            for (int q = 0; q < 300; q++) {
                int self = q;
                missing += Arrays.stream(all.ids(q)).noneMatch(id -> id == self) ? 1 : 0;
                double[] distances = distances(vectors, vectors, q, Similarity.EUCLIDEAN);
                int[] order =
                        Arrays.stream(order(distances)).filter(i -> i != self).toArray();
                double last = distances[order[k - 1]];
                assertThat(others.ids(q)).isEqualTo(Arrays.copyOf(order, k));
                assertThat(others.ties(q)
                                .map(more -> more.stream().boxed().toList())
                                .orElse(List.of()))
                        .containsExactlyElementsOf(Arrays.stream(order, k, order.length)
                                .filter(i -> distances[i] == last)
                                .boxed()
                                .toList());
                assertThat(others.score(q, k - 1)).isEqualTo(all.score(q, all.id(q, k) == order[k - 1] ? k : k - 1));
            }
        }
        assertThat(missing).isGreaterThan(50);
    }

    /** Exact lists find all; scores of a list are those of the search in every bit, however many queries there are. */
    @ParameterizedTest
    @CsvSource({"17, 1", "20, 10", "200, 1", "200, 10"})
    void exactListsHaveRecallOne(int count, int k) {
        for (Similarity similarity : Similarity.values()) {
            UniformRandomProvider random = new RandomStreams(4).stream("vectors");
            FeatureMatrix database = PreparedVectors.of(similarity, uniform(2000, 384, random), "database");
            FeatureMatrix queries = PreparedVectors.of(similarity, uniform(count, 384, random), "queries");
            List<int[]> lists = IntStream.range(0, count)
                    .mapToObj(q -> order(distances(database, queries, q, similarity)))
                    .toList();
            assertThat(FloatNeighbors.find(database, queries, k, similarity)
                            .recalledBy(database, queries, similarity, lists, k))
                    .containsOnly(1.0);
        }
    }

    private static FeatureMatrix uniform(int rows, int d, UniformRandomProvider random) {
        return FeatureMatrix.owning(rows, d, Filled.floats(rows * d, i -> 2 * random.nextFloat() - 1));
    }

    /** Small vectors and large ones in one block of products. */
    @Test
    void magnitudesMayDiffer() {
        UniformRandomProvider random = new RandomStreams(5).stream("vectors");
        float[] values = uniform(300, 16, random).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= i / 16 % 10 == 0 ? (float) 1e18 : 1e-3f;
        }
        FeatureMatrix database = FeatureMatrix.owning(300, 16, values);
        FloatNeighbors found = FloatNeighbors.find(database, database, 1, Similarity.EUCLIDEAN);
        for (int q = 0; q < 300; q++) {
            assertThat(found.id(q, 0)).isEqualTo(q);
        }
    }

    private static FeatureMatrix scaled(FeatureMatrix vectors) {
        float[] values = vectors.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + i / vectors.dimension() % 5 * 0.1f;
        }
        return FeatureMatrix.owning(vectors.rows(), vectors.dimension(), values);
    }

    private static double[] distances(FeatureMatrix database, FeatureMatrix queries, int q, Similarity similarity) {
        return IntStream.range(0, database.rows())
                .mapToDouble(i -> similarity == Similarity.DOT
                        ? -Samples.product(database, i, queries, q)
                        : Samples.squaredDistance(database, i, queries, q))
                .toArray();
    }

    private static int[] order(double[] distances) {
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** With many equal vectors, so that ties lie in different parts; 1,100 queries are two blocks. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void aDatabaseOutsideOfMemoryIsReadOnceAndHasTheSameNeighbors(Similarity similarity) {
        Blobs blobs = Samples.blobs(2500, 1100, 9, 3);
        FeatureMatrix raw = scaled(blobs.train())
                .select(IntStream.range(0, 5000).map(i -> i * 7 % 2500).toArray());
        FeatureMatrix queries = PreparedVectors.of(similarity, scaled(blobs.test()), "queries");
        AtomicInteger read = new AtomicInteger();
        FeatureMatrix outside = FeatureMatrix.reading(5000, 9, (from, count, target, offset) -> {
            read.addAndGet(count);
            raw.copyRows(from, count, target, offset);
        });
        FloatNeighbors expected =
                FloatNeighbors.find(PreparedVectors.of(similarity, raw, "database"), queries, 30, similarity);
        FeatureMatrix prepared = PreparedVectors.of(similarity, outside, "database");
        FloatNeighbors found = FloatNeighbors.find(prepared, queries, 30, similarity, 1024);
        assertThat(read).hasValue(5000);
        List<int[]> lists = new ArrayList<>();
        for (int q = 0; q < 1100; q++) {
            assertThat(found.ids(q)).containsExactly(expected.ids(q));
            for (int rank = 0; rank < 30; rank++) {
                assertThat(found.score(q, rank)).isEqualTo(expected.score(q, rank));
            }
            lists.add(IntStream.range(q, q + 60).toArray());
        }
        assertThat(found.recalledBy(prepared, queries, similarity, lists, 60))
                .containsExactly(expected.recalledBy(
                        PreparedVectors.of(similarity, raw, "database"), queries, similarity, lists, 60));
    }

    @Test
    void equalVectorsComeByRowWhereverTheyAre() {
        FeatureMatrix few = Samples.vectors(700, 33, 4);
        int[] fourTimes = IntStream.range(0, 2800).map(i -> i % 700).toArray();
        FeatureMatrix database = few.select(fourTimes);
        FloatNeighbors found = FloatNeighbors.find(database, few, 4, Similarity.EUCLIDEAN);
        for (int q = 0; q < 700; q++) {
            assertThat(found.ids(q)).containsExactly(q, q + 700, q + 1400, q + 2100);
        }
        assertThat(found.occurrences(2800)).containsOnly(1);
    }

    /** Each vector is there four times, as far apart as several threads share the rows: of four that are equally near, the first two. */
    @Test
    void ofEquallyNearVectorsTheSmallerRowsAreFound() {
        FeatureMatrix few = Samples.vectors(700, 33, 4);
        FeatureMatrix database =
                few.select(IntStream.range(0, 2800).map(i -> i % 700).toArray());
        for (int k : new int[] {1, 2, 3}) {
            FloatNeighbors found = FloatNeighbors.find(database, few, k, Similarity.EUCLIDEAN);
            for (int q = 0; q < 700; q++) {
                int query = q;
                assertThat(found.ids(q))
                        .isEqualTo(
                                IntStream.range(0, k).map(i -> query + 700 * i).toArray());
            }
        }
    }

    @Test
    void whatCannotBeFoundIsRefused() {
        FeatureMatrix few = Samples.vectors(12, 3, 4);
        assertThatThrownBy(() -> FloatNeighbors.find(few, few, 13, Similarity.DOT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FloatNeighbors.find(few, Samples.vectors(12, 4, 4), 1, Similarity.DOT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
