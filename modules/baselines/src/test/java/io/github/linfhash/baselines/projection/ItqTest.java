package io.github.linfhash.baselines.projection;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.JacobiEigen;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Procrustes;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItqTest {
    private static final FeatureMatrix FEATURES = Samples.clusters(120, 10, 5, 3);
    private static final TrainingContext CONTEXT = TrainingContext.quiet(7);

    private static HashFunction train(int iterations, int bits) {
        return new Itq(new Itq.Options(iterations)).train(training(), bits, CONTEXT);
    }

    private static TrainingSet training() {
        return new TrainingSet(FEATURES.select(new int[] {0, 1}), Samples.classes(2, 2), FEATURES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 10})
    void theLossNeverGrowsAndFallsFromARandomRotation(int bits) {
        double[] loss = Objects.requireNonNull(train(50, bits).curves().get("loss"));

        assertThat(loss).hasSize(50);
        for (int t = 1; t < loss.length; t++) {
            assertThat(loss[t]).isLessThanOrEqualTo(loss[t - 1] * (1 + 1e-6));
        }
        assertThat(bits == 1 || loss[49] < 0.99 * loss[0]).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3,1", "6,1", "6,12", "10,5"})
    void codesEqualThePlainLoops(int bits, int iterations) {
        double[][] rows = PlainLoops.centered(PlainLoops.rows(FEATURES));
        double[][] v = PlainLoops.timesTransposed(rows, PlainLoops.principalComponents(rows, bits));
        double[][] rotation = polar(Matrices.gaussian(bits, bits, CONTEXT.random().stream("rotation")));
        for (int t = 0; t < iterations; t++) {
            double[][] rotated = PlainLoops.timesTransposed(v, rotation);
            double[][] correlation = new double[bits][bits];
            for (int i = 0; i < v.length; i++) {
                double[] signs =
                        Arrays.stream(rotated[i]).map(x -> x >= 0 ? 1 : -1).toArray();
                PlainLoops.addOuter(correlation, signs, v[i], 1);
            }
            rotation = polar(correlation);
        }

        PlainLoops.assertSignsUpToComplement(
                train(iterations, bits).encode(FEATURES), PlainLoops.timesTransposed(v, rotation));
    }

    /** (C C^T)^(-1/2) C = U A^T for C = U S A^T: the transpose of ITQ's rotation, whose columns are its rows. */
    private static double[][] polar(double[][] c) {
        JacobiEigen eigen = new JacobiEigen(PlainLoops.timesTransposed(c, c));
        double[][] inverseRoot = new double[c.length][c.length];
        for (int k = 0; k < c.length; k++) {
            PlainLoops.addOuter(inverseRoot, eigen.vectors[k], eigen.vectors[k], 1 / Math.sqrt(eigen.values[k]));
        }
        return PlainLoops.timesTransposed(inverseRoot, PlainLoops.transpose(c));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void procrustesGivesAnOrthogonalMatrixThatNoOtherOneBeats(int n) {
        double[][] c = Matrices.gaussian(n, n, new RandomStreams(n).stream("c"));
        double[] flat = Arrays.stream(c).flatMapToDouble(Arrays::stream).toArray();
        double[][] best = unflatten(Procrustes.rotation(flat, n));

        double[][] gram = PlainLoops.timesTransposed(best, best);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(gram[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-12));
            }
        }
        for (int trial = 0; trial < 30; trial++) {
            double[][] other = polar(Matrices.gaussian(n, n, new RandomStreams(trial).stream("other")));
            assertThat(traceOfProduct(c, best)).isGreaterThanOrEqualTo(traceOfProduct(c, other) - 1e-12);
        }
    }

    private static double[][] unflatten(double[] flat) {
        int n = (int) Math.sqrt(flat.length);
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * n, (i + 1) * n);
        }
        return rows;
    }

    private static double traceOfProduct(double[][] a, double[][] b) {
        double trace = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                trace += a[i][j] * b[j][i];
            }
        }
        return trace;
    }

    @Test
    void codesLongerThanTheFeaturesAreRefused() {
        assertBadInput(() -> train(5, 11))
                .hasMessage(
                        "itq: a code of 11 bits needs features of dimension 11 or more, but these have 10; ask for 10 bits or fewer");
    }

    @Test
    void labelsDoNotMatter() {
        TrainingSet other = new TrainingSet(Samples.clusters(8, 10, 2, 50), Samples.labelSets(8, 3, 1), FEATURES);

        assertThat(new Itq(new Itq.Options(20)).train(other, 8, CONTEXT).encode(FEATURES))
                .isEqualTo(train(20, 8).encode(FEATURES));
    }
}
