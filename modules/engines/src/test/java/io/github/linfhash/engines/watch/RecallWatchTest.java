package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.engines.watch.RecallWatch.Alarm;
import io.github.linfhash.engines.watch.RecallWatch.Losses;
import io.github.linfhash.engines.watch.RecallWatch.Observed;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecallWatchTest {
    private static final List<Double> ONES = Collections.nCopies(50, 1.0);

    private static Observed look(double recall, Losses losses) {
        return new Observed(Collections.nCopies(50, recall), ONES, losses, ONES, ONES, false, true);
    }

    private static RecallWatch after(RecallWatch watch, int looks, Observed look) {
        RecallWatch last = watch;
        for (int i = 0; i < looks; i++) {
            last = last.after(look);
        }
        return last;
    }

    /** The definition: for each moment, the capitals that began then. */
    @Test
    void evidenceIsThatOfEachMoment() {
        double[][] looks = {{0.9, 0.8}, {1.0}, {0.5, 0.6, 1.0}};
        Evidence evidence = Evidence.NONE;
        double expected = 0.25;
        for (double[] look : looks) {
            evidence = evidence.after(0.9, Arrays.stream(look).boxed().toList());
        }
        for (int from = 0; from < looks.length; from++) {
            for (double bet : MeanSequence.BETS) {
                double capital = 1 / ((from + 1.0) * (from + 2.0)) / MeanSequence.BETS.length;
                for (int l = from; l < looks.length; l++) {
                    for (double number : looks[l]) {
                        capital *= 1 - bet * (number - 0.9) / 0.1;
                    }
                }
                expected += capital;
            }
        }
        assertThat(evidence.value()).isCloseTo(expected, within(1e-12));
        assertThat(Evidence.NONE.value()).isEqualTo(1);
        Evidence certain = Evidence.NONE;
        for (int i = 0; i < 100; i++) {
            certain = certain.after(0.999, List.of(0.0, 0.0));
        }
        assertThat(certain.value()).isFinite().isGreaterThan(1e90);
    }

    @ParameterizedTest
    @EnumSource(SimulatedStreams.Kind.class)
    void fewStreamsAtTheTargetHaveAnAlarm(SimulatedStreams.Kind kind) {
        assertThat(new SimulatedStreams(kind, 40, look -> 0.95).alarms(60, 0.95, kind != SimulatedStreams.Kind.GROUPS))
                .isLessThanOrEqualTo(6);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(SimulatedStreams.Kind.class)
    void fewOfManyStreamsAtTheTargetHaveAnAlarm(SimulatedStreams.Kind kind) {
        for (double target : new double[] {0.95, 0.99, 0.999}) {
            // 5% and three standard errors
            assertThat(new SimulatedStreams(kind, 100, look -> target)
                            .alarms(1_000, target, kind != SimulatedStreams.Kind.GROUPS))
                    .as("at " + target)
                    .isLessThanOrEqualTo(70);
        }
    }

    @Test
    void aDropOfTwoPointsIsFoundWithinFortyLooks() {
        SimulatedStreams streams =
                new SimulatedStreams(SimulatedStreams.Kind.NEIGHBORS, 60, look -> look < 20 ? 0.955 : 0.935);
        for (int s = 0; s < 20; s++) {
            assertThat(streams.firstAlarm(s, 0.95, true)).isBetween(21, 60);
        }
    }

    @Test
    void aFallAboveTheTargetIsFoundAndNamedByTheLossThatGrew() {
        RecallWatch watch = after(RecallWatch.begin(0.8, true), 40, look(0.97, new Losses(0.02, 0.01, 0)));
        assertThat(watch.alarms()).isEmpty();
        watch = after(watch, 20, look(0.94, new Losses(0.02, 0.04, 0)));
        assertThat(watch.alarms()).containsExactly(Map.entry(Alarm.FALL, AlarmCause.GRAPH));
        // It stays on while recall is low, and goes off after ten looks as good as before.
        assertThat(after(watch, 30, look(0.94, new Losses(0.02, 0.04, 0))).alarms())
                .isNotEmpty();
        assertThat(after(watch, 5, look(0.97, Losses.NONE)).alarms()).isNotEmpty();
        RecallWatch well = after(watch, 10, look(0.97, Losses.NONE));
        assertThat(well.alarms()).isEmpty();
        assertThat(well.generation()).isEqualTo(2);
        assertThat(watch.accepted().alarms()).isEmpty();
        assertThat(after(watch.accepted(), 60, look(0.94, Losses.NONE)).alarms())
                .isEmpty();
    }

    @Test
    void causesAreNamed() {
        RecallWatch watch = after(RecallWatch.begin(0.95, true), 10, look(0.97, new Losses(0.01, 0.02, 0)));
        assertThat(after(watch, 10, look(0.9, new Losses(0.08, 0.02, 0))).alarms())
                .containsEntry(Alarm.RECALL, AlarmCause.CODES);
        assertThat(after(watch, 10, look(0.9, new Losses(0.01, 0.02, 0.07))).alarms())
                .containsEntry(Alarm.RECALL, AlarmCause.FILTER);
        Observed scan =
                new Observed(Collections.nCopies(50, 0.9), ONES, new Losses(0, 0.1, 0), ONES, ONES, false, false);
        assertThat(after(watch, 10, scan).alarms()).containsEntry(Alarm.RECALL, AlarmCause.SEARCH);
        List<Double> zeros = Collections.nCopies(50, 0.0);
        List<Double> low = Collections.nCopies(50, 0.9);
        Losses graph = new Losses(0, 0.1, 0);
        assertThat(after(watch, 10, new Observed(low, low, graph, ONES, ONES, false, true))
                        .alarms())
                .containsEntry(Alarm.ROWS, AlarmCause.TOO_FEW_ROWS)
                .containsEntry(Alarm.RECALL, AlarmCause.TOO_FEW_ROWS);
        assertThat(after(watch, 10, new Observed(low, low, graph, ONES, ONES, true, true))
                        .alarms())
                .containsEntry(Alarm.RECALL, AlarmCause.FILTER);
        assertThat(after(watch, 10, new Observed(low, ONES, graph, zeros, ONES, false, true))
                        .alarms())
                .containsEntry(Alarm.RECALL, AlarmCause.QUERIES_MOVED);
        assertThat(after(watch, 10, new Observed(ONES, ONES, Losses.NONE, ONES, zeros, false, true))
                        .alarms())
                .containsExactly(Map.entry(Alarm.VECTORS, AlarmCause.VECTORS_MOVED));
    }

    @Test
    void theWindowAnswersNow() {
        RecallWatch watch = after(RecallWatch.begin(0.5, true), 100, look(0.99, Losses.NONE));
        watch = after(watch, 20, look(0.9, Losses.NONE));
        assertThat(watch.now().mean()).isCloseTo(0.9, within(1e-9));
        assertThat(watch.now().count()).isEqualTo(20 * 50);
        assertThat(watch.sinceChange().mean()).isCloseTo(0.975, within(1e-9));
    }
}
