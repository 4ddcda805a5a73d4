package io.github.linfhash.quantizers.scalar;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import org.junit.jupiter.api.Test;

class FloatsTest {
    private static Quantizer.Fitted fitted(QuantizerSpec<Floats.Options> spec, FeatureMatrix vectors) {
        return spec.factory()
                .apply(new Floats.Options(vectors.dimension()))
                .fit(vectors, Similarity.DOT, new RandomStreams(0));
    }

    /** Between 1 and 2, steps of float16 are 1 / 1024; between 2048 and 4096, they are 2. */
    @Test
    void halfsOfVectorsAndQueriesAreComparedAsTheyAreRounded() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{1 + 1f / 4096, 0}, {2049.5f, 0}, {0, 1.5f}});
        FeatureMatrix queries = FeatureMatrix.copyOf(new float[][] {{1 + 3f / 4096, 2}});
        Distances halfs =
                fitted(Floats.HALF, vectors).encode(vectors).estimates(queries).forQuery(0);
        float query = 1 + 1f / 1024;
        assertThat(halfs.to(0)).isEqualTo(-query);
        assertThat(halfs.to(1)).isEqualTo(-2050 * query);
        assertThat(halfs.to(2)).isEqualTo(-3f);
        Distances floats =
                fitted(Floats.SPEC, vectors).encode(vectors).estimates(queries).forQuery(0);
        assertThat(floats.to(1)).isEqualTo(-2049.5f * (1 + 3f / 4096));
    }

    @Test
    void aHalfIsTwoBytesAndHasItsLargestNumber() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{65519, 0, 1}, {65520, 0, 1}});
        assertThat(fitted(Floats.HALF, vectors).bytes()).isEqualTo(6);
        assertThat(fitted(Floats.SPEC, vectors).bytes()).isEqualTo(12);
        fitted(Floats.HALF, vectors).encode(vectors.select(new int[] {0}));
        assertBadInput(() -> fitted(Floats.HALF, vectors).encode(vectors))
                .hasMessage("float16: expected magnitudes below 65520, found 65520.0");
    }
}
