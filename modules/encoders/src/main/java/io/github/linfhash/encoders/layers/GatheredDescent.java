package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.algebra.FloatMatrix;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Descent by rules that need the whole gradient of a parameter at once, and keep running means of gradients: momentum and
 * Adam. Gradients are gathered in products on ND4J's matrices; the means and the moves are loops over Java arrays, which
 * the JIT compiler vectorizes, where an ND4J operation for each would cost more than it computes.
 */
public abstract class GatheredDescent implements Optimizer {
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
