package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualSimilarityTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Samples.classes(57, 3), 1),
                Arguments.of(Samples.classes(57, 57), 7),
                Arguments.of(Samples.classes(58, 1), 8),
                Arguments.of(Samples.labelSets(57, 6, 1), 9),
                Arguments.of(Samples.labelSets(90, 70, 2), 25),
                Arguments.of(Samples.labelSets(1, 2, 3), 24));
    }

    /** Before the first bit and after each; the numbers of bits lie on both sides of whole bytes. */
    @ParameterizedTest
    @MethodSource("cases")
    void productsEqualThoseOfTheDenseMatrixLessEachFoundBit(Labels labels, int bits) {
        int l = labels.size();
        ResidualSimilarity residual = new ResidualSimilarity(labels, bits);
        double[] v = random(l, 5, "v");
        double[][] dense = new double[l][l];
        for (int i = 0; i < l; i++) {
            for (int j = 0; j < l; j++) {
                dense[i][j] = labels.similar(i, labels, j) ? bits : -bits;
            }
        }
        for (int t = 0; t <= bits; t++) {
            assertThat(residual.quadraticForm(v)).isCloseTo(SlowKsh.dot(v, SlowKsh.times(dense, v)), within(1e-9));
            assertThat(residual.times(v)).containsExactly(SlowKsh.times(dense, v), within(1e-10));
            if (t < bits) {
                double[] bit = SlowKsh.signs(random(l, t, "bit"));
                residual.deflate(bit);
                for (int i = 0; i < l; i++) {
                    for (int j = 0; j < l; j++) {
                        dense[i][j] -= bit[i] * bit[j];
                    }
                }
            }
        }
    }

    private static double[] random(int size, long seed, String stream) {
        return new RandomStreams(seed).stream(stream).doubles(size, -1, 1).toArray();
    }
}
