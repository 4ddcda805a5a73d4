package io.github.linfhash.baselines.projection;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.baselines.projection.SpectralHashing.Mode;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralHashingTest {
    private static HashFunction train(FeatureMatrix unlabeled, int bits) {
        TrainingSet training = new TrainingSet(unlabeled.select(new int[] {0, 1}), Samples.classes(2, 2), unlabeled);
        return SpectralHashing.SPEC
                .create(SpectralHashing.SPEC.defaults())
                .train(training, bits, TrainingContext.quiet(1));
    }

    @Test
    void modesComeInTheOrderOfTheirFrequency() {
        // Half periods per unit length: 1/4, 2/4, ... along the first component; 1/2, 2/2, ... along the second, equal
        // to the second and fourth of the first, which come before; 1/1 along the third.
        List<Mode> modes = SpectralHashing.lowestModes(new double[] {4, 2, 1}, 7);

        assertThat(modes).extracting(Mode::component).containsExactly(0, 0, 1, 0, 0, 1, 2);
        double[] expected = {0.25, 0.5, 0.5, 0.75, 1, 1, 1};
        for (int b = 0; b < expected.length; b++) {
            assertThat(modes.get(b).frequency()).isCloseTo(expected[b] * Math.PI, within(1e-12));
        }
    }

    @Test
    void oneComponentSufficesForAnyNumberOfBitsAndConstantOnesCarryNone() {
        assertThat(SpectralHashing.lowestModes(new double[] {3, 0}, 100))
                .hasSize(100)
                .allMatch(mode -> mode.component() == 0);
    }

    @Test
    void aValueBeyondTheRangeOfTrainingGoesOnAlongTheCosine() {
        FeatureMatrix unlabeled = FeatureMatrix.copyOf(new float[][] {{5}, {6}, {5.5f}, {5.25f}});
        HashFunction function = train(unlabeled, 3);

        BinaryCodes codes = function.encode(FeatureMatrix.copyOf(new float[][] {{5.1f}, {6.3f}, {4.7f}}));

        // cos(0.1 pi), cos(0.2 pi), cos(0.3 pi); then 1.3, 2.6, 3.9; then -0.3, -0.6, -0.9 times pi.
        assertThat(codes.toBytes()).containsExactly(0b111, 0b100, 0b001);
    }

    @ParameterizedTest
    @CsvSource({"5,4", "7,12", "3,20"})
    void codesEqualTheProductsOfSinesInPlainLoops(int dimension, int bits) {
        FeatureMatrix unlabeled = Samples.clusters(150, dimension, 3, 2);
        FeatureMatrix others = Samples.clusters(60, dimension, 3, 12);

        BinaryCodes codes = train(unlabeled, bits).encode(others);

        PlainLoops.assertSignsUpToComplement(codes, sines(unlabeled, others, bits));
    }

    /** The released code's way: a table of modes with one row for each, the zero mode first, and a product of sines. */
    private static double[][] sines(FeatureMatrix unlabeled, FeatureMatrix others, int bits) {
        double[][] rows = PlainLoops.rows(unlabeled);
        double[][] components = PlainLoops.principalComponents(rows, Math.min(bits, rows[0].length));
        double[][] along = PlainLoops.transpose(PlainLoops.timesTransposed(rows, components));
        double[] low = Arrays.stream(along)
                .mapToDouble(v -> Arrays.stream(v).min().orElseThrow())
                .toArray();
        double[] range = IntStream.range(0, low.length)
                .mapToDouble(i -> Arrays.stream(along[i]).max().orElseThrow() - low[i])
                .toArray();
        List<double[]> omegas = omegas(range, bits);
        double[][] projected = PlainLoops.timesTransposed(PlainLoops.rows(others), components);
        double[][] values = new double[projected.length][bits];
        for (int row = 0; row < values.length; row++) {
            for (int b = 0; b < bits; b++) {
                values[row][b] = 1;
                for (int i = 0; i < range.length; i++) {
                    values[row][b] *= Math.sin(omegas.get(b + 1)[i] * (projected[row][i] - low[i]) + Math.PI / 2);
                }
            }
        }
        return values;
    }

    private static List<double[]> omegas(double[] range, int bits) {
        double widest = Arrays.stream(range).max().orElseThrow();
        List<double[]> omegas = new ArrayList<>();
        omegas.add(new double[range.length]);
        for (int i = 0; i < range.length; i++) {
            int maxMode = (int) Math.ceil((bits + 1) * range[i] / widest);
            for (int mode = 1; mode <= maxMode - 1; mode++) {
                double[] omega = new double[range.length];
                omega[i] = mode * Math.PI / range[i];
                omegas.add(omega);
            }
        }
        omegas.sort(Comparator.comparingDouble(omega -> PlainLoops.dot(omega, omega)));
        return omegas;
    }

    @Test
    void imagesWithoutAnyDifferenceAreRefused() {
        FeatureMatrix same = FeatureMatrix.copyOf(new float[][] {{1, 2}, {1, 2}, {1, 2}});

        assertBadInput(() -> train(same, 4))
                .hasMessage("sh: all training images have the same features; check the file of features");
    }
}
