package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.RankMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of some trainings of one configuration on held-out images.
 *
 * @param trainings how many
 * @param maps sum of their mean average precisions
 * @param within2 what lies within Hamming radius 2
 * @param within0 what has an equal code
 * @param recalls sum of their recalls of float neighbors; null where these were not looked for, and in older journals
 * @param failure why a training failed, or null
 */
record TrialResult(
        int trainings,
        double maps,
        Balls within2,
        Balls within0,
        @Nullable Double recalls,
        @Nullable String failure) {
    private static final int RADIUS = 2;

    /** Nothing yet. */
    static final TrialResult NONE = new TrialResult(0, 0, Balls.NONE, Balls.NONE, null, null);

    /** One training. */
    static TrialResult of(DistanceHistograms histograms) {
        return new TrialResult(
                1,
                new RankMetrics(histograms).map(),
                Balls.at(histograms, RADIUS),
                Balls.at(histograms, 0),
                null,
                null);
    }

    /** One training whose codes were measured by the neighbors that they keep, and by nothing else. */
    static TrialResult ofNeighbors(double recall) {
        return new TrialResult(1, 0, Balls.NONE, Balls.NONE, recall, null);
    }

    /** One training that failed. */
    static TrialResult failed(String reason) {
        return new TrialResult(1, 0, Balls.NONE, Balls.NONE, null, reason);
    }

    TrialResult plus(TrialResult other) {
        return new TrialResult(
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

    /**
     * The Hamming balls of held-out images, each searching the others, summed over images and trainings.
     *
     * <p>A protocol's database is many times larger than a fold, and an empty ball counts 0 there. Among few images most
     * balls are empty: their precision, with 0 for the empty ones, would reward large balls, and the precision of all pairs together
     * rewards balls that are almost always empty and never wrong. So the share of balls that would not be empty in a
     * database of the protocol's size is extrapolated, by a negative binomial distribution of the numbers of neighbors, fitted
     * to their mean and to the share of empty balls (Anscombe, Biometrika 37, 1950, his second method).
     *
     * @param images that searched
     * @param pairs of an image and another one that it was compared with
     * @param found pairs within the radius
     * @param hits the relevant ones among them
     * @param relevant relevant pairs at any distance
     * @param filled images whose ball is not empty
     * @param precisions sum of the precisions of their balls
     */
    record Balls(long images, long pairs, long found, long hits, long relevant, long filled, double precisions) {
        static final Balls NONE = new Balls(0, 0, 0, 0, 0, 0, 0);

        /** Bisections of the logarithm of the shape, which lies within +-{@value #WIDEST}. */
        private static final int BISECTIONS = 60;

        private static final double WIDEST = 30;

        static Balls at(DistanceHistograms histograms, int radius) {
            Balls sum = NONE;
            int reach = Math.min(radius, histograms.bits());
            for (int query = 0; query < histograms.queries(); query++) {
                long found = histograms.allWithin(query, reach);
                long hits = histograms.relevantWithin(query, reach);
                sum = sum.plus(new Balls(
                        1,
                        histograms.allWithin(query, histograms.bits()),
                        found,
                        hits,
                        histograms.relevantTotal(query),
                        found > 0 ? 1 : 0,
                        found > 0 ? (double) hits / found : 0));
            }
            return sum;
        }

        Balls plus(Balls other) {
            return new Balls(
                    images + other.images,
                    pairs + other.pairs,
                    found + other.found,
                    hits + other.hits,
                    relevant + other.relevant,
                    filled + other.filled,
                    precisions + other.precisions);
        }

        /** The fraction of the relevant pairs that are found; it does not depend on how many there are. */
        double recall() {
            return relevant == 0 ? 0 : (double) hits / relevant;
        }

        /**
         * The mean precision that is to be expected in a database of this size, an empty ball counting 0: that of the balls
         * that are not empty here, times the share of those that would not be empty there.
         */
        double precision(int database) {
            return filled == 0 ? 0 : precisions / filled * filledShare(database);
        }

        /** The share of images whose ball is to be expected not to be empty in a database of this size. */
        double filledShare(int database) {
            if (found == 0) {
                return 0;
            }
            double mean = (double) found / images;
            double here = (double) filled / images;
            double low = -WIDEST;
            double high = WIDEST;
            for (int i = 0; i < BISECTIONS; i++) {
                double middle = (low + high) / 2;
                if (filledShare(mean, Math.exp(middle)) < here) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return filledShare(mean * database * images / pairs, Math.exp(high));
        }

        /** 1 - (1 + mean / shape)^-shape; as the shape grows, 1 - exp(-mean), as of a Poisson distribution. */
        private static double filledShare(double mean, double shape) {
            return -Math.expm1(-shape * Math.log1p(mean / shape));
        }
    }
}
