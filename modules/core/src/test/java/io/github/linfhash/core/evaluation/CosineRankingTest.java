package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineRankingTest {
    private static final int CLASSES = 4;

    /** Sizes on both sides of a block's border, and columns that are and are no multiple of four. */
    @ParameterizedTest
    @CsvSource({"7,50,1", "20,300,3", "3,2049,8", "17,5000,5"})
    void valuesAreThoseOfASortOfAllCosines(int queryCount, int rows, int columns) {
        UniformRandomProvider random = new RandomStreams(rows).stream("outputs");
        FeatureMatrix queries = outputs(queryCount, columns, random);
        FeatureMatrix database = outputs(rows, columns, random);
        ClassLabels queryLabels = classes(queryCount, random);
        ClassLabels databaseLabels = classes(rows, random);
        Relevance relevance = Relevance.bySimilarLabels(queryLabels, databaseLabels);
        CosineRanking ranking = new CosineRanking(queries, database, relevance);

        double[] values = ranking.averagePrecisions(Ties.AWARE, null);

        for (int q = 0; q < queryCount; q++) {
            boolean[] relevant = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                relevant[i] = queryLabels.similar(q, databaseLabels, i);
            }
            assertThat(values[q]).isCloseTo(sorted(cosines(queries, q, database), relevant), within(2e-6));
        }
    }

    /** Gaussian rows of very different lengths, each third a multiple of an earlier one by a power of two, some zeros. */
    private static FeatureMatrix outputs(int rows, int columns, UniformRandomProvider random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            double length = Math.pow(10, 30 * (random.nextDouble() - 0.5));
            int earlier = i % 3 == 2 ? random.nextInt(i) : -1;
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = earlier < 0
                        ? (float) (length * (random.nextDouble() - 0.5))
                        : 0.25f * values[earlier * columns + j];
            }
            if (i % 10 == 9) {
                Arrays.fill(values, i * columns, (i + 1) * columns, 0);
            }
        }
        return FeatureMatrix.owning(rows, columns, values);
    }

    private static ClassLabels classes(int rows, UniformRandomProvider random) {
        return ClassLabels.of(
                IntStream.range(0, rows).map(i -> random.nextInt(CLASSES)).toArray());
    }

    /** In units of the resolution; what is near the middle between two may be rounded either way. */
    private static double[] cosines(FeatureMatrix queries, int q, FeatureMatrix database) {
        double[] cosines = new double[database.rows()];
        for (int i = 0; i < cosines.length; i++) {
            double product = 0;
            double own = 0;
            double other = 0;
            for (int j = 0; j < database.dimension(); j++) {
                double x = queries.get(q, j);
                double y = database.get(i, j);
                product += x * y;
                own += x * x;
                other += y * y;
            }
            double cosine = own == 0 || other == 0 ? 0 : product / Math.sqrt(own) / Math.sqrt(other);
            cosines[i] = Math.rint(cosine * 0x1p20);
        }
        return cosines;
    }

    /** Average precision in expectation over orders of equal cosines, rank by rank. */
    private static double sorted(double[] cosines, boolean[] relevant) {
        Integer[] order = IntStream.range(0, cosines.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -cosines[i]));
        double sum = 0;
        int hits = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int found = 0;
            while (to < order.length && cosines[order[to]] == cosines[order[from]]) {
                found += relevant[order[to++]] ? 1 : 0;
            }
            int size = to - from;
            for (int place = 0; place < size && found > 0; place++) {
                double before = size == 1 ? 0 : place * (found - 1.0) / (size - 1);
                sum += (double) found / size * (hits + before + 1) / (from + place + 1);
            }
            hits += found;
            from = to;
        }
        return hits == 0 ? 0 : sum / hits;
    }

    /** Outputs that are the codes rank as the codes do, with the same ties, under every convention that outputs know. */
    @Test
    void signsHaveTheMeanAveragePrecisionOfTheirCodes() {
        for (int seed = 0; seed < 8; seed++) {
            RandomExperiment apart = RandomExperiment.draw(4 + 7 * seed, 60, seed % 2 == 0, seed);
            RandomExperiment within = apart.withQueriesInDatabase();
            int[] rows =
                    IntStream.range(apart.databaseSize(), within.databaseSize()).toArray();
            Retrieval retrieval = Retrieval.of(within.queryCodes(), within.databaseCodes(), within.relevance(), rows)
                    .withOutputs(within.querySigns(), within.databaseSigns());
            for (Ties ties : Ties.values()) {
                for (SelfMatch selfMatch : SelfMatch.values()) {
                    Conventions conventions = Conventions.STANDARD.with(ties).with(selfMatch);
                    double real = metric("realMap").of(retrieval, conventions);
                    double codes = metric("map").of(retrieval, conventions);
                    assertThat(real).as(conventions + ", seed " + seed).isCloseTo(codes, within(1e-12));
                }
            }
        }
    }

    private static Metric metric(String key) {
        return StandardMetrics.ALL.stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theMetricIsThereWhereOutputsAre() {
        RandomExperiment experiment = RandomExperiment.draw(6, 20, true, 3);
        Retrieval codes = experiment.retrieval();
        Retrieval both = codes.withOutputs(experiment.querySigns(), experiment.databaseSigns());

        assertThat(StandardMetrics.evaluate(codes)).doesNotContainKey("realMap");
        assertThat(StandardMetrics.evaluate(both)).containsAllEntriesOf(StandardMetrics.evaluate(codes));
        assertThat(StandardMetrics.evaluate(both)).containsKey("realMap");
        assertThatThrownBy(() -> metric("realMap").of(codes)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesOutputsThatAreNotFiniteAndOtherSizes() {
        float[] values = new float[40];
        values[29] = Float.POSITIVE_INFINITY;
        FeatureMatrix database = FeatureMatrix.owning(20, 2, values);
        FeatureMatrix query = FeatureMatrix.owning(1, 2, new float[] {1, 0});
        Retrieval retrieval = Retrieval.of(
                BinaryCodes.ofBytes(1, 2, new byte[1]),
                BinaryCodes.ofBytes(20, 2, new byte[20]),
                Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(new int[20])));

        assertThatThrownBy(() -> retrieval.withOutputs(query, database))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("an output of row 14 is Infinity");
        assertThatThrownBy(() -> retrieval.withOutputs(query, query)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retrieval.withOutputs(FeatureMatrix.owning(1, 1, new float[] {1}), database))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputs of queries have dimension 1, those of the database 2");
    }
}
