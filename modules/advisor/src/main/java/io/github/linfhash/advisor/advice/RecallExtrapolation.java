package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Optional;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;

/**
 * Predicts the recall@k among N vectors from a random sample of n of them.
 *
 * <p><b>Why it works.</b> A vector of the sample stands for N / n vectors. So the j nearest of a sample of m vectors are as far from the query
 * as the k nearest of N, if m / j = N / k. How well codes tell them apart depends on this distance. The recall@j among m vectors, with as
 * much oversampling, is therefore close to the recall@k among N. With j = 1, a sample of n predicts the recall among up to k n vectors. Beyond
 * that, the nearest neighbors are nearer than any that the sample contains, so nothing is predicted.
 *
 * <p><b>How far it is off.</b> In a small sample the ranks themselves are random, which costs recall. The loss is proportional to 1 / j - 1 / k, as
 * is the variance of a rank divided by its square, and vanishes where recall is 0 or 1. It is largest at an oversampling of 2 to 3, as it is for
 * points of a Poisson process whose distance by code is the logarithm of their rank plus normal noise. The constants were fitted to two sets of
 * texts, CLINC150 and WordNet's glosses by MiniLM, with the codes of eight quantizers, the uncertainty to these and to mixtures of 200 to 30,000
 * clusters. {@code ci/outside/prediction.py} tests them on others. The prediction is least certain where the sample has one to four vectors of a cluster
 * that has tens of them ({@link Diagnosis.Duplicates#groupedQueries}).
 *
 * @param predictedRows for how many vectors recall is predicted: N, or k n if that is less
 * @param neighbors k
 * @param nearest j
 * @param part m
 */
record RecallExtrapolation(int predictedRows, int neighbors, int nearest, int part) {
    /** The loss by the random ranks of a sample of j = 1 at a recall of 0.5, for k = 10, by the logarithm of the oversampling. */
    private static final UnivariateFunction LOSS = new LinearInterpolator()
            .interpolate(
                    new double[] {
                        Math.log(1), Math.log(2), Math.log(3), Math.log(5), Math.log(10), Math.log(20), Math.log(50)
                    },
                    new double[] {0.050, 0.083, 0.078, 0.062, 0.044, 0.034, 0.026});

    private static final int MOST_FITTED = 50;

    /** How far the loss is off, as half the width of an interval of 95%. */
    private static final double UNCERTAINTY = 0.038;

    /** Half the width of an interval of 95% in standard errors of a jackknife over ten groups: Student's t of 9 degrees of freedom. */
    private static final double OF_JACKKNIFE = 2.262;

    /** 1 - 1 / k of the fit. */
    private static final double FITTED = 0.9;

    /** The least p (1 - p) that counts as different from 0. */
    private static final double LEAST_VARIANCE = 0.001;

    /**
     * Returns how to predict.
     *
     * @param rows n, the size of the sample
     * @param given N, the size of the database
     * @param neighbors k
     * @return empty if the sample is the whole
     */
    static Optional<RecallExtrapolation> of(int rows, int given, int neighbors) {
        if (given <= rows) {
            return Optional.empty();
        }
        int predicted = (int) Math.min(given, (long) neighbors * rows);
        int nearest = Math.max(1, (int) ((long) neighbors * rows / predicted));
        int part = (int) Math.min(rows, (long) nearest * predicted / neighbors);
        return Optional.of(new RecallExtrapolation(predicted, neighbors, nearest, part));
    }

    /**
     * The recall@k among the predicted number of vectors, from the recall@j among the part, with as much oversampling.
     *
     * @param ofDraw the standard error that the draw of the part adds, by a jackknife over groups of its rows
     */
    CrossedMean predict(CrossedMean measured, int oversampling, double ofDraw) {
        double p = measured.mean();
        double scale = scale(p);
        double mean = predict(p, oversampling);
        double reachOfDraw = OF_JACKKNIFE * ofDraw;
        double uncertainty = Math.hypot(UNCERTAINTY * scale, reachOfDraw);
        double reachBelow = Math.hypot(p - measured.low(), uncertainty);
        double reachAbove = Math.hypot(measured.high() - p, uncertainty);
        return new CrossedMean(
                mean,
                Math.hypot(measured.standardError(), uncertainty / 2),
                measured.degrees(),
                Math.max(0, mean - reachBelow),
                Math.min(1, mean + reachAbove),
                measured.searches(),
                measured.seeds());
    }

    /** The mean alone. */
    double predict(double mean, int oversampling) {
        return Math.min(1, mean + LOSS.value(Math.log(Math.min(oversampling, MOST_FITTED))) * scale(mean));
    }

    private double scale(double mean) {
        return Math.sqrt(4 * Math.max(LEAST_VARIANCE, mean * (1 - mean))) * (1.0 / nearest - 1.0 / neighbors) / FITTED;
    }
}
