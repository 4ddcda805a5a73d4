package io.github.linfhash.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixTest {
    private static final int CUT = 16;
    private static final FeatureMatrix VECTORS = normal(300, 24, 1);
    private static final FeatureMatrix QUERIES = normal(5, 24, 2);

    static Stream<QuantizerSpec.Configured> quantizers() {
        return Quantizers.ALL.stream()
                .filter(spec -> !spec.slow())
                .flatMap(spec -> spec.within(CUT, 12).stream().limit(1));
    }

    /** A quantizer of a prefix gives exactly what it gives for vectors that were cut before. */
    @ParameterizedTest
    @MethodSource("quantizers")
    void estimatesWhatCutVectorsHave(QuantizerSpec.Configured one) {
        for (Similarity similarity : List.of(Similarity.EUCLIDEAN, Similarity.DOT)) {
            assertThat(distances(Prefix.of(one, CUT), VECTORS, QUERIES, similarity))
                    .isEqualTo(distances(one, cut(VECTORS), cut(QUERIES), similarity));
        }
    }

    /** For the cosine, vectors of length 1 are cut and scaled again, which rounds twice. */
    @Test
    void scalesPrefixesToLengthOne() {
        QuantizerSpec.Configured floats =
                Floats.SPEC.within(CUT, CUT * Float.BYTES).get(0);
        float[] found = distances(Prefix.of(floats, CUT), VECTORS, QUERIES, Similarity.COSINE);
        float[] expected = distances(floats, cut(VECTORS), cut(QUERIES), Similarity.COSINE);
        assertThat(found).containsExactly(expected, offset(1e-5f));
    }

    private static float[] distances(
            QuantizerSpec.Configured one, FeatureMatrix vectors, FeatureMatrix queries, Similarity similarity) {
        FeatureMatrix prepared = PreparedVectors.of(similarity, vectors, "vectors");
        Quantizer.Estimates estimates = one.quantizer()
                .fit(prepared, similarity, new RandomStreams(0))
                .encode(prepared)
                .estimates(PreparedVectors.of(similarity, queries, "queries"));
        float[] all = new float[queries.rows() * vectors.rows()];
        for (int query = 0; query < queries.rows(); query++) {
            System.arraycopy(
                    estimates.forQuery(query).first(vectors.rows()), 0, all, query * vectors.rows(), vectors.rows());
        }
        return all;
    }

    /** A row whose first coordinates are 0 has no direction. */
    @Test
    void aPrefixWithoutDirectionIsRefused() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{1, 0, 0}, {0, 0, 1}});
        Quantizer prefix = Prefix.of(Floats.SPEC.within(2, 8).get(0), 2).quantizer();
        assertThatThrownBy(() -> prefix.fit(vectors, Similarity.COSINE, new RandomStreams(0)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "the first 2 dimensions: expected non-zero vectors for cosine similarity, found only zeros in row 1");
    }

    @Test
    void aPrefixIsShorterThanTheVectors() {
        assertThatThrownBy(() -> Prefix.first(VECTORS, VECTORS.dimension()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected fewer than the 24 dimensions of the vectors, found 24");
        assertThat(Prefix.first(VECTORS, CUT)).isEqualTo(cut(VECTORS));
    }

    private static FeatureMatrix cut(FeatureMatrix vectors) {
        float[] values = new float[vectors.rows() * CUT];
        for (int i = 0; i < vectors.rows(); i++) {
            for (int j = 0; j < CUT; j++) {
                values[i * CUT + j] = vectors.get(i, j);
            }
        }
        return FeatureMatrix.owning(vectors.rows(), CUT, values);
    }

    private static FeatureMatrix normal(int rows, int dimension, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() + 0.2f;
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }
}
