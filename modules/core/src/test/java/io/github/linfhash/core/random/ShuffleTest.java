package io.github.linfhash.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sampler of Commons RNG, which holds all numbers, draws the same ones. */
class ShuffleTest {
    private static final RandomStreams RANDOM = new RandomStreams(5);

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1",
        "9, 1",
        "20, 1",
        "20, 2",
        "20, 20",
        "1000, 0",
        "1000, 100",
        "65536, 10",
        "65537, 10",
        "65538, 10",
        "131072, 4000",
        "131073, 16000",
        "300000, 37499",
        "300000, 200000",
        "300000, 300000"
    })
    void theFirstNumbersAreThoseOfAWholePermutation(int n, int count) {
        int[] whole = new PermutationSampler(RANDOM.stream("a"), n, n).sample();
        assertThat(Shuffle.first(RANDOM.stream("a"), n, count)).isEqualTo(Arrays.copyOf(whole, count));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 1", "20, 2", "20, 20", "1000, 100", "1000, 124", "300000, 2000", "300000, 200000"})
    void aSampleIsThatOfTheSampler(int n, int count) {
        int[] expected = new PermutationSampler(RANDOM.stream("b"), n, count).sample();
        assertThat(Shuffle.sample(RANDOM.stream("b"), n, count)).isEqualTo(expected);
    }

    /** Of 20 numbers 2 and of 20 the first 2, over many seeds: each about as often in each place. */
    @Test
    void eachNumberIsDrawnEquallyOften() {
        int seeds = 20_000;
        int[][] counts = new int[4][20];
        for (int seed = 0; seed < seeds; seed++) {
            RandomStreams random = new RandomStreams(seed);
            int[] first = Shuffle.first(random.stream("a"), 20, 2);
            int[] sample = Shuffle.sample(random.stream("b"), 20, 2);
            counts[0][first[0]]++;
            counts[1][first[1]]++;
            counts[2][sample[0]]++;
            counts[3][sample[1]]++;
        }
        double expected = seeds / 20.0;
        for (int[] ofPlace : counts) {
            double chiSquare = IntStream.of(ofPlace)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // The upper 1e-4 quantile of chi square with 19 degrees of freedom (R: qchisq(1 - 1e-4, 19)).
            assertThat(chiSquare).isLessThan(50.8);
        }
    }

    /** All numbers as ints would be 8 GB. */
    @Test
    void aSampleOfVeryManyTakesNoMemoryForAll() {
        int n = Integer.MAX_VALUE;
        Set<Integer> sample = new HashSet<>();
        IntStream.of(Shuffle.sample(RANDOM.stream("c"), n, 1000)).forEach(sample::add);
        assertThat(sample).hasSize(1000).allSatisfy(number -> assertThat(number).isBetween(0, n - 1));
    }

    @Test
    void nothingIsDrawnOfNothing() {
        for (int n : new int[] {0, 1, 7, 1000}) {
            assertThat(Shuffle.first(RANDOM.stream("a"), n, 0)).isEmpty();
            assertThat(Shuffle.sample(RANDOM.stream("b"), n, 0)).isEmpty();
        }
    }
}
