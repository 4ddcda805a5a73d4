package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.RankMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What trainings of one configuration measured on held-out images. Balls are counted over all trainings together, so that
 * the empty balls of single images in small folds do not decide.
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
        Ball within2,
        Ball within0,
        @Nullable String failure) {
    private static final int RADIUS = 2;

    /** Nothing yet. */
    static final Measured NONE = new Measured(0, 0, Ball.NONE, Ball.NONE, null);

    /**
     * Pairs of a held-out image and another one.
     *
     * @param found pairs within the radius
     * @param hits the relevant ones among them
     * @param relevant relevant pairs at any distance
     */
    record Ball(long found, long hits, long relevant) {
        static final Ball NONE = new Ball(0, 0, 0);

        static Ball at(DistanceHistograms histograms, int radius) {
            long found = 0;
            long hits = 0;
            long relevant = 0;
            int reach = Math.min(radius, histograms.bits());
            for (int query = 0; query < histograms.queries(); query++) {
                found += histograms.allWithin(query, reach);
                hits += histograms.relevantWithin(query, reach);
                relevant += histograms.relevantTotal(query);
            }
            return new Ball(found, hits, relevant);
        }

        Ball plus(Ball other) {
            return new Ball(found + other.found, hits + other.hits, relevant + other.relevant);
        }

        double precision() {
            return found == 0 ? 0 : (double) hits / found;
        }

        double recall() {
            return relevant == 0 ? 0 : (double) hits / relevant;
        }
    }

    /** One training. */
    static Measured of(DistanceHistograms histograms) {
        return new Measured(
                1, new RankMetrics(histograms).map(), Ball.at(histograms, RADIUS), Ball.at(histograms, 0), null);
    }

    /** One training that failed. */
    static Measured failed(String reason) {
        return new Measured(1, 0, Ball.NONE, Ball.NONE, reason);
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
