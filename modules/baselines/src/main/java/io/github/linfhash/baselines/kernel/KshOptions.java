package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * The options of KSH.
 *
 * @param anchors m, how many rows the kernel compares with
 * @param bandwidth the kernel's sigma as a multiple of the mean squared distance of all rows to all anchors
 * @param gradientIterations the most steps of accelerated gradient for a bit; 0 keeps the spectral solution
 * @param backtrackingSteps the most doublings of the step's Lipschitz estimate before a bit's refinement ends
 * @param costTolerance a bit's refinement ends when its cost, divided by l, changes by no more than this
 * @param ridge what is added to the diagonal of K'K, as a share of its mean diagonal entry
 */
public record KshOptions(
        @Origin(value = Source.PAPER, note = "Liu et al. 2012, section 4: 300 anchors")
        int anchors,

        @Origin(value = Source.RELEASED_CODE, note = "KSH_demo.m: the mean itself")
        double bandwidth,

        @Origin(value = Source.RELEASED_CODE, note = "KSH_demo.m: 500 steps")
        int gradientIterations,

        @Origin(value = Source.RELEASED_CODE, note = "OptProjectionFast.m: exponents 0 to 50")
        int backtrackingSteps,

        @Origin(value = Source.RELEASED_CODE, note = "OptProjectionFast.m: 1e-2 a training row")
        double costTolerance,

        @Origin(value = Source.OUR_READING, note = "K'K is singular for l < m and for equal anchors; the code has none")
        double ridge) {

    /** The published and released settings. */
    public static final KshOptions DEFAULTS = new KshOptions(300, 1, 500, 50, 1e-2, 1e-8);

    public KshOptions {
        require(anchors >= 1, "anchors", "at least 1", anchors);
        require(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY, "bandwidth", "above 0", bandwidth);
        require(gradientIterations >= 0, "gradientIterations", "at least 0", gradientIterations);
        require(
                backtrackingSteps >= 0 && backtrackingSteps <= 1000,
                "backtrackingSteps",
                "from 0 to 1000",
                backtrackingSteps);
        require(costTolerance >= 0, "costTolerance", "at least 0", costTolerance);
        require(ridge > 0 && ridge < 1, "ridge", "between 0 and 1, both excluded", ridge);
    }

    /** The same options with at most half as many anchors as there are rows. */
    KshOptions fitting(DataShape data) {
        int fewer = Math.max(1, Math.min(anchors, data.database() / 2));
        return new KshOptions(fewer, bandwidth, gradientIterations, backtrackingSteps, costTolerance, ridge);
    }

    private static void require(boolean holds, String option, String expected, Number found) {
        if (!holds) {
            throw new InputException("KSH option " + option + " must be " + expected + ", not " + found + ".");
        }
    }
}
