package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances of packed codes, to the last bit those of codes in planes. */
class RaBitQSchemeTest {
    private static final int COUNT = 300;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 4",
        "2, 1, 4",
        "64, 1, 4",
        "1, 2, 4",
        "64, 2, 4",
        "70, 2, 1",
        "75, 3, 4",
        "101, 3, 8",
        "64, 4, 4",
        "33, 4, 5",
        "31, 5, 4",
        "17, 6, 8",
        "65, 7, 4",
        "65, 7, 8",
        "40, 8, 8",
        "3, 8, 4",
        "75, 3, 0",
        "40, 8, 0"
    })
    void distancesAreThoseOfPlanes(int numbers, int bits, int queryBits) {
        Random random = new Random(numbers + 31L * bits + queryBits);
        for (Similarity similarity : Similarity.values()) {
            float[] center = floats(random, numbers);
            RaBitQScheme scheme = new RaBitQScheme(numbers, bits, queryBits, false, center, similarity);
            byte[] codes = new byte[7 + COUNT * scheme.bytes()];
            float[][] vectors = new float[COUNT][];
            float[] terms = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                vectors[i] = floats(random, numbers);
                terms[i] = similarity.term(vectors[i], 0, center);
                scheme.encode(vectors[i], vectors[i], codes, 7 + i * scheme.bytes());
            }
            float[] query = floats(random, numbers);
            float[] found = new float[COUNT];
            scheme.query(query).distances(codes, 7, COUNT, found);
            Distances planes = RaBitQCodes.of(
                            COUNT,
                            numbers,
                            (row, values) -> System.arraycopy(vectors[(int) row], 0, values, 0, numbers),
                            bits,
                            terms)
                    .distances(query, queryBits, similarity);
            for (int i = 0; i < COUNT; i++) {
                assertThat(found[i]).as("%s, code %d", similarity, i).isEqualTo(planes.to(i));
            }
            for (int count : new int[] {0, 1, 255, 256, 257, COUNT}) {
                assertThat(planes.first(count)).containsExactly(Arrays.copyOf(found, count));
            }
        }
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int j = 0; j < count; j++) {
            values[j] = (float) random.nextGaussian();
        }
        return values;
    }
}
