package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Exact scans are faster at 1% and 50%, but not between; a search that did not use its index is none of an index. */
    @Test
    void anExactScanWinsFromTheSmallestSelectivityOn() {
        List<Filtered> all = List.of(
                Made.filtered("hnsw-bit", "off", 0.5, 1000, 10),
                Made.filtered(Filtered.EXACT, null, 0.5, 1000, 9),
                Made.filtered("hnsw-bit", "off", 0.1, 1000, 3),
                Made.filtered(Filtered.EXACT, null, 0.1, 1000, 5),
                Made.filtered("Seq Scan instead of hnsw-bit", "off", 0.01, 1000, 0.5),
                Made.filtered("hnsw-bit", "relaxed_order", 0.01, 1000, 3),
                Made.filtered(Filtered.EXACT, null, 0.01, 1000, 1));
        assertThat(Filtered.exactWinsFrom(all, 0.9)).hasValue(0.01);
        assertThat(Filtered.unreached(all, 0.9)).isEmpty();
        assertThat(Filtered.exactWinsFrom(List.of(), 0.9)).isEmpty();
    }

    @Test
    void anIndexThatReachesNothingIsNotSlower() {
        List<Filtered> all = List.of(
                Made.filtered("hnsw-bit", "off", 0.5, 900, 1),
                Made.filtered(Filtered.EXACT, null, 0.5, 1000, 9),
                Made.filtered("hnsw-bit", "off", 0.1, 100, 1),
                Made.filtered(Filtered.EXACT, null, 0.1, 1000, 5));
        assertThat(Filtered.exactWinsFrom(all, 0.95)).isEmpty();
        assertThat(Filtered.unreached(all, 0.95)).containsExactly(0.1, 0.5);
        // At 10% there is no other search with this recall, and at 50% the index is faster.
        assertThat(Filtered.exactWinsFrom(all, 0.8)).isEmpty();
        assertThat(Filtered.unreached(all, 0.8)).containsExactly(0.1);
    }

    @Test
    void madeGroupsHaveTheirShares() {
        FilterGroups groups = FilterGroups.made(20_000, 500, 10, 3);
        assertThat(groups.cases().subList(0, 3))
                .extracting(FilterGroups.Case::selectivity)
                .containsExactly(0.5, 0.1, 0.01);
        // Of a thousand groups of 20 rows on average, about five have fewer than ten.
        assertThat(groups.cases().get(3).selectivity()).isBetween(0.001, 0.00102);
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
        FilterGroups few = FilterGroups.made(2_000, 500, 10, 3);
        assertThat(few.cases()).hasSize(3);
        assertThat(few.leftOut())
                .containsExactly(
                        "filters that 0.10% of the rows match: of 2000 rows, none of these groups has the 10 that are searched for.");
        assertThat(FilterGroups.made(20_000, 500, 10, 3).columns().get(1).ofRows())
                .isEqualTo(groups.columns().get(1).ofRows());
    }

    /** Of about as many groups as rows, a third is empty. Every query asks for a group with at least k rows. */
    @ParameterizedTest
    @CsvSource({"1000, 1", "2000, 1", "3000, 2", "5000, 1", "5000, 5", "10000, 10", "200, 10", "20000, 1000"})
    void noQueryAsksForFewerRowsThanNeighbors(int rows, int neighbors) {
        for (long seed = 0; seed < 20; seed++) {
            FilterGroups groups = FilterGroups.made(rows, 200, neighbors, seed);
            assertThat(groups.cases()).isNotEmpty();
            assertThat(groups.cases().size() + groups.leftOut().size()).isEqualTo(4);
            for (FilterGroups.Case one : groups.cases()) {
                int[] counts = new int[1000];
                IntStream.of(one.column().ofRows()).forEach(group -> counts[group]++);
                assertThat(IntStream.of(one.column().ofQueries())).allMatch(group -> counts[group] >= neighbors);
                // The mean of the groups that may be asked for.
                double mean = IntStream.of(counts)
                                .filter(count -> count >= neighbors)
                                .average()
                                .orElseThrow()
                        / rows;
                assertThat(one.selectivity()).isCloseTo(mean, within(1e-12));
            }
        }
    }

    /** Of 100 queries, 60 ask for a value of one row, 40 for one of 50 rows. */
    @Test
    void queriesOfRareValuesAreLeftOut() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 1000).forEach(i -> rows.add(i < 600 ? "rare" + i : "b" + i / 50));
        List<String> queries = IntStream.range(0, 100)
                .mapToObj(q -> q < 60 ? "rare" + q : "b" + (12 + q % 8))
                .toList();
        FilterGroups groups = FilterGroups.of(rows, queries, 100, 10, 0);
        assertThat(groups.cases()).hasSize(1);
        assertThat(groups.cases().get(0).queries())
                .containsExactlyElementsOf(IntStream.range(60, 100).boxed().toList());
        assertThat(groups.cases().get(0).selectivity()).isEqualTo(0.05);
        assertThat(groups.leftOut())
                .containsExactly(
                        "filters of 60 of 100 queries: fewer than 10 rows have their value, or no other query has a value that"
                                + " about as many rows have.");
        assertThat(FilterGroups.of(rows, List.of(), 100, 10, 0).leftOut()).isEmpty();
    }

    @Test
    void valuesOfTooFewRowsAreRefused() {
        List<String> rows = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        assertThatThrownBy(() -> FilterGroups.of(rows, List.of(), 100, 2, 0))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--filter-values: expected a value that at least 2 rows of the table have, as many as are searched for, found"
                                + " none among 1000 rows. Pass a smaller --k, or coarser values");
        List<String> some = IntStream.range(0, 1000)
                .mapToObj(i -> i < 500 ? "a" : Integer.toString(i))
                .toList();
        assertThatThrownBy(() -> FilterGroups.of(some, some.subList(600, 700), 100, 2, 0))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--filter-values: expected at least two queries of a value that at least 2 rows have");
    }

    /** 900 rows of a and 10 rows each of others: queries of equally rare values are one case. */
    @Test
    void givenValuesAreSortedByTheirShares() {
        List<String> rows = new ArrayList<>(Collections.nCopies(900, "a"));
        IntStream.range(0, 100).forEach(i -> rows.add("b" + i / 10));
        FilterGroups groups = FilterGroups.of(rows, List.of("b1", "a", "b2", "a", "b1"), 5, 10, 0);
        assertThat(groups.cases()).extracting(FilterGroups.Case::selectivity).containsExactly(0.9, 0.01);
        assertThat(groups.cases())
                .extracting(FilterGroups.Case::queries)
                .containsExactly(List.of(1, 3), List.of(0, 2, 4));
        int[] asked = groups.columns().get(0).ofQueries();
        assertThat(asked[0]).isEqualTo(asked[4]).isNotEqualTo(asked[2]);
        assertThat(groups.columns().get(0).ofRows()[910]).isEqualTo(asked[0]);
        // Without values of their own, queries ask for those of random rows.
        assertThat(FilterGroups.of(rows, List.of(), 200, 10, 0).cases().get(0).queries())
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
