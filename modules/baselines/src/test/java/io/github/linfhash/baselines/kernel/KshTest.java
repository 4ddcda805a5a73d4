package io.github.linfhash.baselines.kernel;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KshTest {
    private static final FeatureMatrix DATA = Samples.clusters(300, 8, 4, 11);

    private static Ksh.Options options(int anchors) {
        return new Ksh.Options(anchors, 1, 60, 50, 1e-2, 1e-6);
    }

    private static TrainingSet training(int labeled, Labels labels) {
        return new TrainingSet(DATA.select(Samples.first(labeled)), labels, DATA);
    }

    private static FeatureMatrix anchors(int count, long seed) {
        int[] chosen =
                new PermutationSampler(TrainingContext.quiet(seed).random().stream("anchors"), 300, count).sample();
        Arrays.sort(chosen);
        return DATA.select(chosen);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("classes", 120, 20, Samples.classes(120, 4)),
                Arguments.of("fewer labeled rows than anchors", 12, 20, Samples.classes(12, 4)),
                Arguments.of("label sets", 120, 20, Samples.labelSets(120, 5, 3)),
                Arguments.of("one class", 40, 10, Samples.classes(40, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void codesEqualThePlainLoopsUpToTheComplementOfABit(String name, int labeled, int anchors, Labels labels) {
        TrainingSet training = training(labeled, labels);
        int bits = 6;
        HashFunction fast = new Ksh(options(anchors)).train(training, bits, TrainingContext.quiet(9));
        SlowKsh slow = new SlowKsh(DATA, anchors(anchors, 9));
        slow.train(training.labeled(), labels, bits, options(anchors));

        BinaryCodes codes = fast.encode(DATA);
        double[][] kernel = slow.kernel(DATA);
        for (int t = 0; t < bits; t++) {
            double[] outputs = SlowKsh.times(kernel, slow.projections.get(t));
            int equal = 0;
            int decided = 0;
            for (int i = 0; i < outputs.length; i++) {
                if (Math.abs(outputs[i]) > 1e-3) {
                    decided++;
                    equal += codes.bit(i, t) == outputs[i] > 0 ? 1 : 0;
                }
            }
            assertThat(decided).isGreaterThan(290);
            assertThat(Math.max(equal, decided - equal))
                    .as("bit %d of %s", t, name)
                    .isEqualTo(decided);
        }
    }

    @Test
    void theBandwidthIsTheMeanSquaredDistanceAndTheKernelHasZeroMeanOverTheData() {
        FeatureMatrix anchors = anchors(15, 2);
        AnchorKernel kernel = AnchorKernel.fit(DATA, anchors, 1, "KSH");
        SlowKsh slow = new SlowKsh(DATA, anchors);
        float[] values = kernel.of(DATA.toArray());
        double[][] expected = slow.kernel(DATA);

        assertThat(kernel.sigma()).isCloseTo(slow.sigma(), within(1e-9));
        for (int j = 0; j < 15; j++) {
            double sum = 0;
            for (int i = 0; i < 300; i++) {
                assertThat((double) values[i * 15 + j]).isCloseTo(expected[i][j], within(1e-6));
                sum += values[i * 15 + j];
            }
            assertThat(sum / 300).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void refinementLowersTheSmoothedCostAndIsAcceptedOnlyWhereHardSignsFitBetter() {
        TrainingSet training = training(120, Samples.classes(120, 4));
        double[] kernel = kernelOf(training, 20);
        int bits = 12;
        double[][] refined = learn(kernel, training.labels(), bits, options(20));
        ResidualSimilarity target = new ResidualSimilarity(training.labels(), bits);
        Ksh.SpectralStart start =
                new Ksh.SpectralStart(kernel, target, options(20).ridge());
        int improved = 0;
        for (double[] projection : refined) {
            double[] spectral = start.solve();
            double reached = fit(kernel, projection, target);
            double without = fit(kernel, spectral, target);
            assertThat(reached).isGreaterThanOrEqualTo(without);
            if (!Arrays.equals(projection, spectral)) {
                improved++;
                assertThat(reached).isGreaterThan(without);
                assertThat(smoothed(kernel, projection, target)).isGreaterThan(smoothed(kernel, spectral, target));
            }
            double[] bit = SlowKsh.signs(outputs(kernel, projection));
            target.deflate(bit);
            start.deflate(bit);
        }
        assertThat(improved).isPositive();
    }

    @Test
    void noGradientStepsLeaveTheSpectralSolutionWhichHasOutputsOfUnitMeanSquare() {
        TrainingSet training = training(120, Samples.classes(120, 4));
        double[] kernel = kernelOf(training, 20);
        double[][] projections = learn(kernel, training.labels(), 3, new Ksh.Options(20, 1, 0, 50, 1e-2, 1e-9));

        for (double[] projection : projections) {
            double[] outputs = outputs(kernel, projection);
            assertThat(SlowKsh.dot(outputs, outputs) / 120).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void repeatedRowsAmongTheAnchorsAreTrained() {
        FeatureMatrix repeated = DATA.select(new int[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7});
        HashFunction function = new Ksh(options(16))
                .train(new TrainingSet(repeated, Samples.classes(16, 4), repeated), 8, TrainingContext.quiet(1));

        assertThat(function.encode(repeated).distance(0, function.encode(repeated), 4))
                .isZero();
        assertThat(function.encode(DATA).unique()).isGreaterThan(1);
    }

    @Test
    void codesOfOneClassAreNearerThanThoseOfOthers() {
        HashFunction function =
                new Ksh(options(40)).train(training(200, Samples.classes(200, 4)), 32, TrainingContext.quiet(3));
        BinaryCodes codes = function.encode(DATA);
        double within = 0;
        double between = 0;
        for (int i = 200; i < 300; i++) {
            for (int j = 200; j < 300; j++) {
                double distance = codes.distance(i, codes, j);
                within += i % 4 == j % 4 ? distance / 2500 : 0;
                between += i % 4 == j % 4 ? 0 : distance / 7500;
            }
        }
        assertThat(within).isLessThan(between / 2);
    }

    @Test
    void theSameSeedGivesTheSameCodesAndAnotherSeedOthers() {
        TrainingSet training = training(120, Samples.classes(120, 4));
        List<BinaryCodes> codes = Stream.of(5L, 5L, 6L)
                .map(seed -> new Ksh(options(20))
                        .train(training, 16, TrainingContext.quiet(seed))
                        .encode(DATA))
                .toList();

        assertThat(codes.get(0)).isEqualTo(codes.get(1)).isNotEqualTo(codes.get(2));
    }

    @Test
    void failuresAreOneSentence() {
        TrainingSet training = training(120, Samples.classes(120, 4));
        assertBadInput(() -> new Ksh(options(301)).train(training, 8, TrainingContext.quiet(1)))
                .hasMessage(
                        "KSH needs at least as many unlabeled rows as anchors: there are 300 rows for 301 anchors; set anchors to at most 300.");
        FeatureMatrix equal = DATA.select(new int[20]);
        assertBadInput(() -> new Ksh(options(5))
                        .train(new TrainingSet(equal, Samples.classes(20, 2), equal), 8, TrainingContext.quiet(1)))
                .hasMessage("KSH needs rows that differ: all 20 unlabeled rows equal every anchor; remove equal rows.");
    }

    @Test
    void rowsThatAreNotFiniteAreNamedAndOtherDimensionsRefused() {
        HashFunction function =
                new Ksh(options(20)).train(training(120, Samples.classes(120, 4)), 8, TrainingContext.quiet(1));
        float[] values = DATA.toArray();
        values[8 * 250 + 3] = Float.NaN;

        assertThatThrownBy(() -> function.encode(FeatureMatrix.owning(300, 8, values)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("of row 250 is NaN");
        assertThatThrownBy(() -> function.encode(Samples.clusters(3, 7, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features of dimension 8, not 7");
    }

    private static double[] kernelOf(TrainingSet training, int anchors) {
        return AnchorKernel.fit(DATA, anchors(anchors, 4), 1, "KSH").matrix(training.labeled());
    }

    private static double[][] learn(double[] kernel, Labels labels, int bits, Ksh.Options options) {
        return Ksh.projections(kernel, new ResidualSimilarity(labels, bits), options, Progress.NONE);
    }

    private static double[] outputs(double[] kernel, double[] a) {
        double[] outputs = new double[kernel.length / a.length];
        for (int i = 0; i < kernel.length; i++) {
            outputs[i / a.length] += kernel[i] * a[i % a.length];
        }
        return outputs;
    }

    private static double fit(double[] kernel, double[] a, ResidualSimilarity target) {
        return target.quadraticForm(SlowKsh.signs(outputs(kernel, a)));
    }

    private static double smoothed(double[] kernel, double[] a, ResidualSimilarity target) {
        return target.quadraticForm(SlowKsh.smooth(outputs(kernel, a)));
    }
}
