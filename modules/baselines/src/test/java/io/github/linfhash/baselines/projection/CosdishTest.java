package io.github.linfhash.baselines.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosdishTest {
    private static final int ROWS = 60;

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of(Samples.classes(ROWS, 3), 5),
                Arguments.of(Samples.classes(ROWS, 7), 12),
                Arguments.of(Samples.labelSets(ROWS, 4, 2), 8));
    }

    /** Everything once more: each decision by the whole sum of squares or of b'Qb + p'b, pair by pair. */
    @ParameterizedTest
    @MethodSource("labels")
    void codesAreThoseOfPlainLoops(Labels labels, int bits) {
        RandomStreams random = new RandomStreams(4);
        Cosdish.Codes codes = new Cosdish.Codes(labels, bits, random.stream("codes"), random.stream("columns"));
        int[][] plain = start(bits, random.stream("codes"));
        UniformRandomProvider draws = random.stream("columns");
        for (int round = 0; round < 4; round++) {
            double loss = codes.improve(2);
            double expected = plainRound(labels, bits, plain, new PermutationSampler(draws, ROWS, bits).sample());

            double[] found = codes.toArray();
            for (int i = 0; i < ROWS * bits; i++) {
                assertThat(found[i]).as("code value %d of round %d", i, round).isEqualTo(plain[i / bits][i % bits]);
            }
            assertThat(loss).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    private static int[][] start(int bits, UniformRandomProvider random) {
        int[][] codes = new int[ROWS][bits];
        for (int[] row : codes) {
            for (int k = 0; k < bits; k++) {
                row[k] = random.nextBoolean() ? 1 : -1;
            }
        }
        return codes;
    }

    private static double plainRound(Labels labels, int bits, int[][] codes, int[] columns) {
        double[][] s = new double[ROWS][columns.length];
        double ones = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < columns.length; j++) {
                s[i][j] = i == columns[j] || labels.similar(i, labels, columns[j]) ? 1 : 0;
                ones += s[i][j];
            }
        }
        double rho = ones / (ROWS * columns.length - ones);
        for (double[] row : s) {
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] == 1 ? 1 : -rho;
            }
        }
        for (int t = 0; t < 2; t++) {
            for (int k = 0; k < bits; k++) {
                boolean changed = true;
                while (changed) {
                    changed = false;
                    for (int column : columns) {
                        double before = energy(s, bits, codes, columns, k);
                        codes[column][k] *= -1;
                        boolean lower = energy(s, bits, codes, columns, k) < before - 1e-8;
                        codes[column][k] *= lower ? 1 : -1;
                        changed |= lower;
                    }
                }
            }
            vote(s, bits, codes, columns);
        }
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < columns.length; j++) {
                double error = bits * s[i][j] - product(codes[i], codes[columns[j]], bits);
                sum += error * error;
            }
        }
        return sum / (ROWS * columns.length);
    }

    /** b'Qb + p'b for bit k of the drawn rows. */
    private static double energy(double[][] s, int bits, int[][] codes, int[] columns, int k) {
        double energy = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < columns.length; j++) {
                if (i != columns[j]) {
                    double left = bits * s[i][j] - product(codes[i], codes[columns[j]], k);
                    energy -= 2 * left * codes[i][k] * codes[columns[j]][k];
                }
            }
        }
        return energy;
    }

    private static void vote(double[][] s, int bits, int[][] codes, int[] columns) {
        boolean[] drawn = new boolean[ROWS];
        for (int column : columns) {
            drawn[column] = true;
        }
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < bits && !drawn[i]; k++) {
                double votes = 0;
                for (int j = 0; j < columns.length; j++) {
                    votes += s[i][j] * codes[columns[j]][k];
                }
                codes[i][k] = Math.abs(votes) > 1e-9 ? (int) Math.signum(votes) : codes[i][k];
            }
        }
    }

    private static double product(int[] a, int[] b, int first) {
        double product = 0;
        for (int k = 0; k < first; k++) {
            product += a[k] * b[k];
        }
        return product;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void flippingEndsWhereNoSingleFlipHelpsAndNotFarAboveTheLeast(long seed) {
        int c = 9;
        UniformRandomProvider random = new RandomStreams(seed).stream("problem");
        double[] q = new double[c * c];
        double[] p = new double[c];
        for (int i = 0; i < c; i++) {
            p[i] = random.nextDouble() - 0.5;
            for (int j = 0; j < i; j++) {
                q[i * c + j] = random.nextDouble() - 0.5;
                q[j * c + i] = q[i * c + j];
            }
        }
        double[] b = new double[c];
        Arrays.fill(b, 1);
        double start = value(q, p, b);

        Cosdish.Codes.descend(q, p, b);

        double end = value(q, p, b);
        assertThat(end).isLessThanOrEqualTo(start);
        double least = Double.POSITIVE_INFINITY;
        for (int mask = 0; mask < 1 << c; mask++) {
            double[] other = new double[c];
            int differences = 0;
            for (int i = 0; i < c; i++) {
                other[i] = (mask >> i & 1) == 1 ? 1 : -1;
                differences += other[i] == b[i] ? 0 : 1;
            }
            least = Math.min(least, value(q, p, other));
            if (differences == 1) {
                assertThat(value(q, p, other)).isGreaterThanOrEqualTo(end - 1e-9);
            }
        }
        assertThat(end).isLessThan(least / 2);
    }

    private static double value(double[] q, double[] p, double[] b) {
        double value = 0;
        for (int i = 0; i < b.length; i++) {
            value += p[i] * b[i];
            for (int j = 0; j < b.length; j++) {
                value += q[i * b.length + j] * b[i] * b[j];
            }
        }
        return value;
    }

    @Test
    void classesAreToldApartAndShiftedOrStretchedFeaturesGiveTheSameCodes() {
        FeatureMatrix rows = Samples.clusters(150, 6, 3, 5);
        Labels labels = Samples.classes(150, 3);
        LinearHashFunction function = train(rows, labels);
        var codes = function.encode(rows);
        double same = 0;
        double different = 0;
        for (int i = 3; i < 150; i++) {
            same += codes.distance(i, codes, i - 3);
            different += codes.distance(i, codes, i - 1);
        }
        assertThat(same).isLessThan(different / 3);
        double[] loss = Objects.requireNonNull(function.curves().get("loss"));
        assertThat(loss).hasSize(10);
        // The products of random codes of 12 bits have the variance 12.
        assertThat(loss[9]).isLessThan(6);

        float[] moved = rows.toArray();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = 4 * moved[i] + i % 6;
        }
        FeatureMatrix others = FeatureMatrix.owning(150, 6, moved);
        assertThat(train(others, labels).encode(others)).isEqualTo(codes);
    }

    private static LinearHashFunction train(FeatureMatrix rows, Labels labels) {
        return (LinearHashFunction) new Cosdish(Cosdish.SPEC.defaults())
                .train(new TrainingSet(rows, labels, rows), 12, TrainingContext.quiet(3));
    }
}
