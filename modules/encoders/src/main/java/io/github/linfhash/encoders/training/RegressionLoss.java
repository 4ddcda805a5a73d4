package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.TrainingOptions.PairSupervision;

/**
 * The loss of a regression: the mean, over the images of a batch, of the squared distance between an image's outputs and the solution of
 * the problem whose solver the encoder unfolds.
 *
 * <p>Based on Gregor and LeCun, "Learning fast approximations of sparse coding" (ICML 2010), whose loss is half of this; Wang et al. (IJCAI
 * 2016), section 4, name it as where unfolded encoders come from. The solutions are computed once, before training. No label and no
 * pair is looked at.
 */
final class RegressionLoss implements BatchLoss {
    /**
     * Options.
     *
     * @param rows the most unlabeled rows that are learned from
     */
    record Options(
            @Origin(value = Source.OUR_READING, note = "Limits the time for K-SVD and for computing the solutions.")
            @Range(least = 2)
            int rows) {
        static final Options DEFAULTS = new Options(10_000);

        Options {
            Ranges.check(Options.class, rows);
        }

        /** Samples the rows to learn from by the stream "regression.rows"; all of one class. */
        TrainingSet sample(TrainingSet training, RandomStreams random) {
            return PairSupervision.sample(training, rows, random.stream("regression.rows"));
        }
    }

    private final FeatureMatrix solutions;
    private final float[] wanted;

    /**
     * The loss of batches of training images.
     *
     * @param solutions one row of N values for each training image
     */
    RegressionLoss(FeatureMatrix solutions) {
        this.solutions = solutions;
        this.wanted = new float[solutions.dimension()];
    }

    @Override
    public double gradient(float[] x, int[] rows, float[] gradient) {
        int units = wanted.length;
        double squares = 0;
        for (int i = 0; i < rows.length; i++) {
            solutions.copyRows(rows[i], 1, wanted, 0);
            for (int u = 0; u < units; u++) {
                float apart = x[i * units + u] - wanted[u];
                squares += (double) apart * apart;
                gradient[i * units + u] = 2 * apart / rows.length;
            }
        }
        return squares / rows.length;
    }
}
