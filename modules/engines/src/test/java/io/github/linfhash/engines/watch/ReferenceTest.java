package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final int DIMENSION = 64;

    private final UniformRandomProvider random = new RandomStreams(6).stream("reference");

    /** Vectors whose first half is larger, or the second: those of two models. */
    private List<float[]> vectors(int count, int large) {
        return Stream.generate(() -> {
                    float[] values = new float[DIMENSION];
                    for (int j = 0; j < DIMENSION; j++) {
                        values[j] = (float) random.nextDouble(0, j / (DIMENSION / 2) == large ? 1 : 0.1);
                    }
                    return values;
                })
                .limit(count)
                .toList();
    }

    @Test
    void vectorsOfAnotherModelAreNotNear() {
        for (Similarity similarity : Similarity.values()) {
            Reference reference = Reference.of(similarity, vectors(200, 0));
            assertThat(Evidence.mean(reference.near(similarity, vectors(400, 0))))
                    .isGreaterThan(0.93);
            assertThat(reference.near(similarity, vectors(100, 1))).containsOnly(0.0);
            assertThat(reference.near(similarity, List.of(new float[3], new float[DIMENSION])))
                    .containsExactly(0.0, 0.0);
        }
        // Two outliers of the first look do not make everything near.
        List<float[]> mixed = new ArrayList<>(vectors(200, 0));
        mixed.addAll(vectors(2, 1));
        for (Similarity similarity : Similarity.values()) {
            Reference reference = Reference.of(similarity, mixed);
            assertThat(reference.near(similarity, vectors(100, 1))).containsOnly(0.0);
        }
        assertThatThrownBy(() -> new Reference(3, "AAAA", 1)).hasMessageContaining("anchors of dimension 3");
    }
}
