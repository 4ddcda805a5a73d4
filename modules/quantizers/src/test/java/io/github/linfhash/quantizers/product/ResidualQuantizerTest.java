package io.github.linfhash.quantizers.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.FaissVectors;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.Quantizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualQuantizerTest {
    /** Three codebooks of eight centers, and the codes by faiss 1.11's ResidualQuantizer: {@code ci/outside.sh quantizers golden} compares them. */
    private static final float[] CODEBOOKS = {
        -0.65f, -0.17f, 1.66f, 0.66f, -1.64f, -0.01f, -0.62f, 0.15f, -1.61f, 0.24f, 0.24f, 1.58f, 0.32f, 0.51f, -1.49f,
        2.25f, -1.92f, 1.1f, -0.33f, -0.88f, -0.66f, -0.67f, 0.38f, -0.11f, 1.48f, -1.83f, -0f, -0.89f, 0.78f, -2.12f,
        -0.34f, 0.21f, -1.48f, 0.99f, 0.18f, 1.01f, 0.96f, -0.98f, -0.8f, -0.2f, 0.75f, 0.85f, -0.71f, -0.61f, -0.8f,
        -0.58f, -0.24f, -0.13f, 2.06f, -0.51f, -0.29f, 0.46f, -0.95f, -0.37f, 0.01f, 0.77f, -1.32f, 1.37f, -0.35f,
        0.17f, 0.85f, 0.66f, 1.06f, 0.17f, -0.01f, 0.22f, -0.7f, 0.85f, -0.54f, -0.88f, 1.44f, -0.1f, -0.83f, 1.3f,
        -0.23f, 0.74f, -0.58f, -0.17f, -1.18f, -1.34f, -0.68f, -0.05f, 0.56f, 1.7f, -0.72f, 0.71f, -0.42f, -0.11f,
        -1.04f, -1.04f, -0.54f, -0.84f, -0f, -0.49f, 0.88f, 0.11f, 0.12f, 0.8f, 0.36f, -0.03f, -0.06f, -0.08f, 0.75f,
        0.55f, 0.26f, 0.56f, -0.38f, 0.36f, -0.99f, 0.94f, 0.06f, 0.13f, 0.42f, -0.01f, -0.18f, 0.83f, 0.08f, -0.64f,
        0.31f, -1.19f, 1.16f, -0.12f, 0.03f, 1.58f, 1.51f, 0.08f, 0.44f, 0.76f, 0.84f, -0.07f, 0.07f, 0.61f, 0.13f,
        0.38f, 0.3f, -0.57f, -0.43f, -1.32f, -0.13f, 0.67f, -0.55f, 0.62f, 0.5f, -0.03f, -0f, 0.04f, -0.43f, -0.14f,
        -0.02f, 0.31f, 0.4f, -0.37f, 0.41f, -0.39f, -0.08f, 0.18f, -0.01f, -0.06f, 0.13f, -0.28f, -0.33f, -0.1f, 0.48f,
        -0.05f, 0.95f, 0.11f, -1.49f, -0.22f, 0.83f, 0f, -0.22f, -0.44f, 0.66f, 0.5f, 0.34f, 0.21f, 0.72f, 0.41f,
        -0.61f, 0.38f, 0.08f, -0.06f, 0.38f, 0.01f, -1.47f, 0.78f, 0.52f, -0.06f, -0.19f, 0.11f, -0.64f, 0.15f
    };

    private static final int[] CODES_OF_BEAM_1 = {
        3, 5, 4, 2, 1, 5, 0, 4, 5, 0, 4, 4, 0, 5, 0, 5, 4, 2, 5, 4, 4, 0, 3, 3, 0, 3, 0, 3, 5, 4, 5, 7, 4, 5, 6, 4, 5,
        2, 5, 7, 5, 1, 2, 2, 1, 7, 6, 4
    };
    private static final int[] CODES_OF_BEAM_2 = {
        3, 5, 4, 2, 1, 5, 0, 4, 5, 0, 4, 4, 5, 2, 0, 5, 4, 2, 5, 4, 4, 0, 3, 3, 0, 3, 0, 3, 5, 4, 5, 7, 4, 6, 6, 4, 0,
        4, 5, 7, 5, 1, 2, 5, 1, 4, 3, 5
    };
    private static final int[] CODES_OF_BEAM_5 = {
        3, 5, 4, 2, 1, 5, 0, 6, 5, 0, 4, 4, 5, 2, 0, 5, 4, 2, 5, 4, 4, 3, 2, 1, 0, 3, 0, 3, 1, 5, 6, 6, 4, 3, 5, 4, 0,
        4, 5, 7, 5, 1, 2, 5, 1, 4, 3, 5
    };

    private static ResidualQuantizer.Fitted given(int beam, Similarity similarity) {
        List<FeatureMatrix> codebooks = IntStream.range(0, 3)
                .mapToObj(part -> FeatureMatrix.owning(8, 8, Arrays.copyOfRange(CODEBOOKS, 64 * part, 64 * part + 64)))
                .toList();
        return new ResidualQuantizer.Fitted(new ResidualQuantizer.Options(3, beam, 1, 16), codebooks, similarity);
    }

    static Stream<Arguments> beams() {
        return Stream.of(
                Arguments.of(1, CODES_OF_BEAM_1), Arguments.of(2, CODES_OF_BEAM_2), Arguments.of(5, CODES_OF_BEAM_5));
    }

    @ParameterizedTest
    @MethodSource("beams")
    void codesAreThoseOfFaiss(int beam, int[] expected) {
        ByteCodes codes = given(beam, Similarity.EUCLIDEAN).codes(FaissVectors.database());
        for (int k = 0; k < expected.length; k++) {
            assertThat(codes.code(k / 3, k % 3)).as("vector " + k / 3).isEqualTo(expected[k]);
        }
    }

    /** |q - v|^2 less |q|^2, and -(q, v), of the sums v of centers. */
    @Test
    void estimatesAreThoseOfTheSums() {
        FeatureMatrix queries = FaissVectors.queries();
        for (Similarity similarity : Similarity.values()) {
            Quantizer.Estimates estimates =
                    given(5, similarity).encode(FaissVectors.database()).estimates(queries);
            for (int q = 0; q < 4; q++) {
                for (int i = 0; i < 16; i++) {
                    double squares = 0;
                    double product = 0;
                    for (int j = 0; j < 8; j++) {
                        double sum = 0;
                        for (int part = 0; part < 3; part++) {
                            sum += CODEBOOKS[64 * part + 8 * CODES_OF_BEAM_5[3 * i + part] + j];
                        }
                        squares += sum * sum;
                        product += sum * queries.get(q, j);
                    }
                    double expected = similarity == Similarity.EUCLIDEAN ? squares - 2 * product : -product;
                    assertThat((double) estimates.forQuery(q).to(i)).isCloseTo(expected, within(1e-4));
                }
            }
        }
    }

    /** The sum of the squared distances of vectors to what their codes stand for, on others than those that it learned on. */
    private static double error(int parts, int beam) {
        FixedVectors set = FixedVectors.CONE;
        Quantizer.Estimates estimates = new ResidualQuantizer(new ResidualQuantizer.Options(parts, beam, 10, 800))
                .fit(set.database(), Similarity.EUCLIDEAN, new RandomStreams(3))
                .encode(set.queries())
                .estimates(set.queries());
        double error = 0;
        for (int i = 0; i < set.queries().rows(); i++) {
            error += estimates.forQuery(i).to(i);
            for (int j = 0; j < set.queries().dimension(); j++) {
                error += Math.pow(set.queries().get(i, j), 2);
            }
        }
        return error;
    }

    @Test
    void moreCodebooksAndWiderBeamsErrLess() {
        assertThat(error(4, 1)).isLessThan(error(2, 1));
        assertThat(error(4, 5)).isPositive().isLessThan(error(4, 1));
    }
}
