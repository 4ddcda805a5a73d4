package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DistanceHistogramsTest {
    private final DistanceHistograms histograms =
            new DistanceHistograms(2, 2, new int[] {1, 2, 3, 0, 4, 2}, new int[] {0, 1, 3, 0, 4, 0});

    @Test
    void countsWithinARadiusIncludeTheRadiusItself() {
        assertThat(histograms.allWithin(0, 0)).isEqualTo(1);
        assertThat(histograms.allWithin(0, 1)).isEqualTo(3);
        assertThat(histograms.relevantWithin(0, 1)).isEqualTo(1);
        assertThat(histograms.relevantWithin(1, 1)).isEqualTo(4);
        assertThat(histograms.relevantTotal(0)).isEqualTo(4);
        assertThat(histograms.databaseSize()).isEqualTo(6);
    }

    @Test
    void aRadiusBeyondTheCodeLengthHoldsEverything() {
        assertThat(histograms.allWithin(1, 99)).isEqualTo(6);
    }

    @Test
    void refusesArraysOfTheWrongSize() {
        assertThatThrownBy(() -> new DistanceHistograms(1, 2, new int[2], new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 counts");
        assertThatThrownBy(() -> new DistanceHistograms(1, 2, new int[3], new int[4]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreRelevantCodesThanCodesAndNegativeCounts() {
        assertThatThrownBy(() -> new DistanceHistograms(1, 1, new int[] {1, 1}, new int[] {0, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 relevant of 1 codes at distance 1");
        assertThatThrownBy(() -> new DistanceHistograms(1, 1, new int[] {1, 1}, new int[] {-1, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesQueriesThatCountDifferentDatabases() {
        assertThatThrownBy(() -> new DistanceHistograms(2, 1, new int[] {1, 1, 1, 2}, new int[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query 1 counts 3 codes, query 0 2");
    }

    @Test
    void histogramsOfTwoPartsAddUp() {
        DistanceHistograms others =
                new DistanceHistograms(2, 2, new int[] {0, 0, 1, 1, 0, 0}, new int[] {0, 0, 1, 0, 0, 0});
        DistanceHistograms sum = histograms.plus(others);
        assertThat(sum.toAll()).containsExactly(1, 2, 4, 1, 4, 2);
        assertThat(sum.toRelevant()).containsExactly(0, 1, 4, 0, 4, 0);
        assertThatThrownBy(() -> histograms.plus(new DistanceHistograms(1, 2, new int[3], new int[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be added");
        DistanceHistograms many = new DistanceHistograms(1, 1, new int[] {1 << 30, 0}, new int[2]);
        assertThatThrownBy(() -> many.plus(many)).isInstanceOf(ArithmeticException.class);
    }
}
