package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.baselines.linalg.LabelColumns;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SdhTest {
    private static final int CLASSES = 4;
    private static final FeatureMatrix ROWS = Samples.clusters(90, 6, CLASSES, 5);
    private static final FeatureMatrix TRAINING = ROWS.select(Samples.first(50));
    private static final FeatureMatrix ANCHORS = ROWS.select(Samples.first(12));
    private static final int BITS = 6;
    private static final Sdh.Options OPTIONS = new Sdh.Options(12, 0.5, 5, 0.7, 0.03, 0.2);

    private final AnchorKernel kernel = AnchorKernel.fit(ROWS, ANCHORS, OPTIONS.bandwidth(), "SDH");

    private static double[] codes(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("test");
        double[] codes = new double[50 * BITS];
        Arrays.setAll(codes, i -> random.nextBoolean() ? 1 : -1);
        return codes;
    }

    private Sdh.Learner learner(Labels labels, double[] codes, Sdh.Variant variant) {
        return new Sdh.Learner(LabelColumns.matrix(labels), kernel.matrix(TRAINING), codes, BITS, OPTIONS, variant);
    }

    @ParameterizedTest
    @EnumSource(Sdh.Variant.class)
    void theLossNeverGrowsAndFallsFromRandomCodes(Sdh.Variant variant) {
        for (Labels labels : new Labels[] {Samples.classes(50, CLASSES), Samples.labelSets(50, 3, 2)}) {
            Sdh.Options many = new Sdh.Options(12, 0.5, 12, 0.7, 0.03, 0.2);
            TrainingSet training = new TrainingSet(TRAINING, labels, ROWS);
            double[] loss = Objects.requireNonNull(new Sdh(many, variant)
                    .train(training, BITS, TrainingContext.quiet(3))
                    .curves()
                    .get("loss"));
            assertThat(loss).hasSize(12);
            for (int t = 1; t < loss.length; t++) {
                assertThat(loss[t]).isLessThanOrEqualTo(loss[t - 1] + 1e-12);
            }
            assertThat(loss[11]).isLessThan(loss[0]);
        }
    }

    /** One round, in plain loops: both regressions by elimination, all 2^N codes of a row tried. */
    @ParameterizedTest
    @EnumSource(Sdh.Variant.class)
    void aRoundIsThatOfPlainLoops(Sdh.Variant variant) {
        ClassLabels labels = Samples.classes(50, CLASSES);
        double[] start = codes(4);
        Sdh.Learner learner = learner(labels, start.clone(), variant);
        double loss = learner.improve();
        double[][] before = matrix(start, BITS);
        double[][] after = matrix(learner.codes(), BITS);

        double[][] y = matrix(LabelColumns.matrix(labels), CLASSES);
        double[][] phi = withConstant(matrix(kernel.matrix(TRAINING), 12));
        double[][] p = ridge(phi, before, OPTIONS.ridge());
        double[][] f = product(phi, p);
        boolean sdh = variant == Sdh.Variant.SDH;
        double[][] w = sdh ? ridge(before, y, OPTIONS.lambda()) : ridge(y, before, OPTIONS.lambda());
        double total = OPTIONS.lambda() * squares(w) + OPTIONS.nu() * OPTIONS.ridge() * squares(p);
        for (int i = 0; i < 50; i++) {
            double found = rowLoss(after[i], y[i], f[i], w, sdh);
            total += found;
            if (sdh) {
                // Coordinate descent ends where no single bit does better, and no worse than where it began.
                for (int k = 0; k < BITS; k++) {
                    double[] other = after[i].clone();
                    other[k] = -other[k];
                    assertThat(found).isLessThanOrEqualTo(rowLoss(other, y[i], f[i], w, true) + 1e-9);
                }
                assertThat(found).isLessThanOrEqualTo(rowLoss(before[i], y[i], f[i], w, true) + 1e-9);
            } else {
                assertThat(found).isCloseTo(leastOfAll(y[i], f[i], w), within(1e-9));
            }
        }
        assertThat(loss).isCloseTo(total / 50, within(1e-9 * total));
    }

    private static double leastOfAll(double[] y, double[] f, double[][] w) {
        return IntStream.range(0, 1 << BITS)
                .mapToDouble(number -> {
                    double[] code = new double[BITS];
                    Arrays.setAll(code, k -> (number >> k & 1) == 1 ? 1 : -1);
                    return rowLoss(code, y, f, w, false);
                })
                .min()
                .orElseThrow();
    }

    /** |y - b W|^2 or |b - y W|^2, and nu |b - f|^2. */
    private static double rowLoss(double[] b, double[] y, double[] f, double[][] w, boolean sdh) {
        double[] from = sdh ? b : y;
        double[] to = sdh ? y : b;
        double[] said = product(new double[][] {from}, w)[0];
        double loss = PlainLoops.squaredDistance(said, to);
        return loss + OPTIONS.nu() * PlainLoops.squaredDistance(b, f);
    }

    @ParameterizedTest
    @EnumSource(Sdh.Variant.class)
    void outputsAreTheRegressionOfTheLastCodes(Sdh.Variant variant) {
        Sdh.Learner learner = learner(Samples.classes(50, CLASSES), codes(4), variant);
        learner.improve();
        double[][] p = ridge(
                withConstant(matrix(kernel.matrix(TRAINING), 12)), matrix(learner.codes(), BITS), OPTIONS.ridge());
        double[][] expected = product(withConstant(matrix(kernel.matrix(ROWS), 12)), p);

        RealOutputs function = learner.function(kernel, Map.of());
        float[] outputs = function.outputs(ROWS);
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < BITS; k++) {
                assertThat((double) outputs[i * BITS + k]).isCloseTo(expected[i][k], within(1e-4));
            }
        }
        RealOutputs again = KernelHashFunction.restore(function.state());
        assertThat(again.outputs(ROWS)).isEqualTo(outputs);
        assertThat(function.parameters()).isEqualTo(12 * BITS + BITS + 12 * 7 + 1);
    }

    /** Rows of one class about one center: nearly all have the code of their class, and classes differ. */
    @ParameterizedTest
    @EnumSource(Sdh.Variant.class)
    void codesOfSeparableClassesAreThoseOfTheirClass(Sdh.Variant variant) {
        FeatureMatrix rows = Samples.clusters(200, 6, CLASSES, 9);
        TrainingSet training = new TrainingSet(rows, Samples.classes(200, CLASSES), rows);
        Sdh.Options options = new Sdh.Options(100, 0.3, 5, 1, 1e-5, 1e-2);
        RealOutputs function = (RealOutputs) new Sdh(options, variant).train(training, 16, TrainingContext.quiet(1));
        float[] outputs = function.outputs(rows);
        double within = 0;
        double across = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < i; j++) {
                int differing = 0;
                for (int k = 0; k < 16; k++) {
                    differing += outputs[i * 16 + k] > 0 == outputs[j * 16 + k] > 0 ? 0 : 1;
                }
                if (i % CLASSES == j % CLASSES) {
                    within += differing;
                } else {
                    across += differing;
                }
            }
        }
        // 4 x 50 x 49 / 2 pairs of one class, 6 x 50 x 50 others.
        assertThat(within / 4900).isLessThan(2);
        assertThat(across / 15000).isGreaterThan(5);
    }

    private static double[][] matrix(double[] values, int width) {
        double[][] rows = new double[values.length / width][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
        return rows;
    }

    private static double[][] withConstant(double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> {
                    double[] longer = Arrays.copyOf(row, row.length + 1);
                    longer[row.length] = 1;
                    return longer;
                })
                .toArray(double[][]::new);
    }

    private static double[][] product(double[][] a, double[][] b) {
        return PlainLoops.timesTransposed(a, PlainLoops.transpose(b));
    }

    private static double squares(double[][] matrix) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> PlainLoops.dot(row, row))
                .sum();
    }

    /** (A'A + weight)^-1 A'B by Gauss and Jordan. */
    private static double[][] ridge(double[][] a, double[][] b, double weight) {
        double[][] left = product(PlainLoops.transpose(a), a);
        double[][] right = product(PlainLoops.transpose(a), b);
        int n = left.length;
        for (int i = 0; i < n; i++) {
            left[i][i] += weight;
        }
        for (int pivot = 0; pivot < n; pivot++) {
            double scale = left[pivot][pivot];
            for (int i = 0; i < n; i++) {
                double factor = i == pivot ? 0 : left[i][pivot] / scale;
                for (int j = 0; i != pivot && j < n; j++) {
                    left[i][j] -= factor * left[pivot][j];
                }
                for (int j = 0; i != pivot && j < right[i].length; j++) {
                    right[i][j] -= factor * right[pivot][j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < right[i].length; j++) {
                right[i][j] /= left[i][i];
            }
        }
        return right;
    }
}
