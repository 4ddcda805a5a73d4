package io.github.linfhash.baselines.graph;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.codes.AnchorWeights;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.KMeans;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AghTest {
    private static final FeatureMatrix DATA = Samples.clusters(160, 6, 3, 21);
    private static final FeatureMatrix OTHERS = Samples.clusters(70, 6, 3, 22);
    private static final int ANCHORS = 24;

    private static Agh.Options options(int nearest, AnchorWeights weights) {
        return new Agh.Options(ANCHORS, nearest, weights, 10);
    }

    private static TrainingSet training(FeatureMatrix data) {
        return new TrainingSet(data.select(Samples.first(9)), Samples.classes(9, 3), data);
    }

    private static FeatureMatrix anchors() {
        return new KMeans(ANCHORS, 10).centers(DATA, new RandomStreams(7).stream("anchors"), Progress.NONE);
    }

    @Test
    void trainingsThatShareAnchorsGiveTheSameCodesAsAlone() {
        HashingMethod method = Agh.ONE_LAYER.create(options(3, AnchorWeights.GAUSSIAN));
        SharedWork work = SharedWork.remembering();
        for (long seed : new long[] {7, 8}) {
            for (FeatureMatrix data : List.of(DATA, OTHERS)) {
                for (int bits : new int[] {4, 10}) {
                    TrainingContext alone = TrainingContext.quiet(seed);
                    assertThat(method.train(
                                            training(data),
                                            bits,
                                            new TrainingContext(alone.random(), alone.progress(), work))
                                    .encode(OTHERS))
                            .as("%d bits, seed %d", bits, seed)
                            .isEqualTo(method.train(training(data), bits, alone).encode(OTHERS));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void codesOfOneLayerEqualThePlainLoopsUpToTheComplementOfABit(int nearest) {
        SlowAgh slow = new SlowAgh(DATA, anchors(), nearest);
        BinaryCodes codes = Agh.ONE_LAYER
                .create(options(nearest, AnchorWeights.GAUSSIAN))
                .train(training(DATA), 10, TrainingContext.quiet(7))
                .encode(OTHERS);
        double[][] z = slow.weights(OTHERS);
        double[][] w = slow.embedding(10);

        for (int k = 0; k < 10; k++) {
            assertEqualUpToComplement(codes, k, SlowAgh.column(z, w, k));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void codesOfTwoLayersEqualThePlainLoopsUpToTheComplementOfABit(int nearest) {
        SlowAgh slow = new SlowAgh(DATA, anchors(), nearest);
        BinaryCodes codes = Agh.TWO_LAYERS
                .create(options(nearest, AnchorWeights.GAUSSIAN))
                .train(training(DATA), 12, TrainingContext.quiet(7))
                .encode(OTHERS);
        double[][] w = slow.embedding(6);

        for (int k = 0; k < 6; k++) {
            double[] thresholds = slow.thresholds(SlowAgh.column(slow.z, w, k));
            double[] y = SlowAgh.column(slow.weights(OTHERS), w, k);
            assertEqualUpToComplement(codes, k, y);
            assertEqualUpToComplement(codes, 6 + k, SlowAgh.split(y, thresholds[0], thresholds[1]));
        }
    }

    private static void assertEqualUpToComplement(BinaryCodes codes, int bit, double[] outputs) {
        int equal = 0;
        int decided = 0;
        for (int i = 0; i < outputs.length; i++) {
            if (Math.abs(outputs[i]) > 1e-4) {
                decided++;
                equal += codes.bit(i, bit) == outputs[i] > 0 ? 1 : 0;
            }
        }
        assertThat(decided).isGreaterThan(60);
        assertThat(Math.max(equal, decided - equal)).as("bit %d", bit).isEqualTo(decided);
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfZSumToOneAndFunctionsHaveZeroMeanAndUnitVarianceAndAreUncorrelated(AnchorWeights weights) {
        AnchorGraph graph = AnchorGraph.of(DATA, anchors(), options(4, weights));
        double[][] w = Agh.embedding(graph, 8);
        double[][] products = new double[9][9];
        for (int i = 0; i < DATA.rows(); i++) {
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                assertThat(graph.weights().weight(i, k)).isNotNegative();
                sum += graph.weights().weight(i, k);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            double[] y = new double[8];
            graph.weights().addProduct(i, w, y);
            for (int a = 0; a < 8; a++) {
                products[8][a] += y[a];
                for (int b = 0; b < 8; b++) {
                    products[a][b] += y[a] * y[b];
                }
            }
        }
        for (int a = 0; a < 8; a++) {
            assertThat(products[8][a]).isCloseTo(0, within(1e-7));
            for (int b = 0; b < 8; b++) {
                assertThat(products[a][b] / DATA.rows()).isCloseTo(a == b ? 1 : 0, within(1e-8));
            }
        }
    }

    @Test
    void theSecondLayerIsBalancedAndHasTheThresholdsOfTheParabola() {
        AnchorGraph graph = AnchorGraph.of(DATA, anchors(), options(3, AnchorWeights.GAUSSIAN));
        SlowAgh slow = new SlowAgh(DATA, anchors(), 3);
        double[][] w = Agh.embedding(graph, 6);
        Agh.SecondLayer layer = Agh.SecondLayer.fit(graph, w);

        for (int k = 0; k < 6; k++) {
            double[] y = SlowAgh.column(slow.z, w, k);
            double[] expected = slow.thresholds(y);
            assertThat(layer.above(k)).isCloseTo(expected[0], within(1e-4));
            assertThat(layer.below(k)).isCloseTo(expected[1], within(1e-4));
            double sum = 0;
            for (int i = 0; i < DATA.rows(); i++) {
                double[] functions = new double[6];
                double[] bits = new double[12];
                graph.weights().addProduct(i, w, functions);
                layer.apply(functions, bits);
                sum += bits[6 + k];
            }
            assertThat(sum).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void anchorsThatNoRowChoosesAreDropped() {
        float[] values = new float[(ANCHORS + 2) * 6];
        System.arraycopy(anchors().toArray(), 0, values, 6, ANCHORS * 6);
        Arrays.fill(values, 0, 6, 1e4f);
        Arrays.fill(values, (ANCHORS + 1) * 6, values.length, -1e4f);
        FeatureMatrix withFar = FeatureMatrix.owning(ANCHORS + 2, 6, values);
        Agh.Options options = options(3, AnchorWeights.GAUSSIAN);

        AnchorGraph graph = AnchorGraph.of(DATA, withFar, options);

        assertThat(graph.anchors()).isEqualTo(ANCHORS);
        assertThat(Agh.embedding(graph, 5)).isDeepEqualTo(Agh.embedding(AnchorGraph.of(DATA, anchors(), options), 5));
    }

    @Test
    void aRowFarFromAllAnchorsStillGetsACode() {
        HashFunction function = Agh.TWO_LAYERS
                .create(options(3, AnchorWeights.GAUSSIAN))
                .train(training(DATA), 8, TrainingContext.quiet(1));

        assertThat(function.encode(FeatureMatrix.copyOf(new float[][] {{900, 0, 0, 0, 0, -900}}))
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void codesOfOneClassAreNearerThanThoseOfOthers(AnchorWeights weights) {
        BinaryCodes codes = Agh.ONE_LAYER
                .create(options(3, weights))
                .train(training(DATA), 8, TrainingContext.quiet(3))
                .encode(DATA);
        double same = 0;
        double different = 0;
        for (int i = 0; i < 159; i++) {
            for (int j = 0; j < 159; j++) {
                double distance = codes.distance(i, codes, j);
                same += i % 3 == j % 3 ? distance / (53 * 159) : 0;
                different += i % 3 == j % 3 ? 0 : distance / (106 * 159);
            }
        }
        assertThat(same).isLessThan(0.75 * different);
    }

    @Test
    void theSameSeedGivesTheSameCodesAndAnotherSeedOthers() {
        BinaryCodes[] codes = new BinaryCodes[3];
        for (int run = 0; run < 3; run++) {
            codes[run] = Agh.ONE_LAYER
                    .create(options(3, AnchorWeights.GAUSSIAN))
                    .train(training(DATA), 12, TrainingContext.quiet(run / 2))
                    .encode(DATA);
        }
        assertThat(codes[0]).isEqualTo(codes[1]).isNotEqualTo(codes[2]);
    }

    @Test
    void failuresAreOneSentence() {
        TrainingContext context = TrainingContext.quiet(1);
        Agh.Options options = options(3, AnchorWeights.GAUSSIAN);
        assertBadInput(() -> Agh.ONE_LAYER.create(options).train(training(DATA), 24, context))
                .hasMessageMatching("AGH needs 24 eigenvalues between 0 and 0\\.999, but the graph of 24 anchors has"
                        + " 2[0-3]; use more anchors or fewer bits\\.");
        assertBadInput(() -> Agh.TWO_LAYERS.create(options).train(training(DATA), 7, context))
                .hasMessage("AGH with two layers: expected an even number of bits, two for each function, found 7");
        FeatureMatrix few = DATA.select(Samples.first(23));
        assertBadInput(() -> Agh.ONE_LAYER.create(options).train(training(few), 4, context))
                .hasMessage(
                        "AGH needs at least as many unlabeled rows as anchors: there are 23 rows for 24 anchors; set anchors to at most 23.");
        FeatureMatrix equal = FeatureMatrix.owning(40, 6, new float[240]);
        assertBadInput(() -> Agh.ONE_LAYER.create(options).train(training(equal), 4, context))
                .hasMessageStartingWith("AGH needs rows that differ")
                .hasMessageEndingWith("; remove equal rows.");
        assertBadInput(() -> new Agh.Options(5, 6, AnchorWeights.LAE, 10))
                .hasMessage("nearest: expected at most the 5 anchors, found 6");
    }

    @Test
    void rowsThatAreNotFiniteAreNamedInTrainingAndInEncoding() {
        float[] values = DATA.toArray();
        values[6 * 100] = Float.POSITIVE_INFINITY;
        FeatureMatrix broken = FeatureMatrix.owning(160, 6, values);
        HashFunction function = Agh.ONE_LAYER
                .create(options(3, AnchorWeights.GAUSSIAN))
                .train(training(DATA), 8, TrainingContext.quiet(1));

        assertThatThrownBy(() -> function.encode(broken))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("of row 100 is NaN");
        assertThatThrownBy(() -> Agh.ONE_LAYER
                        .create(options(3, AnchorWeights.GAUSSIAN))
                        .train(training(broken), 8, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class);
    }
}
