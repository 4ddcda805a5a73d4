package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.RankMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What trainings of one configuration measured on held-out images.
 *
 * @param trainings how many
 * @param maps sum of their mean average precisions
 * @param within2 what lies within Hamming radius 2
 * @param within0 what has an equal code
 * @param failure why a training failed, or null
 */
record Measured(
        int trainings,
        double maps,
        Balls within2,
        Balls within0,
        @Nullable String failure) {
    private static final int RADIUS = 2;

    /** Nothing yet. */
    static final Measured NONE = new Measured(0, 0, Balls.NONE, Balls.NONE, null);

    /** One training. */
    static Measured of(DistanceHistograms histograms) {
        return new Measured(
                1, new RankMetrics(histograms).map(), Balls.at(histograms, RADIUS), Balls.at(histograms, 0), null);
    }

    /** One training that failed. */
    static Measured failed(String reason) {
        return new Measured(1, 0, Balls.NONE, Balls.NONE, reason);
    }

    Measured plus(Measured other) {
        return new Measured(
                trainings + other.trainings,
                maps + other.maps,
                within2.plus(other.within2),
                within0.plus(other.within0),
                failure != null ? failure : other.failure);
    }

    double map() {
        return trainings == 0 ? 0 : maps / trainings;
    }
}
