package io.github.linfhash.quantisers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Grids and codes beside those of Lucene 10.5: {@code ci/lucene/OsqGolden.java} prints these numbers. */
class LuceneGoldenTest {
    private record Expected(int bits, int vector, float low, float high, String codes) {}

    private static final List<Expected> EXPECTED = List.of(
            new Expected(
                    1,
                    0,
                    -0.7752739f,
                    0.7339916f,
                    "1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0"),
            new Expected(
                    1,
                    1,
                    -0.69667935f,
                    1.0790687f,
                    "1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0"),
            new Expected(
                    1,
                    2,
                    -0.48272854f,
                    1.0910395f,
                    "1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0"),
            new Expected(
                    2,
                    0,
                    -0.9298365f,
                    0.79654247f,
                    "2, 1, 3, 0, 3, 1, 1, 3, 0, 3, 0, 2, 3, 0, 3, 0, 3, 2, 0, 3, 0, 3, 1, 1"),
            new Expected(
                    2,
                    1,
                    -1.1325908f,
                    1.3289258f,
                    "3, 0, 3, 1, 2, 2, 1, 2, 1, 1, 2, 0, 3, 0, 3, 1, 1, 2, 1, 2, 1, 1, 3, 0"),
            new Expected(
                    2,
                    2,
                    -0.94806176f,
                    1.2806677f,
                    "3, 1, 1, 2, 1, 3, 0, 2, 2, 1, 2, 0, 3, 1, 1, 3, 1, 3, 0, 2, 3, 0, 2, 1"),
            new Expected(
                    4,
                    0,
                    -0.9752935f,
                    1.0881517f,
                    "9, 3, 11, 0, 15, 5, 3, 12, 2, 14, 0, 8, 12, 1, 12, 1, 13, 8, 1, 14, 2, 13, 3, 5"),
            new Expected(
                    4,
                    1,
                    -1.153582f,
                    1.381875f,
                    "14, 0, 14, 3, 9, 9, 4, 11, 5, 7, 11, 1, 15, 0, 13, 5, 6, 11, 3, 11, 7, 5, 13, 0"),
            new Expected(
                    4,
                    2,
                    -0.9262578f,
                    1.4433603f,
                    "15, 4, 5, 10, 3, 13, 0, 10, 10, 3, 11, 1, 13, 6, 3, 13, 3, 12, 2, 7, 13, 1, 12, 3"),
            new Expected(
                    7,
                    0,
                    -0.99777824f,
                    1.0890305f,
                    "79, 29, 97, 0, 127, 40, 30, 102, 20, 119, 3, 68, 104, 11, 103, 7, 108, 66, 7, 116, 19, 108, 26, 42"),
            new Expected(
                    7,
                    1,
                    -1.1973126f,
                    1.3862481f,
                    "120, 0, 121, 27, 74, 79, 33, 97, 43, 62, 93, 12, 127, 4, 106, 47, 54, 92, 29, 89, 59, 41, 111, 2"),
            new Expected(
                    7,
                    2,
                    -0.89990354f,
                    1.4097047f,
                    "127, 30, 45, 89, 28, 114, 0, 82, 87, 21, 97, 10, 113, 49, 23, 109, 22, 105, 17, 62, 108, 6, 99, 24"));

    @Test
    void gridsAndCodesAreThoseOfLucene() {
        for (Expected expected : EXPECTED) {
            float[] x = new float[24];
            for (int j = 0; j < x.length; j++) {
                x[j] = (float) (Math.sin(3.7 * j + expected.vector)
                        + 0.3 * Math.cos(11.0 * j * (expected.vector + 1))
                        + 0.1 * expected.vector);
            }
            IntervalFit.Interval found = IntervalFit.of(x, 1 << expected.bits);
            byte[] numbers = new byte[24];
            found.round(x, numbers, 0);
            String codes = IntStream.range(0, numbers.length)
                    .mapToObj(j -> Integer.toString(numbers[j]))
                    .collect(Collectors.joining(", "));
            assertThat(found.low()).as(expected.toString()).isCloseTo(expected.low, within(1e-4f));
            assertThat(found.high()).as(expected.toString()).isCloseTo(expected.high, within(1e-4f));
            assertThat(codes).as(expected.toString()).isEqualTo(expected.codes);
        }
    }
}
