package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.testing.Filled;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grids, codes and estimates beside those that Lucene 10.5 made of the same vectors: OptimizedScalarQuantizer, and an index of one segment. */
class LuceneGoldenTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 0 | -0.7752739 | 0.7339916 | 1 0 1 0 1 0 0 1 0 1 0 1 1 0 1 0 1 1 0 1 0 1 0 0
            1 | 1 | -0.69667935 | 1.0790687 | 1 0 1 0 1 1 0 1 0 0 1 0 1 0 1 0 0 1 0 1 0 0 1 0
            1 | 2 | -0.48272854 | 1.0910395 | 1 0 0 1 0 1 0 1 1 0 1 0 1 0 0 1 0 1 0 0 1 0 1 0
            2 | 0 | -0.9298365 | 0.79654247 | 2 1 3 0 3 1 1 3 0 3 0 2 3 0 3 0 3 2 0 3 0 3 1 1
            2 | 1 | -1.1325908 | 1.3289258 | 3 0 3 1 2 2 1 2 1 1 2 0 3 0 3 1 1 2 1 2 1 1 3 0
            2 | 2 | -0.94806176 | 1.2806677 | 3 1 1 2 1 3 0 2 2 1 2 0 3 1 1 3 1 3 0 2 3 0 2 1
            4 | 0 | -0.9752935 | 1.0881517 | 9 3 11 0 15 5 3 12 2 14 0 8 12 1 12 1 13 8 1 14 2 13 3 5
            4 | 1 | -1.153582 | 1.381875 | 14 0 14 3 9 9 4 11 5 7 11 1 15 0 13 5 6 11 3 11 7 5 13 0
            4 | 2 | -0.9262578 | 1.4433603 | 15 4 5 10 3 13 0 10 10 3 11 1 13 6 3 13 3 12 2 7 13 1 12 3
            7 | 0 | -0.99777824 | 1.0890305 | 79 29 97 0 127 40 30 102 20 119 3 68 104 11 103 7 108 66 7 116 19 108 26 42
            7 | 1 | -1.1973126 | 1.3862481 | 120 0 121 27 74 79 33 97 43 62 93 12 127 4 106 47 54 92 29 89 59 41 111 2
            7 | 2 | -0.89990354 | 1.4097047 | 127 30 45 89 28 114 0 82 87 21 97 10 113 49 23 109 22 105 17 62 108 6 99 24
            8 | 0 | -0.9990651 | 1.0885007 | 159 57 195 0 255 81 60 206 40 240 7 137 208 23 208 14 216 133 14 232 38 216 52 85
            8 | 1 | -1.1987153 | 1.385942 | 241 0 242 54 149 158 65 195 86 124 187 24 255 8 214 94 109 185 59 180 119 83 222 5
            8 | 2 | -0.90286636 | 1.4101762 | 255 60 91 179 57 229 0 165 175 43 195 21 227 98 47 218 44 211 35 125 216 11 199 48
            """)
    void gridsAndCodesAreThoseOfLucene(int bits, int vector, float low, float high, String codes) {
        float[] x = vector(vector);
        Osq.Interval found = Osq.Interval.of(x, 1 << bits);
        byte[] numbers = new byte[24];
        found.round(x, numbers, 0);
        assertThat(found.low()).isCloseTo(low, within(1e-4f));
        assertThat(found.high()).isCloseTo(high, within(1e-4f));
        assertThat(IntStream.range(0, numbers.length)
                        .mapToObj(j -> Integer.toString(numbers[j] & 0xff))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(codes);
    }

    private static float[] vector(int number) {
        return Filled.floats(24, j ->
                (float) (Math.sin(3.7 * j + number) + 0.3 * Math.cos(11.0 * j * (number + 1)) + 0.1 * number));
    }

    /**
     * The estimates of a Lucene index of vectors 0..7 for a query: squared distances, or inner products.
     *
     * @param bits of the codes; the query has four, or as many as the codes where these have more
     * @param query the number of its vector
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | EUCLIDEAN | 8 | 39.806076 21.157387 10.545101 21.050392 49.267982 53.70349 34.385563 10.343998
            1 | EUCLIDEAN | 9 | 63.703705 44.793446 20.708134 5.2678795 29.77037 47.352703 47.3079 29.274517
            1 | DOT | 8 | 0.8927741 11.935329 16.703165 14.293484 -1.2384295 -2.337493 7.6966095 26.606306
            1 | DOT | 9 | -9.284206 1.8891349 13.393484 23.956575 10.282211 2.6097355 3.0072746 18.912882
            2 | EUCLIDEAN | 8 | 43.543625 21.711521 10.390972 18.812263 45.21096 54.214264 35.08961 12.75836
            2 | EUCLIDEAN | 9 | 65.82344 41.754562 19.094227 3.9397697 25.946365 43.386322 48.589096 33.39355
            2 | DOT | 8 | -0.9760002 11.658262 16.78023 15.412548 0.79008245 -2.592878 7.3445845 25.399124
            2 | DOT | 9 | -10.344072 3.4085765 14.200438 24.62063 12.194214 4.592928 2.3666763 16.853365
            4 | EUCLIDEAN | 8 | 42.982452 20.40588 9.998402 19.98545 46.114834 54.17131 35.626907 12.327568
            4 | EUCLIDEAN | 9 | 65.61368 42.780785 19.888645 4.7137184 26.383934 42.70854 48.941826 33.30205
            4 | DOT | 8 | -0.69541216 12.311083 16.976515 14.825954 0.33814573 -2.5714016 7.0759373 25.614521
            4 | DOT | 9 | -10.239191 2.8954654 13.803228 24.233656 11.97543 4.931818 2.1903114 16.899115
            7 | EUCLIDEAN | 8 | 43.206474 20.772865 9.918137 19.657608 46.06831 54.33322 35.777695 12.21582
            7 | EUCLIDEAN | 9 | 65.55035 42.400482 19.862736 5.0738564 27.16565 43.242935 49.064262 32.845478
            7 | DOT | 8 | -0.8074242 12.12759 17.016647 14.989876 0.36140776 -2.6523592 7.0005417 25.670395
            7 | DOT | 9 | -10.207525 3.0856166 13.816183 24.053587 11.584572 4.6646214 2.1290913 17.127401
            8 | EUCLIDEAN | 8 | 43.25838 20.781067 9.948444 19.678104 46.089886 54.313908 35.759743 12.213897
            8 | EUCLIDEAN | 9 | 65.57702 42.469147 19.876713 5.0488853 27.138044 43.112167 49.065666 32.891926
            8 | DOT | 8 | -0.83337736 12.123489 17.001493 14.979628 0.3506198 -2.6427004 7.0095177 25.671356
            8 | DOT | 9 | -10.220861 3.0512843 13.809195 24.066072 11.598373 4.7300053 2.1283913 17.104177
            """)
    void estimatesAreThoseOfLucene(int bits, Similarity similarity, int query, String values) {
        float[][] rows = new float[8][];
        for (int number = 0; number < rows.length; number++) {
            rows[number] = vector(number);
        }
        FeatureMatrix database = FeatureMatrix.copyOf(rows);
        float[] q = vector(query);
        Distances found = new Osq(new Osq.Options(bits, 24, false))
                .fit(database, similarity, new RandomStreams(0))
                .encode(database)
                .estimates(FeatureMatrix.copyOf(new float[][] {q}))
                .forQuery(0);
        double shared = ofQueryAlone(q, Moments.mean(database), similarity);
        String[] expected = values.split(" ");
        assertThat(expected).hasSize(rows.length);
        for (int number = 0; number < rows.length; number++) {
            double value = similarity == Similarity.DOT ? -found.to(number) : found.to(number);
            assertThat(value + shared)
                    .as("vector " + number)
                    .isCloseTo(Double.parseDouble(expected[number]), within(1e-4));
        }
    }

    /** Returns the part that our estimates leave out, as all codes share it: |q - c|^2, or (q, c) - |c|^2. */
    private static double ofQueryAlone(float[] q, double[] center, Similarity similarity) {
        double sum = 0;
        for (int j = 0; j < q.length; j++) {
            double less = q[j] - center[j];
            sum += similarity == Similarity.DOT ? less * center[j] : less * less;
        }
        return sum;
    }
}
