package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A rule of descent, which applies the gradients of backward passes, with what it keeps from step to step. It belongs to one training thread and to
 * one network.
 *
 * <p>A step hands over the gradient of every parameter once, of shared weights once for each use, and ends with {@link
 * #finish}. Weight decay is taken from weight matrices alone, never from biases or scales, and is decoupled from the
 * gradient: a weight loses {@code rate * decay} of itself in a step (for plain descent this is the same as a penalty of
 * decay / 2 times its square).
 */
public interface Optimizer {
    /**
     * Takes in the gradient {@code gain * delta * transpose(in)} of a weight matrix.
     *
     * @param first whether the matrix is the first layer's, which has a decay of its own
     * @param delta outputs x B, gradient of the loss with respect to the products
     * @param in inputs x B, what the weights were applied to
     */
    void weights(Weights weights, boolean first, double gain, FloatMatrix delta, FloatMatrix in);

    /** Takes in the gradient that a vector gathered, which is forgotten there. */
    void vector(UnitParameter vector);

    /** Ends a step: whatever has not moved yet moves now. */
    void finish();

    /**
     * Weight decay.
     *
     * @param first of the first layer's weight matrix, at least 0
     * @param later of all others
     */
    record Decay(double first, double later) {
        /** None. */
        public static final Decay NONE = new Decay(0, 0);

        /** Returns the share of a weight that decay leaves in a step of the given learning rate, before its gradient is subtracted. */
        double kept(boolean firstLayer, double rate) {
            return 1 - rate * (firstLayer ? first : later);
        }
    }

    /** The rules of descent that options name. */
    enum Kind {
        /** Plain descent. */
        SGD,
        /** Momentum of 0.9. */
        MOMENTUM,
        /** Adam with its published constants and decoupled weight decay. */
        ADAM;

        /** Returns a new optimizer of this kind with a constant learning rate. */
        public Optimizer create(double rate, Decay decay) {
            return switch (this) {
                case SGD -> new Sgd(rate, decay);
                case MOMENTUM -> new Momentum(rate, decay);
                case ADAM -> new Adam(rate, decay);
            };
        }
    }

    /** Plain stochastic gradient descent: {@code w <- (1 - rate * decay) w - rate * gradient}, in one product a matrix. */
    final class Sgd implements Optimizer {
        private final double rate;
        private final Decay decay;
        private final Set<Weights> decayed = Collections.newSetFromMap(new IdentityHashMap<>());

        /**
         * A descent with a constant learning rate.
         *
         * @param rate the learning rate, above 0
         */
        public Sgd(double rate, Decay decay) {
            this.rate = rate;
            this.decay = decay;
        }

        @Override
        public void weights(Weights weights, boolean first, double gain, FloatMatrix delta, FloatMatrix in) {
            double kept = decayed.add(weights) ? decay.kept(first, rate) : 1;
            weights.addOuterProduct(kept, -rate * gain, delta, in);
        }

        @Override
        public void vector(UnitParameter vector) {
            vector.descend(rate);
        }

        @Override
        public void finish() {
            decayed.clear();
        }
    }

    /**
     * Descent by rules that need the whole gradient of a parameter at once, and keep running means of gradients: momentum and
     * Adam. Gradients are gathered in products on ND4J's matrices; the means and the moves are loops over Java arrays, which
     * the JIT compiler vectorizes, where an ND4J operation for each would cost more than it computes.
     */
    abstract class GatheredDescent implements Optimizer {
        private final double rate;
        private final Decay decay;
        private final int means;
        private final List<Slot> slots = new ArrayList<>();
        private final IdentityHashMap<Parameter, Slot> byParameter = new IdentityHashMap<>();
        private int steps;

        /**
         * A descent that has not begun.
         *
         * @param rate the learning rate, that of weight decay too
         * @param means how many running means the rule keeps for each parameter
         */
        GatheredDescent(double rate, Decay decay, int means) {
            this.rate = rate;
            this.decay = decay;
            this.means = means;
        }

        final double rate() {
            return rate;
        }

        /**
         * Moves the values of one parameter.
         *
         * @param kept what weight decay leaves of each value
         * @param means an array for each of the running means
         * @param step the number of this step, from 1
         */
        abstract void move(float[] values, float kept, float[] gradient, float[][] means, int step);

        @Override
        public final void weights(Weights weights, boolean first, double gain, FloatMatrix delta, FloatMatrix in) {
            Slot slot = slot(weights);
            slot.kept = (float) decay.kept(first, rate);
            slot.gather(gain, delta, in);
        }

        @Override
        public final void vector(UnitParameter vector) {
            Slot slot = slot(vector);
            vector.takeGradient(slot.gradient);
        }

        @Override
        public final void finish() {
            steps++;
            for (Slot slot : slots) {
                slot.readGradient();
                move(slot.values, slot.kept, slot.gradient, slot.means, steps);
                slot.parameter.assign(slot.values);
            }
        }

        private Slot slot(Parameter parameter) {
            return byParameter.computeIfAbsent(parameter, unused -> {
                Slot slot = new Slot(parameter, means);
                slots.add(slot);
                return slot;
            });
        }

        /** A parameter's values, its gradient in this step, and its running means. */
        private static final class Slot {
            final Parameter parameter;
            final float[] values;
            final float[] gradient;
            final float[][] means;
            final FloatMatrix product;
            float kept = 1;
            private boolean gathered;

            Slot(Parameter parameter, int count) {
                this.parameter = parameter;
                this.values = parameter.toArray();
                this.gradient = new float[values.length];
                this.means = new float[count][values.length];
                this.product = FloatMatrix.zeros(parameter.rows(), parameter.columns());
            }

            void gather(double gain, FloatMatrix delta, FloatMatrix in) {
                product.addOuterProduct(gathered ? 1 : 0, gain, delta, in);
                gathered = true;
            }

            void readGradient() {
                if (gathered) {
                    product.copyTo(gradient);
                    gathered = false;
                }
            }
        }
    }

    /** Descent with momentum (Polyak 1964): {@code v <- momentum v + gradient; w <- (1 - rate * decay) w - rate * v}. */
    final class Momentum extends GatheredDescent {
        private static final float MOMENTUM = 0.9f;

        /** A descent with momentum 0.9 and a constant learning rate. */
        public Momentum(double rate, Decay decay) {
            super(rate, decay, 1);
        }

        @Override
        void move(float[] values, float kept, float[] gradient, float[][] means, int step) {
            float[] velocity = means[0];
            float length = (float) rate();
            for (int i = 0; i < values.length; i++) {
                velocity[i] = MOMENTUM * velocity[i] + gradient[i];
                values[i] = kept * values[i] - length * velocity[i];
            }
        }
    }

    /**
     * Adam (Kingma and Ba, ICLR 2015, algorithm 1, with its constants beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8), with
     * decoupled weight decay (Loshchilov and Hutter, ICLR 2019).
     */
    final class Adam extends GatheredDescent {
        private static final double BETA1 = 0.9;
        private static final double BETA2 = 0.999;
        private static final float EPSILON = 1e-8f;

        /** Adam with a constant learning rate. */
        public Adam(double rate, Decay decay) {
            super(rate, decay, 2);
        }

        @Override
        void move(float[] values, float kept, float[] gradient, float[][] means, int step) {
            float[] mean = means[0];
            float[] square = means[1];
            float beta1 = (float) BETA1;
            float beta2 = (float) BETA2;
            float length = (float) (rate() / (1 - Math.pow(BETA1, step)));
            float unbiased = (float) (1 / (1 - Math.pow(BETA2, step)));
            for (int i = 0; i < values.length; i++) {
                float g = gradient[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                values[i] = kept * values[i] - length * mean[i] / ((float) Math.sqrt(square[i] * unbiased) + EPSILON);
            }
        }
    }
}
