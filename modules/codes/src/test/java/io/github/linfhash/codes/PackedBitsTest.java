package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that are computed from bytes equal those that {@link BitPlanes} computes from unpacked codes, bit by bit. */
class PackedBitsTest {
    private static final int OFFSET = 3;
    private static final int CODES = 5;

    private final SplittableRandom random = new SplittableRandom(9);

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 70, 100, 127, 384, 700})
    void bytesGiveWhatPlanesGive(int numbers) {
        BitPlanes codes = BitPlanes.ofSigns(CODES, numbers, values(CODES * numbers));
        float[] q = values(numbers);
        BitPlanes own = BitPlanes.ofSigns(1, numbers, q);
        BitPlanes.Products products = codes.products(q);
        float[] table = BitPlanes.table(q);
        int width = (numbers + 7) / 8;
        byte[] bytes = new byte[OFFSET + CODES * width];
        for (int i = 0; i < CODES; i++) {
            codes.copyTo(i, bytes, OFFSET + i * width);
        }
        for (int i = 0; i < CODES; i++) {
            int at = OFFSET + i * width;
            assertThat(PackedBits.hamming(bytes, at, width, own.words())).isEqualTo(codes.hamming(i, own, 0));
            assertThat(PackedBits.product(bytes, at, width, table)).isEqualTo(products.of(i));
            UniformQuery rounded = UniformQuery.of(q, 4);
            assertThat(PackedBits.product(bytes, at, width, rounded)).isEqualTo(rounded.product(codes, i));
        }
    }
}
