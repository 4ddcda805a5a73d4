package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.neighbors.CodeMeasures;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecallExtrapolationTest {
    /** m / j = N / k, with the largest j that leaves m within the sample. */
    @ParameterizedTest
    @CsvSource({
        "100000, 1000000, 10, 1000000, 1, 100000",
        "100000, 400000, 10, 400000, 2, 80000",
        "100000, 110000, 10, 110000, 9, 99000",
        "100000, 5000000, 10, 1000000, 1, 100000",
        "100000, 5000000, 100, 5000000, 2, 100000",
        "100, 200, 1, 100, 1, 100",
        "1500000000, 2000000000, 1000, 2000000000, 750, 1500000000"
    })
    void aPartOfTheSampleHasTheScaleOfAll(int rows, int given, int neighbors, int predicted, int nearest, int part) {
        assertThat(RecallExtrapolation.of(rows, given, neighbors))
                .hasValue(new RecallExtrapolation(predicted, neighbors, nearest, part));
    }

    @Test
    void nothingIsPredictedOfTheWhole() {
        assertThat(RecallExtrapolation.of(1000, 1000, 10)).isEmpty();
    }

    private static CrossedMean interval(double mean, double reach) {
        return new CrossedMean(mean, reach / 2, 100, mean - reach, mean + reach, 1, 1);
    }

    /** The loss of random ranks is added, its uncertainty is added in squares, and both vanish where a recall is certain. */
    @Test
    void theLossIsAddedAndWidensTheInterval() {
        RecallExtrapolation full =
                RecallExtrapolation.of(100_000, 1_000_000, 10).orElseThrow();
        CrossedMean half = full.predict(interval(0.5, 0.03), 1, 0);
        assertThat(half.mean()).isCloseTo(0.55, within(1e-12));
        assertThat(full.predict(interval(0.5, 0.03), 2, 0).mean()).isCloseTo(0.583, within(1e-12));
        assertThat(full.predict(interval(0.5, 0.03), 50, 0).mean()).isCloseTo(0.526, within(1e-12));
        assertThat(full.predict(interval(0.5, 0.03), 90, 0)).isEqualTo(full.predict(interval(0.5, 0.03), 50, 0));
        assertThat(half.high() - half.low()).isCloseTo(2 * Math.hypot(0.03, 0.038), within(1e-12));
        CrossedMean drawn = full.predict(interval(0.5, 0.03), 1, 0.02);
        assertThat(drawn.mean()).isEqualTo(half.mean());
        assertThat(drawn.high() - drawn.low())
                .isCloseTo(2 * Math.sqrt(0.03 * 0.03 + 0.038 * 0.038 + 2.262 * 2.262 * 0.0004), within(1e-12));
        CrossedMean sure = full.predict(interval(1, 0), 1, 0);
        assertThat(sure.mean()).isEqualTo(1);
        assertThat(sure.high()).isEqualTo(1);
        assertThat(1 - sure.low()).isBetween(0.0, 0.003);
        RecallExtrapolation nearlyAll =
                RecallExtrapolation.of(100_000, 110_000, 10).orElseThrow();
        assertThat(nearlyAll.predict(interval(0.5, 0.03), 1, 0).mean()).isBetween(0.5, 0.501);
    }

    /**
     * Ranks are the points of a Poisson process, which a sample thins to another one, and codes see their logarithm with normal noise. So the recall
     * of the nearest one, and that of the nearest ten, are what a sample of a tenth finds, and the whole.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void theRecallOfAPoissonProcessIsPredicted(int oversampling) {
        RecallExtrapolation full =
                RecallExtrapolation.of(100_000, 1_000_000, 10).orElseThrow();
        double ofOne = ofPoissonProcess(1, oversampling);
        double ofTen = ofPoissonProcess(10, oversampling);
        assertThat(ofTen).isGreaterThan(ofOne + 0.01);
        CrossedMean predicted = full.predict(interval(ofOne, 0), oversampling, 0);
        assertThat(predicted.covers(ofTen)).as("%s, %s", predicted, ofTen).isTrue();
    }

    /** The share of the first k points that is among the best k x oversampling by noisy logarithms; the mean of many processes. */
    private static double ofPoissonProcess(int k, int oversampling) {
        UniformRandomProvider random = new RandomStreams(7).stream("ranks");
        ZigguratSampler.NormalizedGaussian noise = ZigguratSampler.NormalizedGaussian.of(random);
        ZigguratSampler.Exponential gap = ZigguratSampler.Exponential.of(random);
        int processes = 4000 / k;
        double found = 0;
        for (int process = 0; process < processes; process++) {
            double[] seen = new double[30 * k * oversampling];
            double rank = 0;
            for (int i = 0; i < seen.length; i++) {
                rank += gap.sample();
                seen[i] = Math.log(rank) + 0.75 * noise.sample();
            }
            double[] sorted = seen.clone();
            Arrays.sort(sorted);
            double furthest = sorted[k * oversampling - 1];
            found +=
                    Arrays.stream(seen, 0, k).filter(value -> value <= furthest).count();
        }
        return found / k / processes;
    }

    /** Signs of 40,000 vectors in clusters of another kind than those of the fit, from 4,000 of them. */
    @Test
    void aSampleTellsOfTenTimesItsSize() {
        FeatureMatrix all = clusters(40_400, 24, 700);
        FeatureMatrix database = PreparedVectors.of(Similarity.COSINE, all.part(400, 40_000), "database");
        FeatureMatrix queries = PreparedVectors.of(Similarity.COSINE, all.part(0, 400), "queries");
        RecallExtrapolation full = RecallExtrapolation.of(4000, 40_000, 10).orElseThrow();
        FeatureMatrix sample = database.part(0, 4000);
        double inSample = recall(sample, queries, 10).mean();
        CrossedMean predicted = full.predict(recall(sample, queries, full.nearest()), 1, 0);
        double truth = recall(database, queries, 10).mean();
        assertThat(inSample).isGreaterThan(truth + 0.1);
        assertThat(predicted.covers(truth)).as("%s, %s", predicted, truth).isTrue();
    }

    private static CrossedMean recall(FeatureMatrix database, FeatureMatrix queries, int k) {
        Quantizer signs = Quantizers.ALL.stream()
                .filter(one -> one.name().equals("rotated-sign"))
                .findFirst()
                .orElseThrow()
                .within(24, 3)
                .get(0)
                .quantizer();
        Quantizer.Encoded codes = signs.fit(database.part(0, 4000), Similarity.COSINE, new RandomStreams(1))
                .encode(database);
        CodeMeasures.Part whole =
                new CodeMeasures.Part(database.rows(), FloatNeighbors.find(database, queries, k, Similarity.COSINE));
        double[] found = new CodeMeasures(List.of(1), List.of(whole), 0, null, null)
                .of(codes, codes.estimates(queries))
                .recall(0, 0);
        return CrossedMean.crossed(new double[][][] {{found}}, CrossedMean.Range.FRACTION)
                .orElseThrow();
    }

    private static FeatureMatrix clusters(int rows, int dimension, int count) {
        UniformRandomProvider random = new RandomStreams(5).stream("clusters");
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        float[] centers = new float[count * dimension];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = (float) gaussian.sample();
        }
        float[] values = new float[rows * dimension];
        for (int i = 0; i < rows; i++) {
            int center = Math.min(random.nextInt(count), random.nextInt(count));
            for (int j = 0; j < dimension; j++) {
                values[i * dimension + j] = (float) (centers[center * dimension + j] + 0.5 * gaussian.sample());
            }
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }
}
