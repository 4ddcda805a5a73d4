package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice among settings whose numbers are known. */
class MeasurementTest {
    private static final PgvectorIndex HALF = PgvectorIndex.hnsw(Kind.HALFVEC, 16, 64);
    private static final PgvectorIndex BITS = PgvectorIndex.hnsw(Kind.BIT, 16, 64);

    @Test
    void theSmallestIndexThatReachesTheTargetIsChosen() {
        Measured small = Made.measured(BITS, 100, 990, 1_000, 9, true);
        Measured large = Made.measured(HALF, 40, 999, 5_000, 1, true);
        Answer answer = Measurement.answer(0.95, List.of(large, small));
        assertThat(answer.reached()).isTrue();
        assertThat(answer.measured()).isSameAs(small);
    }

    @Test
    void ofEquallyLargeOnesTheFastestIsChosen() {
        Measured slow = Made.measured(BITS, 200, 990, 1_000, 9, true);
        Measured fast = Made.measured(BITS, 100, 985, 1_009, 5, true);
        Measured larger = Made.measured(BITS, 100, 985, 1_011, 1, true);
        assertThat(Measurement.answer(0.95, List.of(slow, fast, larger)).measured())
                .isSameAs(fast);
    }

    /** A mean of 0.96 of 1,000 queries has an interval that begins below 0.95. */
    @Test
    void theLowerEndOfTheIntervalHasToReachTheTarget() {
        Measured close = Made.measured(BITS, 100, 955, 1_000, 1, true);
        Measured sure = Made.measured(HALF, 40, 990, 9_000, 1, true);
        assertThat(close.choosing().mean()).isGreaterThan(0.95);
        assertThat(Measurement.answer(0.95, List.of(close, sure)).measured()).isSameAs(sure);
    }

    @Test
    void aSearchWithoutTheIndexIsNoAnswer() {
        Measured scan = Made.measured(BITS, 100, 1000, 1_000, 1, false);
        Measured index = Made.measured(HALF, 40, 990, 9_000, 1, true);
        assertThat(Measurement.answer(0.95, List.of(scan, index)).measured()).isSameAs(index);
    }

    @Test
    void theClosestIsNamedWhereNothingReachesTheTarget() {
        Measured closer = Made.measured(HALF, 40, 940, 9_000, 7, true);
        Answer answer = Measurement.answer(0.95, List.of(Made.measured(BITS, 40, 900, 1_000, 1, true), closer));
        assertThat(answer.reached()).isFalse();
        assertThat(answer.measured()).isSameAs(closer);
    }

    @Test
    void frontiersLeaveOutWhatIsSlowerAndNoBetter() {
        Measurement made = Made.measurement();
        Measured fast = Made.measured(BITS, 40, 900, 1_000, 1, true);
        Measured worse = Made.measured(BITS, 60, 890, 1_000, 2, true);
        Measured better = Made.measured(BITS, 80, 950, 1_000, 3, true);
        Measurement of = new Measurement(
                made.server(),
                made.vectors(),
                made.targets(),
                List.of(better, worse, fast),
                made.answers(),
                List.of(),
                List.of(),
                true,
                1);
        assertThat(of.frontier(BITS.type())).containsExactly(fast, better);
        assertThat(of.frontier(HALF.type())).isEmpty();
    }
}
