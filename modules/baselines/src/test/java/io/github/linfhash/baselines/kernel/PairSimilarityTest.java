package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairSimilarityTest {
    static Stream<Labels> labels() {
        return Stream.of(
                Samples.classes(57, 3),
                Samples.classes(57, 57),
                Samples.classes(57, 1),
                Samples.labelSets(57, 6, 1),
                Samples.labelSets(90, 70, 2),
                Samples.labelSets(1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void productEqualsTheDenseMatrix(Labels labels) {
        int l = labels.size();
        double[] v = new RandomStreams(5).stream("v").doubles(l, -1, 1).toArray();
        PairSimilarity pairs = PairSimilarity.of(labels);
        double[] sums = new double[pairs.sums()];
        pairs.sum(0, v, sums);
        double[] product = new double[l];
        pairs.spread(pairs.product(3, sums), 0, product);

        assertThat(3 * pairs.quadraticForm(sums)).isCloseTo(SlowKsh.dot(v, product), within(1e-10));
        for (int i = 0; i < l; i++) {
            double expected = 0;
            for (int j = 0; j < l; j++) {
                expected += labels.similar(i, labels, j) ? 3 * v[j] : -3 * v[j];
            }
            assertThat(product[i]).isCloseTo(expected, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("labels")
    void residualEqualsTheDenseMatrixLessEachFoundBit(Labels labels) {
        int l = labels.size();
        ResidualSimilarity residual = new ResidualSimilarity(PairSimilarity.of(labels), 4);
        double[] v = new RandomStreams(5).stream("v").doubles(l, -1, 1).toArray();
        double[][] dense = new double[l][l];
        for (int i = 0; i < l; i++) {
            for (int j = 0; j < l; j++) {
                dense[i][j] = labels.similar(i, labels, j) ? 4 : -4;
            }
        }
        for (int t = 0; t <= 4; t++) {
            assertThat(residual.quadraticForm(v)).isCloseTo(SlowKsh.dot(v, SlowKsh.times(dense, v)), within(1e-9));
            assertThat(residual.times(v)).containsExactly(SlowKsh.times(dense, v), within(1e-11));
            if (t < 4) {
                double[] bit = SlowKsh.signs(
                        new RandomStreams(t).stream("bit").doubles(l, -1, 1).toArray());
                residual.deflate(bit);
                for (int i = 0; i < l; i++) {
                    for (int j = 0; j < l; j++) {
                        dense[i][j] -= bit[i] * bit[j];
                    }
                }
            }
        }
    }
}
