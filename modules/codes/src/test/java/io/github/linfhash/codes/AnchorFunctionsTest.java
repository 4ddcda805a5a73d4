package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorFunctionsTest {
    /** Distances of few values, so that many are equal; a sort keeps the order of equals. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void theNearestAnchorsAreThoseOfASort(int s) {
        int m = 40;
        SplittableRandom random = new SplittableRandom(s);
        float[] toAnchors = new float[m + 3];
        for (int j = 0; j < toAnchors.length; j++) {
            toAnchors[j] = random.nextInt(12) / 4f;
        }
        int[] sorted = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> toAnchors[3 + j]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] nearest = new int[s + 1];
        double[] squaredDistances = new double[s + 1];

        AnchorFunctions.nearest(toAnchors, 3, m, s, nearest, squaredDistances, 1);

        for (int k = 0; k < s; k++) {
            assertThat(nearest[1 + k]).isEqualTo(sorted[k]);
            assertThat(squaredDistances[1 + k]).isEqualTo(toAnchors[3 + sorted[k]]);
        }
    }

    @Test
    void functionsAndSplitsByHand() {
        double[][] embedding = {{1, -1}, {5, 5}, {-2, 4}};
        double[] functions = new double[2];
        AnchorFunctions.addProduct(new int[] {1, 2, 0}, new double[] {9, 0.75, 0.25}, 1, 2, embedding, functions);
        assertThat(functions).containsExactly(-1.25, 2.75);

        double[] bits = new double[4];
        AnchorFunctions.split(functions, new double[] {7, 3}, new double[] {-1, 7}, bits);
        assertThat(bits).containsExactly(-1.25, 2.75, 0.25, -0.25);
    }
}
