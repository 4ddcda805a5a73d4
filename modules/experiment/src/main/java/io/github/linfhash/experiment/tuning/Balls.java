package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.evaluation.DistanceHistograms;

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
