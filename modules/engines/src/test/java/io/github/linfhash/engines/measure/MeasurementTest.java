package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice among operating points whose numbers are known. */
class MeasurementTest {
    private static final IndexSpec HALF = MadePgvector.hnsw("halfvec", 16, 64);
    private static final IndexSpec BITS = MadePgvector.hnsw("bit", 16, 64);

    @Test
    void theSmallestIndexThatReachesTheTargetIsChosen() {
        Measured small = Made.measured(BITS, 100, 990, 1_000, 9, true);
        Measured large = Made.measured(HALF, 40, 999, 5_000, 1, true);
        Answer answer = Made.answer(0.95, List.of(large, small));
        assertThat(answer.reached()).isTrue();
        assertThat(answer.measured()).isSameAs(small);
    }

    @Test
    void ofEquallyLargeOnesTheFastestIsChosen() {
        Measured slow = Made.measured(BITS, 200, 990, 1_000, 9, true);
        Measured fast = Made.measured(BITS, 100, 985, 1_009, 5, true);
        Measured larger = Made.measured(BITS, 100, 985, 1_011, 1, true);
        assertThat(Made.answer(0.95, List.of(slow, fast, larger)).measured()).isSameAs(fast);
    }

    /** A mean of 0.96 of 1,000 queries has an interval that begins below 0.95. */
    @Test
    void theLowerEndOfTheIntervalHasToReachTheTarget() {
        Measured close = Made.measured(BITS, 100, 955, 1_000, 1, true);
        Measured sure = Made.measured(HALF, 40, 990, 9_000, 1, true);
        assertThat(close.choosing().mean()).isGreaterThan(0.95);
        assertThat(Made.answer(0.95, List.of(close, sure)).measured()).isSameAs(sure);
    }

    @Test
    void aSearchWithoutTheIndexIsNoAnswer() {
        Measured scan = Made.measured(BITS, 100, 1000, 1_000, 1, false);
        Measured index = Made.measured(HALF, 40, 990, 9_000, 1, true);
        assertThat(Made.answer(0.95, List.of(scan, index)).measured()).isSameAs(index);
    }

    @Test
    void theClosestIsNamedWhereNothingReachesTheTarget() {
        Measured closer = Made.measured(HALF, 40, 940, 9_000, 7, true);
        Answer answer = Made.answer(0.95, List.of(Made.measured(BITS, 40, 900, 1_000, 1, true), closer));
        assertThat(answer.reached()).isFalse();
        assertThat(answer.measured()).isSameAs(closer);
    }

    /** An exact scan has no bytes and all neighbors. Its 20 ms are for those who have measured nothing else. */
    @Test
    void anExactScanIsNoAnswerBesideAnIndex() {
        Measured scan = Made.measured(MadePgvector.exact(), IndexType.NO_EFFORT, 1000, 0, 20, true);
        Measured index = Made.measured(BITS, 100, 990, 1_000, 9, true);
        Measured poor = Made.measured(HALF, 40, 500, 9_000, 7, true);
        assertThat(Made.answer(0.95, List.of(scan, index)).measured()).isSameAs(index);
        Answer missed = Made.answer(0.95, List.of(scan, poor));
        assertThat(missed.reached()).isFalse();
        assertThat(missed.measured()).isSameAs(poor);
        Answer alone = Made.answer(0.95, List.of(scan));
        assertThat(alone.reached()).isTrue();
        assertThat(alone.measured()).isSameAs(scan);
        Measured wrong = Made.measured(MadePgvector.exact(), IndexType.NO_EFFORT, 900, 0, 20, true);
        assertThat(Made.answer(0.95, List.of(wrong)).reached()).isFalse();
    }

    private static Measured kept(IndexSpec spec, int candidates, long bytes, long heap) {
        return Made.measured(new OperatingPoint(spec, 100, candidates), 990, bytes, heap, 5, null);
    }

    /**
     * An index of codes of 1,000 bytes with its vectors beside it, 8,000 more than other indexes keep, lasts as 9,000 bytes. Without rescoring the
     * vectors are not read.
     */
    @Test
    void whatRescoringReadsIsPartOfAnIndex() {
        Measured rescored = kept(BITS, 30, 1_000, 10_000);
        Measured whole = kept(HALF, 10, 5_000, 2_000);
        assertThat(Made.answer(0.95, List.of(rescored, whole)).measured()).isSameAs(whole);
        Measured larger = kept(HALF, 10, 9_500, 2_000);
        assertThat(Made.answer(0.95, List.of(rescored, larger)).measured()).isSameAs(rescored);
        Measured codes = kept(BITS, Made.NEIGHBORS, 1_000, 10_000);
        assertThat(Made.answer(0.95, List.of(codes, whole)).measured()).isSameAs(codes);
        // In a table, all have the same vectors beside them.
        Measured inTable = kept(HALF, 10, 5_000, 10_000);
        assertThat(Made.answer(0.95, List.of(rescored, inTable)).measured()).isSameAs(rescored);
    }

    @Test
    void frontiersLeaveOutWhatIsSlowerAndNoBetter() {
        Measured fast = Made.measured(BITS, 40, 900, 1_000, 1, true);
        Measured worse = Made.measured(BITS, 60, 890, 1_000, 2, true);
        Measured better = Made.measured(BITS, 80, 950, 1_000, 3, true);
        Measurement of = Made.of(List.of(better, worse, fast), List.of(), List.of());
        assertThat(of.frontier(BITS.type())).containsExactly(fast, better);
        assertThat(of.frontier(HALF.type())).isEmpty();
        assertThat(of.types()).containsExactly(BITS.type());
    }
}
