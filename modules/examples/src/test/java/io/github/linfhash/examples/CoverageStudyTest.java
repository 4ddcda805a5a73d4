package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageStudyTest {
    /** 2,000 trials have a standard error of half a point. Where the queries alone vary, the wider of two intervals holds the mean more often. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 1", "1, 1, 1", "16, 1, 1"})
    void intervalsOfFiveSearchesAndFiveSeedsHoldTheMean(double search, double seed, double cell) {
        CoverageStudy.Coverage found = CoverageStudy.coverage(
                new CoverageStudy.Shape(5, 5),
                new CoverageStudy.Variances(search, seed, cell),
                50,
                0,
                2_000,
                new RandomStreams(1));
        assertThat(found.percent()).isBetween(93.0, 99.0);
    }

    /** As advise reports recall: one seed of a code without chance, and two seeds that do not differ. */
    @ParameterizedTest
    @CsvSource({"0.9, 0, 1", "0.99, 0, 1", "0.999, 0, 1", "0.9, 0, 2", "0.95, 0, 2"})
    void intervalsOfRecallNearOneHoldTheMean(double recall, double seed, int seeds) {
        assertThat(CoverageStudy.ofRecall(recall, seed, seeds, 500, 2_000, new RandomStreams(1)))
                .isGreaterThan(93.0);
    }

    /** Two seeds of each of ten quantizers, where two seeds of one alone hold the mean in less than 90%. */
    @Test
    void seedsPooledOverQuantizersHoldTheMean() {
        assertThat(CoverageStudy.ofPooled(0.9, 0.3, 0.3, 2, 10, 500, new RandomStreams(1)))
                .isBetween(90.0, 98.0);
    }

    /** Of twelve topics: intervals that take queries as independent, and those that know the topics. */
    @Test
    void intervalsThatKnowTopicsHoldTheMean() {
        assertThat(CoverageStudy.ofTopics(0.9, 12, false, 1_000, new RandomStreams(1)))
                .isLessThan(80);
        assertThat(CoverageStudy.ofTopics(0.9, 12, true, 1_000, new RandomStreams(1)))
                .isGreaterThan(93);
    }

    /** Of five seeds whose queries come from the same vectors: seeds that differ much, little and not at all. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.3, 0", "3, 0", "0, 0.3", "0.3, 0.3", "3, 0.3", "0, 1", "0.3, 1"})
    void sharedQueriesDoNotMakeIntervalsNarrow(double seed, double share) {
        CoverageStudy.Coverage found = CoverageStudy.coverage(
                new CoverageStudy.Shape(1, 5),
                new CoverageStudy.Variances(0, seed, 0),
                50,
                share,
                2_000,
                new RandomStreams(1));
        assertThat(found.percent()).isBetween(93.0, 99.5);
        assertThat(found.rare()).isLessThan(0.4);
    }
}
