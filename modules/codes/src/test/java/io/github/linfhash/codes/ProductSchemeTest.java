package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** Values of centers of one coordinate each; the distance adds them in the order of parts, in float32. */
    private static float plainSum(float[][] centers, float[] query, byte[] codes, int at, boolean dot) {
        float sum = 0;
        for (int part = 0; part < centers.length; part++) {
            float value = centers[part][codes[at + part] & 255];
            float less = value - query[part];
            sum += dot ? -value * query[part] : less * less;
        }
        return sum;
    }

    /** To the last bit, for any number of parts and codes; beyond a limit, a distance is larger than it. */
    @ParameterizedTest
    @EnumSource(VectorSimilarity.class)
    void distancesAreSumsInTheOrderOfParts(VectorSimilarity similarity) {
        SplittableRandom random = new SplittableRandom(1);
        boolean dot = similarity == VectorSimilarity.DOT;
        int beyond = 0;
        for (int parts = 1; parts <= 50; parts++) {
            float[][] centers = new float[parts][];
            int[] starts = new int[parts + 1];
            for (int part = 0; part < parts; part++) {
                centers[part] = SampleFolders.random(256, random);
                starts[part + 1] = part + 1;
            }
            float[] z = SampleFolders.random(parts, random);
            Query query = new ProductScheme(starts, centers, similarity).query(z);
            for (int block = 0; block < 30; block++) {
                int count = random.nextInt(1, 40);
                byte[] codes = new byte[3 + count * parts];
                random.nextBytes(codes);
                float[] all = new float[count];
                query.distances(codes, 3, count, all);
                float limit = all[random.nextInt(count)];
                float[] near = new float[count];
                query.distances(codes, 3, count, limit, near);
                for (int i = 0; i < count; i++) {
                    float expected = plainSum(centers, z, codes, 3 + i * parts, dot);
                    assertThat(all[i]).isEqualTo(expected);
                    if (near[i] != expected) {
                        beyond++;
                        assertThat(expected).isGreaterThan(limit);
                        assertThat(near[i]).isGreaterThan(limit);
                    }
                }
            }
        }
        assertThat(beyond).as("distances that were not computed").isGreaterThan(300);
    }

    /** A NaN that only the last parts have is found, although the first ones are beyond the limit. */
    @Test
    void noNumberIsHidden() {
        float[][] centers = new float[8][];
        Arrays.setAll(centers, part -> new float[] {part == 7 ? Float.POSITIVE_INFINITY : 100});
        Query query = new ProductScheme(IntStream.rangeClosed(0, 8).toArray(), centers, VectorSimilarity.DOT)
                .query(new float[8]);
        float[] found = new float[1];
        query.distances(new byte[8], 0, 1, -1e30f, found);
        assertThat(found[0]).isNaN();
    }
}
