package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.algebra.FloatMatrix;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Plain stochastic gradient descent: {@code w <- (1 - rate * decay) w - rate * gradient}, in one product a matrix. */
public final class Sgd implements Optimizer {
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
