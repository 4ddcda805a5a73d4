package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.engines.watch.RecallWatch.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeanSequenceTest {
    /** The stream of the Python package's test: both have to return the same ends. */
    static List<Double> golden() {
        return IntStream.range(0, 200)
                .mapToObj(i -> (10 - (i * 7 % 11 == 0 ? 3 : i % 13 == 0 ? 1 : 0)) / 10.0)
                .toList();
    }

    /** The definition: each bet multiplies its own capital by one number after the other. */
    private static double capital(List<Double> numbers, double mean) {
        return DoubleStream.of(1, 1 / 2.0, 1 / 4.0, 1 / 8.0, 1 / 16.0, 1 / 32.0, 1 / 64.0, 1 / 128.0)
                .map(bet -> {
                    double capital = 1;
                    for (double number : numbers) {
                        capital *= 1 + bet * (number - mean) / mean;
                    }
                    return capital;
                })
                .average()
                .orElseThrow();
    }

    @Test
    void endsAreWhereTheCapitalReachesItsBound() {
        List<Double> numbers = golden();
        List<Double> mirrored = numbers.stream().map(number -> 1 - number).toList();
        Interval interval = MeanSequence.interval(Values.NONE.with(numbers), 0.05);
        assertThat(interval.mean()).isCloseTo(Evidence.mean(numbers), within(1e-12));
        assertThat(interval.count()).isEqualTo(200);
        assertThat(capital(numbers, interval.low())).isCloseTo(40, within(1e-6));
        assertThat(capital(mirrored, 1 - interval.high())).isCloseTo(40, within(1e-6));
        assertThat(capital(numbers, interval.low() + 1e-4)).isLessThan(40);
        assertThat(interval.low()).isCloseTo(0.9328410527169161, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.9814647577179418, within(1e-9));
    }

    @Test
    void numbersMayBeAllOrNoneOrMissing() {
        assertThat(MeanSequence.interval(Values.NONE, 0.05)).isEqualTo(new Interval(0, 0, 1, 0));
        Interval ones = MeanSequence.interval(Values.NONE.with(List.of(1.0, 1.0, 1.0, 1.0)), 0.05);
        assertThat(ones.high()).isEqualTo(1);
        assertThat(ones.low()).isBetween(0.1, 0.5);
        Interval zeros = MeanSequence.interval(Values.NONE.with(List.of(0.0, 0.0, 0.0, 0.0)), 0.05);
        assertThat(zeros.low()).isZero();
        assertThat(zeros.high()).isCloseTo(1 - ones.low(), within(1e-12));
        assertThatThrownBy(() -> Values.NONE.with(List.of(Double.NaN))).hasMessageContaining("from 0 to 1, found NaN");
        assertThatThrownBy(() -> Values.NONE.with(List.of(1.5))).hasMessageContaining("from 0 to 1, found 1.5");
    }

    /** An interval that is looked at after each of 40 looks; a fixed-sample interval would miss the mean at some look of every fourth stream or so. */
    @ParameterizedTest
    @EnumSource(SimulatedStreams.Kind.class)
    void sequencesContainTheMeanAtAllLooks(SimulatedStreams.Kind kind) {
        assertThat(missed(kind, 60, 40)).isLessThanOrEqualTo(6);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(SimulatedStreams.Kind.class)
    void manySequencesContainTheMeanAtAllLooks(SimulatedStreams.Kind kind) {
        assertThat(missed(kind, 1_000, 100)).isLessThanOrEqualTo(65);
    }

    private static int missed(SimulatedStreams.Kind kind, int streams, int looks) {
        int missed = 0;
        for (int s = 0; s < streams; s++) {
            Values seen = Values.NONE;
            for (Observed look : new SimulatedStreams(kind, looks, i -> 0.95).stream(s)) {
                List<Double> numbers = new ArrayList<>(look.recalls());
                seen = seen.with(kind == SimulatedStreams.Kind.GROUPS ? List.of(Evidence.mean(numbers)) : numbers);
                Interval interval = MeanSequence.interval(seen, 0.05);
                if (interval.low() > 0.95 || interval.high() < 0.95) {
                    missed++;
                    break;
                }
            }
        }
        return missed;
    }
}
