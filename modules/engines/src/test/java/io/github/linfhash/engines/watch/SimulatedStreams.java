package io.github.linfhash.engines.watch;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.engines.watch.RecallWatch.Losses;
import io.github.linfhash.engines.watch.RecallWatch.Observed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;

/** Streams of recalls@10 with a known mean, looked at after each {@value #LOOK} queries. */
record SimulatedStreams(Kind kind, int looks, IntToDoubleFunction mean) {
    static final int LOOK = 50;
    private static final int NEIGHBORS = 10;

    /** How recalls are distributed around their mean. */
    enum Kind {
        /** The neighbors of a query are found independently of each other. */
        NEIGHBORS,
        /** A query misses half of its neighbors, or none. */
        HALVES,
        /** A query misses all of its neighbors, or none. */
        ALL_OR_NONE,
        /** As halves, but all of 25 queries in a row have the same recall. */
        GROUPS
    }

    /** A stream of its own for each number. */
    List<Observed> stream(long number) {
        UniformRandomProvider random = new RandomStreams(number).stream("watch/" + kind);
        List<Observed> all = new ArrayList<>();
        for (int look = 0; look < looks; look++) {
            double expected = mean.applyAsDouble(look);
            List<Double> recalls = new ArrayList<>();
            for (int q = 0; q < LOOK; q++) {
                recalls.add(kind == Kind.GROUPS && q % 25 > 0 ? recalls.get(q - 1) : recall(random, expected));
            }
            List<Double> ones = Collections.nCopies(LOOK, 1.0);
            all.add(new Observed(recalls, ones, new Losses(0, 1 - expected, 0), List.of(), List.of(), false, true));
        }
        return all;
    }

    private double recall(UniformRandomProvider random, double expected) {
        return switch (kind) {
            case NEIGHBORS -> {
                int found = 0;
                for (int i = 0; i < NEIGHBORS; i++) {
                    found += random.nextDouble() < expected ? 1 : 0;
                }
                yield found / (double) NEIGHBORS;
            }
            case HALVES, GROUPS -> random.nextDouble() < 2 * (1 - expected) ? 0.5 : 1;
            case ALL_OR_NONE -> random.nextDouble() < 1 - expected ? 0 : 1;
        };
    }

    /** Returns after how many looks a watch of a stream first has an alarm; 0 if it has none. */
    int firstAlarm(long number, double target, boolean independent) {
        RecallWatch watch = RecallWatch.begin(target, independent);
        int look = 0;
        for (Observed observed : stream(number)) {
            look++;
            watch = watch.after(observed);
            if (!watch.alarms().isEmpty()) {
                return look;
            }
        }
        return 0;
    }

    /** Returns how many of the first streams have an alarm. */
    int alarms(int streams, double target, boolean independent) {
        int alarms = 0;
        for (int s = 0; s < streams; s++) {
            alarms += firstAlarm(s, target, independent) > 0 ? 1 : 0;
        }
        return alarms;
    }
}
