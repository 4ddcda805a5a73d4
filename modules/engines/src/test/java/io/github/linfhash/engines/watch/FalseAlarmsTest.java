package io.github.linfhash.engines.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.watch.RecallWatch.Alarm;
import io.github.linfhash.engines.watch.RecallWatch.Losses;
import io.github.linfhash.engines.watch.RecallWatch.Observed;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches of what never changes, with all that is estimated in the first looks: no kind of alarm rings more often than it may. */
class FalseAlarmsTest {
    private static final double TARGET = 0.95;
    private static final int DIMENSION = 4;

    /**
     * How many of several watches ring.
     *
     * @param alarm that is at its bound, or just not beyond it, all the time
     * @param look queries of a look
     * @param logged whether they resemble each other: all of a look have the same numbers
     */
    static int ringing(Alarm alarm, int look, boolean logged, int watches, int looks) {
        return (int) IntStream.range(0, watches)
                .filter(number -> rings(alarm, look, logged, number, looks))
                .count();
    }

    private static boolean rings(Alarm alarm, int look, boolean logged, int number, int looks) {
        UniformRandomProvider random = new RandomStreams(number).stream("false/" + alarm + "/" + look + "/" + logged);
        RecallWatch watch = RecallWatch.begin(alarm == Alarm.FALL ? 0.5 : TARGET, !logged);
        FirstDistances first = FirstDistances.NONE;
        Reference reference = null;
        List<Double> ones = Collections.nCopies(look, 1.0);
        for (int l = 0; l < looks; l++) {
            Supplier<Double> recall = () -> tenth(random, TARGET);
            List<Double> recalls = alarm == Alarm.RECALL || alarm == Alarm.FALL ? numbers(recall, look, logged) : ones;
            List<Double> returned = alarm == Alarm.ROWS ? numbers(() -> tenth(random, 0.99), look, logged) : ones;
            List<Double> distances = numbers(random::nextDouble, look, logged);
            List<float[]> rows = alarm == Alarm.VECTORS
                    ? Stream.generate(() -> vector(random))
                            .limit(Reference.LEAST)
                            .toList()
                    : List.of();
            watch = watch.after(new Observed(
                    recalls,
                    returned,
                    Losses.NONE,
                    alarm == Alarm.QUERIES ? first.near(distances, !logged) : List.of(),
                    reference == null ? List.of() : reference.near(Similarity.EUCLIDEAN, rows),
                    false,
                    true));
            first = first.with(distances, !logged);
            if (reference == null && !rows.isEmpty()) {
                reference = Reference.of(Similarity.EUCLIDEAN, rows);
            }
            if (!watch.alarms().isEmpty()) {
                assertThat(watch.alarms()).containsOnlyKeys(alarm);
                return true;
            }
        }
        return false;
    }

    private static List<Double> numbers(Supplier<Double> next, int look, boolean logged) {
        return logged
                ? Collections.nCopies(look, next.get())
                : Stream.generate(next).limit(look).toList();
    }

    private static double tenth(UniformRandomProvider random, double mean) {
        return IntStream.range(0, 10).filter(i -> random.nextDouble() < mean).count() / 10.0;
    }

    private static float[] vector(UniformRandomProvider random) {
        float[] values = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            values[j] = (float) random.nextDouble();
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"RECALL,2", "FALL,5", "ROWS,5", "QUERIES,2", "QUERIES,3", "QUERIES,5", "QUERIES,10", "VECTORS,2"})
    void fewWatchesOfFewQueriesRing(Alarm alarm, int look) {
        // Half of 200 watches had an alarm of queries when the first look alone was compared with.
        int watches = alarm == Alarm.VECTORS ? 20 : 200;
        assertThat(ringing(alarm, look, false, watches, 60)).isLessThanOrEqualTo(alarm == Alarm.QUERIES ? 5 : 12);
    }

    @ParameterizedTest
    @CsvSource({"QUERIES,2", "QUERIES,10"})
    void fewWatchesOfLoggedQueriesRing(Alarm alarm, int look) {
        assertThat(ringing(alarm, look, true, 200, 120)).isLessThanOrEqualTo(5);
    }

    /** 0.05 times its share, and three standard errors of a thousand watches. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "RECALL,2,34", "RECALL,5,34", "RECALL,10,34", "RECALL,20,34", "RECALL,50,34",
        "FALL,2,20", "FALL,5,20", "FALL,10,20", "FALL,20,20", "FALL,50,20",
        "ROWS,2,20", "ROWS,5,20", "ROWS,10,20", "ROWS,20,20", "ROWS,50,20",
        "QUERIES,2,12", "QUERIES,5,12", "QUERIES,10,12", "QUERIES,20,12", "QUERIES,50,12",
        "VECTORS,50,12"
    })
    void noKindOfAlarmRingsMoreOftenThanItMay(Alarm alarm, int look, int most) {
        assertThat(ringing(alarm, look, false, 1_000, 300)).isLessThanOrEqualTo(most);
        if (alarm != Alarm.VECTORS) {
            assertThat(ringing(alarm, look, true, 1_000, 300)).isLessThanOrEqualTo(most);
        }
    }
}
