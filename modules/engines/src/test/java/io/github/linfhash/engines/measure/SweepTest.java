package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what is needed to reach a target, from recalls that are made. */
class SweepTest {
    private static final IndexSpec INDEX =
            new IndexSpec(MadePgvector.type("hnsw-halfvec"), Map.of("m", 16, "ef_construction", 64));

    /** Efforts of 10, 20 and 40, of ten candidates, with these hits of 1,000. */
    private static Sweep sweep(int first, int second, int third) {
        List<OperatingPoint> points = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        int[] found = {first, second, third};
        for (int i = 0; i < found.length; i++) {
            points.add(new OperatingPoint(INDEX, 10 << i, 10));
            recalls.add(Made.recall(found[i]));
        }
        return new Sweep(points, recalls);
    }

    @Test
    void anEffortBetweenTwoIsNeeded() {
        Growth.Needed needed = sweep(800, 900, 1000).needed(0.95, 10).orElseThrow();
        // Half way from 20 to 40 on a logarithmic axis.
        assertThat(needed.effort()).isCloseTo(Math.sqrt(20 * 40), within(1e-9));
        assertThat(needed.candidates()).isEqualTo(10);
        assertThat(needed.atMost()).isFalse();
    }

    @Test
    void theLeastEffortThatReachesTheTargetIsABound() {
        Growth.Needed needed = sweep(960, 980, 1000).needed(0.95, 10).orElseThrow();
        assertThat(needed.effort()).isEqualTo(10);
        assertThat(needed.atMost()).isTrue();
    }

    /** Points that another one equals with less effort and as few candidates are not wanted. */
    @Test
    void onlyTheLeastPointsThatReachATargetAreLeft() {
        int[][] ofPoints = {{10, 10, 900}, {10, 20, 960}, {20, 10, 960}, {20, 20, 990}, {40, 10, 980}};
        List<OperatingPoint> points = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        for (int[] one : ofPoints) {
            points.add(new OperatingPoint(INDEX, one[0], one[1]));
            recalls.add(Made.recall(one[2]));
        }
        assertThat(new Sweep(points, recalls).reaching(0.95, CrossedMean::mean))
                .containsExactly(points.get(1), points.get(2));
        // The intervals of 960 of 1,000 begin below.
        assertThat(new Sweep(points, recalls).reaching(0.95, CrossedMean::low))
                .containsExactly(points.get(3), points.get(4));
    }

    @Test
    void nothingIsNeededWhereNothingReachesTheTarget() {
        assertThat(sweep(800, 900, 940).needed(0.95, 10)).isEmpty();
    }
}
