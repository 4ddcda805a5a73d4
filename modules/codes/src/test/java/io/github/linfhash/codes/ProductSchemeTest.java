package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductSchemeTest {
    private static void assertRefused(String found, int[] starts, float[]... centers) {
        assertThatThrownBy(() -> new ProductScheme(starts, centers, Similarity.DOT))
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
        assertThatThrownBy(() -> new ProductScheme(new int[] {0, 1}, new float[][] {new float[17]}, 4, Similarity.DOT))
                .hasMessage("part 0: expected 1 to 16 centers of at least one coordinate, found 17 values for 1"
                        + " coordinates");
        assertThatThrownBy(() -> new ProductScheme(new int[] {0, 1}, new float[][] {new float[2]}, 5, Similarity.DOT))
                .hasMessage("expected 4 or 8 bits a part, found 5");
        assertThat(new ProductScheme(new int[] {0, 2, 3}, new float[][] {new float[2], new float[256]}, Similarity.DOT)
                        .bytes())
                .isEqualTo(2);
    }

    /** The value of a center of one coordinate; 0 where there is no part. */
    private static float value(float[][] centers, float[] query, int part, int number, boolean dot) {
        if (part == centers.length) {
            return 0;
        }
        float value = centers[part][number];
        float less = value - query[part];
        return dot ? -value * query[part] : less * less;
    }

    /** The distance adds the values in the order of parts, or of pairs of parts, in float32. */
    private static float plainSum(float[][] centers, int bits, float[] query, byte[] codes, int at, boolean dot) {
        float sum = 0;
        for (int part = 0; part < centers.length; part += 8 / bits) {
            int number = codes[at + part * bits / 8] & 255;
            sum += bits == 8
                    ? value(centers, query, part, number, dot)
                    : value(centers, query, part, number & 15, dot) + value(centers, query, part + 1, number >> 4, dot);
        }
        return sum;
    }

    /** To the last bit, for any number of parts and codes; beyond a limit, a distance is larger than it. */
    @ParameterizedTest
    @CsvSource({"COSINE, 8", "DOT, 8", "EUCLIDEAN, 8", "COSINE, 4", "DOT, 4", "EUCLIDEAN, 4"})
    void distancesAreSumsInTheOrderOfParts(Similarity similarity, int bits) {
        SplittableRandom random = new SplittableRandom(1);
        boolean dot = similarity == Similarity.DOT;
        int beyond = 0;
        for (int parts = 1; parts <= 50; parts++) {
            float[][] centers = new float[parts][];
            int[] starts = new int[parts + 1];
            for (int part = 0; part < parts; part++) {
                centers[part] = SampleFolders.random(1 << bits, random);
                starts[part + 1] = part + 1;
            }
            float[] z = SampleFolders.random(parts, random);
            int bytes = (parts * bits + 7) / 8;
            Query query = new ProductScheme(starts, centers, bits, similarity).query(z);
            for (int block = 0; block < 30; block++) {
                int count = random.nextInt(1, 40);
                byte[] codes = new byte[3 + count * bytes];
                random.nextBytes(codes);
                float[] all = new float[count];
                query.distances(codes, 3, count, all);
                float limit = all[random.nextInt(count)];
                float[] near = new float[count];
                query.distances(codes, 3, count, limit, near);
                for (int i = 0; i < count; i++) {
                    float expected = plainSum(centers, bits, z, codes, 3 + i * bytes, dot);
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

    /** Two numbers a byte, that of the even part in the low bits; of an odd number of parts the last bits are 0. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void numbersAreThoseOfTheNearestCenters(int parts) {
        SplittableRandom random = new SplittableRandom(parts);
        float[][] centers = new float[parts][];
        Arrays.setAll(centers, part -> SampleFolders.random(3 * 13, random));
        int[] starts = IntStream.rangeClosed(0, parts).map(part -> 3 * part).toArray();
        ProductScheme scheme = new ProductScheme(starts, centers, 4, Similarity.EUCLIDEAN);
        int bytes = (parts + 1) / 2;
        for (int row = 0; row < 50; row++) {
            float[] y = SampleFolders.random(3 * parts, random);
            byte[] code = new byte[bytes + 2];
            Arrays.fill(code, (byte) -1);
            scheme.encode(y, y, code, 1);
            byte[] expected = new byte[bytes + 2];
            expected[0] = -1;
            expected[bytes + 1] = -1;
            for (int part = 0; part < parts; part++) {
                expected[1 + part / 2] |= (byte) (nearest(centers[part], y, 3 * part) << part % 2 * 4);
            }
            assertThat(code).isEqualTo(expected);
            assertThat(scheme.fault(code, 1)).isEmpty();
        }
    }

    private static int nearest(float[] centers, float[] y, int from) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centers.length / 3; c++) {
            double squares = 0;
            for (int j = 0; j < 3; j++) {
                squares += Math.pow((double) centers[3 * c + j] - y[from + j], 2);
            }
            if (squares < least) {
                least = squares;
                best = c;
            }
        }
        return best;
    }

    @Test
    void numbersOfNoCenterAreFaults() {
        float[][] centers = {new float[13], new float[13], new float[13]};
        ProductScheme scheme = new ProductScheme(new int[] {0, 1, 2, 3}, centers, 4, Similarity.DOT);
        assertThat(scheme.fault(new byte[] {(byte) 0xcc, 0x0c}, 0)).isEmpty();
        assertThat(scheme.fault(new byte[] {0x0d, 0}, 0)).isEqualTo("the number 13 of one of 13 centers");
        assertThat(scheme.fault(new byte[] {(byte) 0xe0, 0}, 0)).isEqualTo("the number 14 of one of 13 centers");
        assertThat(scheme.fault(new byte[] {0, 0x10}, 0)).isEqualTo("the number 1 of one of 1 centers");
    }

    /** A NaN that only the last parts have is found, although the first ones are beyond the limit. */
    @Test
    void noNumberIsHidden() {
        float[][] centers = new float[8][];
        Arrays.setAll(centers, part -> new float[] {part == 7 ? Float.POSITIVE_INFINITY : 100});
        Query query =
                new ProductScheme(IntStream.rangeClosed(0, 8).toArray(), centers, Similarity.DOT).query(new float[8]);
        float[] found = new float[1];
        query.distances(new byte[8], 0, 1, -1e30f, found);
        assertThat(found[0]).isNaN();
    }
}
