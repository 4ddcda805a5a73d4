package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Filters by numbers that are known. */
class FilteredTest {
    /** At 10%, the index that reaches the target is slower than the exact scan; the faster one does not reach it. */
    @Test
    void anExactScanWinsOverIndexesThatReachTheTarget() {
        List<Filtered> all = List.of(
                Made.filtered("hnsw-bit", "off", 0.5, 1000, 1),
                Made.filtered(Filtered.EXACT, null, 0.5, 1000, 9),
                Made.filtered("hnsw-bit", "off", 0.1, 900, 2),
                Made.filtered("hnsw-bit", "relaxed_order", 0.1, 1000, 4),
                Made.filtered("partial hnsw-bit", null, 0.1, 1000, 1),
                Made.filtered(Filtered.EXACT, null, 0.1, 1000, 3),
                Made.filtered("hnsw-bit", null, 0.01, 1000, 1),
                Made.filtered(Filtered.EXACT, null, 0.01, 1000, 0.5));
        assertThat(Filtered.exactWinsFrom(all, 0.95)).hasValue(0.1);
        assertThat(Filtered.exactWinsFrom(all, 0.8)).hasValue(0.01);
        assertThat(Filtered.exactWinsFrom(all.subList(0, 2), 0.8)).isEmpty();
    }

    @Test
    void madeGroupsHaveTheirShares() {
        FilterGroups groups = FilterGroups.made(20_000, 500, 10, 3);
        assertThat(groups.cases()).extracting(FilterGroups.Case::selectivity).containsExactly(0.5, 0.1, 0.01, 0.001);
        for (FilterGroups.Case one : groups.cases()) {
            int group = one.column().ofQueries()[7];
            double share = IntStream.of(one.column().ofRows())
                            .filter(row -> row == group)
                            .count()
                    / 20_000.0;
            // Five standard deviations of a binomial share.
            double deviation = Math.sqrt(one.selectivity() * (1 - one.selectivity()) / 20_000);
            assertThat(share).isCloseTo(one.selectivity(), within(5 * deviation));
            assertThat(one.queries()).hasSize(500);
        }
        assertThat(FilterGroups.made(2_000, 500, 10, 3).cases()).hasSize(3);
        assertThat(FilterGroups.made(20_000, 500, 10, 3).columns().get(1).ofRows())
                .isEqualTo(groups.columns().get(1).ofRows());
    }

    /** 900 rows of a and 10 rows each of others: queries of equally rare values are one case. */
    @Test
    void givenValuesAreSortedByTheirShares() {
        List<String> rows = new ArrayList<>(Collections.nCopies(900, "a"));
        IntStream.range(0, 100).forEach(i -> rows.add("b" + i / 10));
        FilterGroups groups = FilterGroups.of(rows, List.of("b1", "a", "b2", "a", "b1"), 5, 0);
        assertThat(groups.cases()).extracting(FilterGroups.Case::selectivity).containsExactly(0.9, 0.01);
        assertThat(groups.cases())
                .extracting(FilterGroups.Case::queries)
                .containsExactly(List.of(1, 3), List.of(0, 2, 4));
        int[] asked = groups.columns().get(0).ofQueries();
        assertThat(asked[0]).isEqualTo(asked[4]).isNotEqualTo(asked[2]);
        assertThat(groups.columns().get(0).ofRows()[910]).isEqualTo(asked[0]);
        // Without values of their own, queries ask for those of random rows.
        assertThat(FilterGroups.of(rows, List.of(), 200, 0).cases().get(0).queries())
                .hasSizeBetween(160, 195);
    }

    @Test
    void theWorstTenthIsAMean() {
        double[] values =
                IntStream.range(0, 20).mapToDouble(i -> (19 - i) / 20.0).toArray();
        assertThat(Filters.worstTenth(values)).isCloseTo(0.025, within(1e-12));
        assertThat(Filters.worstTenth(new double[] {1, 0.5})).isEqualTo(0.5);
    }
}
