package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.List;

/**
 * A loss with the penalty |x|_1 + |x'|_1 of a pair, whose mean over all pairs of a batch is 2 / B times the sum over its images.
 *
 * @param loss without it
 * @param weight of the penalty
 */
record SparsityPenalty(BatchLoss loss, double weight) implements BatchLoss {
    @Override
    public double gradient(float[] x, int[] rows, float[] gradient) {
        return loss.gradient(x, rows, gradient) + add(weight, rows.length, x, gradient);
    }

    /** Adds the gradient of the penalty for B images, and gives its value. */
    static double add(double weight, int images, float[] x, float[] gradient) {
        if (weight == 0) {
            return 0;
        }
        float factor = (float) (2 * weight / images);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            gradient[i] += factor * Math.signum(x[i]);
            sum += Math.abs(x[i]);
        }
        return factor * sum;
    }

    @Override
    public List<Parameter> parameters() {
        return loss.parameters();
    }

    @Override
    public void step(Optimizer optimizer) {
        loss.step(optimizer);
    }

    @Override
    public void beginEpoch(int epoch) {
        loss.beginEpoch(epoch);
    }
}
