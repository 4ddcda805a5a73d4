package io.github.linfhash.baselines.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodDistance;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SphericalHashingTest {
    private static final FeatureMatrix ROWS = Samples.clusters(400, 6, 5, 11);

    private static RealOutputs train(int bits, SphericalHashing.Options options) {
        TrainingSet training = new TrainingSet(ROWS.select(Samples.first(2)), Samples.classes(2, 2), ROWS);
        return (RealOutputs) new SphericalHashing(options).train(training, bits, TrainingContext.quiet(3));
    }

    private static double[] start(int bits) {
        double[] pivots = new double[bits * 6];
        float[] values = ROWS.toArray();
        Arrays.setAll(pivots, i -> values[i * 3]);
        return pivots;
    }

    /** Which rows lie in a ball of half of them, by sorted distances. */
    private static boolean[] members(double[] pivot) {
        double[][] rows = PlainLoops.rows(ROWS);
        double[] distances = Arrays.stream(rows)
                .mapToDouble(row -> PlainLoops.squaredDistance(row, pivot))
                .toArray();
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        boolean[] members = new boolean[400];
        for (int i = 0; i < 400; i++) {
            members[i] = distances[i] <= sorted[199];
        }
        return members;
    }

    @Test
    void aMoveIsThatOfPlainLoops() {
        int bits = 5;
        double[] before = start(bits);
        SphericalHashing.Balls balls = new SphericalHashing.Balls(ROWS, before.clone());
        boolean[][] members = new boolean[bits][];
        for (int k = 0; k < bits; k++) {
            members[k] = members(Arrays.copyOfRange(before, k * 6, k * 6 + 6));
        }
        double[] expected = before.clone();
        double deviation = 0;
        for (int i = 0; i < bits; i++) {
            for (int j = 0; j < bits; j++) {
                int shared = 0;
                for (int row = 0; row < 400; row++) {
                    shared += members[i][row] && members[j][row] ? 1 : 0;
                }
                assertThat(balls.overlap(i, j)).isEqualTo(shared);
                deviation += i < j ? Math.abs(shared - 100) / 100.0 / 10 : 0;
                for (int c = 0; i != j && c < 6; c++) {
                    expected[i * 6 + c] += 0.5 * (shared - 100) / 100 * (before[i * 6 + c] - before[j * 6 + c]) / bits;
                }
            }
        }
        assertThat(balls.meanDeviation()).isCloseTo(deviation, within(1e-12));
        balls.move();
        float[] moved = balls.pivots().toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) moved[i]).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Test
    void eachBitHoldsHalfOfTheRowsAndPairsAQuarter() {
        RealOutputs function = train(8, SphericalHashing.SPEC.defaults());
        float[] outputs = function.outputs(ROWS);
        double deviation = 0;
        for (int i = 0; i < 8; i++) {
            int held = 0;
            for (int row = 0; row < 400; row++) {
                held += outputs[row * 8 + i] > 0 ? 1 : 0;
            }
            assertThat(held).isEqualTo(200);
            for (int j = 0; j < i; j++) {
                int shared = 0;
                for (int row = 0; row < 400; row++) {
                    shared += outputs[row * 8 + i] > 0 && outputs[row * 8 + j] > 0 ? 1 : 0;
                }
                deviation += Math.abs(shared - 100) / 100.0 / 28;
            }
        }
        assertThat(deviation).isLessThanOrEqualTo(0.1);
        double[] curve = Objects.requireNonNull(function.curves().get("loss"));
        assertThat(curve[curve.length - 1]).isCloseTo(deviation, within(1e-9)).isLessThan(curve[0]);
    }

    @Test
    void noIterationKeepsTheStart() {
        RealOutputs function = train(8, new SphericalHashing.Options(10_000, 5, 0.1, 0.15, 0));
        assertThat(function.curves().get("loss")).hasSize(1);
    }

    @Test
    void itsOwnDistanceCountsBallsThatAreSharedAndOnesThatAreNot() {
        MethodDistance function = (MethodDistance) train(6, SphericalHashing.SPEC.defaults());
        BinaryCodes queries = BinaryCodes.ofBytes(2, 6, new byte[] {0b001111, 0});
        BinaryCodes database = BinaryCodes.ofBytes(5, 6, new byte[] {0b001111, 0b000111, 0b111100, 0b110000, 0});
        assertThat(function.distances(queries, 0, database))
                .containsExactly(0, 1 / 3f, 4 / 2f, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
        assertThat(function.distances(queries, 1, database)).containsOnly(Float.POSITIVE_INFINITY);
    }
}
