package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProductSchemeTest {
    private static void assertRefused(String found, int[] starts, float[]... centers) {
        assertThatThrownBy(() -> new ProductScheme(starts, centers, VectorSimilarity.DOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(found);
    }

    @Test
    void codebooksThatDoNotFitTheirPartsAreRefused() {
        assertRefused("found 0 values for 2 coordinates", new int[] {0, 2}, new float[0]);
        assertRefused("found 3 values for 2 coordinates", new int[] {0, 2}, new float[3]);
        assertRefused("found 257 values for 1 coordinates", new int[] {0, 1}, new float[257]);
        assertRefused("found 4 values for 0 coordinates", new int[] {0, 2, 2}, new float[4], new float[4]);
        assertRefused("found 1 numbers", new int[] {0}, new float[4]);
        assertThat(new ProductScheme(
                                new int[] {0, 2, 3}, new float[][] {new float[2], new float[256]}, VectorSimilarity.DOT)
                        .bytes())
                .isEqualTo(2);
    }
}
