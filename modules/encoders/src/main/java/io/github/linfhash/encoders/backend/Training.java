package io.github.linfhash.encoders.backend;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.random.CounterStream;
import java.util.List;

/**
 * One training: a network, where it starts, what it learns from, and how. A step draws B different rows, takes the loss of
 * all their pairs (half the squared distance of similar ones, half the squared shortfall from the margin of dissimilar ones,
 * each as a mean), and moves all values.
 *
 * @param form of the network
 * @param gain g of its input
 * @param outputTanh c of the last layer of soft thresholds, or 0 for none
 * @param start the values that it starts from, in the order of {@link NetworkForm}
 * @param examples what it learns from
 * @param loss of a step
 * @param descent how values move
 * @param schedule how long it lasts
 * @param draws what chance decides
 */
public record Training(
        NetworkForm form,
        double gain,
        double outputTanh,
        ModelArray start,
        Examples examples,
        Loss loss,
        Descent descent,
        Schedule schedule,
        Draws draws) {

    /**
     * The loss.
     *
     * @param margin of dissimilar pairs
     * @param sign of the dissimilar term, 1 or -1
     * @param similarShare the weight of the mean over similar pairs; dissimilar ones have the rest
     * @param sparsity the weight of the mean, over pairs, of |x|_1 + |x'|_1
     */
    public record Loss(double margin, double sign, double similarShare, double sparsity) {}

    /** How values follow their gradients. */
    public enum Rule {
        SGD,
        MOMENTUM,
        ADAM
    }

    /**
     * The descent.
     *
     * @param rate the learning rate
     * @param firstDecay of W, decoupled from the gradient
     * @param laterDecay of each S
     */
    public record Descent(Rule rule, double rate, double firstDecay, double laterDecay) {}

    /**
     * The schedule.
     *
     * @param epochs at least 0
     * @param steps of an epoch
     * @param images B, rows of a step
     * @param averagedEpochs how many of the last epochs the result is the mean of
     */
    public record Schedule(int epochs, int steps, int images, int averagedEpochs) {
        public Schedule {
            if (epochs < 0 || steps < 1 || images < 2 || averagedEpochs < 1) {
                throw new IllegalArgumentException("a schedule of " + epochs + " epochs of " + steps + " steps of "
                        + images + " images, the last " + averagedEpochs + " averaged, cannot be kept");
            }
        }
    }

    /**
     * The random draws of a training: each epoch and step has draws of its own in both streams.
     *
     * @param batches which rows a step takes
     * @param dropout which of their values become 0
     * @param share of values that become 0, from 0 to below 1; a multiple of 2^-16 is taken
     */
    public record Draws(CounterStream batches, CounterStream dropout, double share) {}

    public Training {
        if (start.floats().length != form.size()) {
            throw new IllegalArgumentException(
                    "a network of " + form.size() + " values cannot start from " + start.floats().length);
        }
        if (examples.features().dimension() != form.inputs()) {
            throw new IllegalArgumentException("a network of " + form.inputs() + " inputs cannot learn from vectors of "
                    + examples.features().dimension());
        }
        if (outputTanh > 0 && form.neuron() != NetworkForm.Neuron.THRESHOLD) {
            throw new IllegalArgumentException("a last tanh stands behind soft thresholds alone");
        }
        if (schedule.images() > examples.rows()) {
            throw new InputException("Training: expected at least " + schedule.images()
                    + " rows, those of a batch, found " + examples.rows());
        }
    }

    /**
     * The examples that trainings learn from. Trainings that share these share them on a device, too, where they hold the same object.
     *
     * @param features n x d; identical rows make no pair
     * @param relation which rows are similar
     */
    public record Examples(FeatureMatrix features, Relation relation) {
        /** Whether two different rows are similar, in either order. */
        @FunctionalInterface
        public interface Relation {
            boolean similar(int i, int j);
        }

        /** The number of rows n. */
        public int rows() {
            return features.rows();
        }
    }

    /** How a training ended; NaN and infinity are handed on as they are. */
    public static final class Trained {
        private final float[] values;
        private final List<Double> losses;

        /**
         * Copies the values.
         *
         * @param values in the order of {@link NetworkForm}
         * @param losses the mean loss of each epoch's steps
         */
        public Trained(float[] values, List<Double> losses) {
            this.values = values.clone();
            this.losses = List.copyOf(losses);
        }

        /** The learned values, in the order of {@link NetworkForm}, in a new array. */
        public float[] values() {
            return values.clone();
        }

        /** The mean loss of each epoch's steps. */
        public List<Double> losses() {
            return losses;
        }
    }
}
