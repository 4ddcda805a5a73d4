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
 * @param recalls sum of their recalls of float neighbors; null where these were not looked for, and in older journals
 * @param failure why a training failed, or null
 */
record Measured(
        int trainings,
        double maps,
        Balls within2,
        Balls within0,
        @Nullable Double recalls,
        @Nullable String failure) {
    private static final int RADIUS = 2;

    /** Nothing yet. */
    static final Measured NONE = new Measured(0, 0, Balls.NONE, Balls.NONE, null, null);

    /** One training. */
    static Measured of(DistanceHistograms histograms) {
        return new Measured(
                1,
                new RankMetrics(histograms).map(),
                Balls.at(histograms, RADIUS),
                Balls.at(histograms, 0),
                null,
                null);
    }

    /** One training whose codes were measured by the neighbors that they keep, and by nothing else. */
    static Measured ofNeighbors(double recall) {
        return new Measured(1, 0, Balls.NONE, Balls.NONE, recall, null);
    }

    /** One training that failed. */
    static Measured failed(String reason) {
        return new Measured(1, 0, Balls.NONE, Balls.NONE, null, reason);
    }

    Measured plus(Measured other) {
        return new Measured(
                trainings + other.trainings,
                maps + other.maps,
                within2.plus(other.within2),
                within0.plus(other.within0),
                recalls == null ? other.recalls : Double.valueOf(recalls + (other.recalls == null ? 0 : other.recalls)),
                failure != null ? failure : other.failure);
    }

    double map() {
        return trainings == 0 ? 0 : maps / trainings;
    }

    double neighborRecall() {
        return trainings == 0 || recalls == null ? 0 : recalls / trainings;
    }
}
