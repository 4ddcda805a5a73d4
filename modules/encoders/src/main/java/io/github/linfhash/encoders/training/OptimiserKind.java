package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Adam;
import io.github.linfhash.encoders.layers.Decay;
import io.github.linfhash.encoders.layers.Momentum;
import io.github.linfhash.encoders.layers.Optimiser;
import io.github.linfhash.encoders.layers.PlainDescent;

/** The rules of descent that options name. */
public enum OptimiserKind {
    /** Plain stochastic gradient descent, as the paper has it. */
    SGD {
        @Override
        Optimiser create(double rate, Decay decay) {
            return new PlainDescent(rate, decay);
        }
    },
    /** Momentum of 0.9. */
    MOMENTUM {
        @Override
        Optimiser create(double rate, Decay decay) {
            return new Momentum(rate, decay);
        }
    },
    /** Adam with its published constants and decoupled weight decay. */
    ADAM {
        @Override
        Optimiser create(double rate, Decay decay) {
            return new Adam(rate, decay);
        }
    };

    /** A new optimiser of this kind. */
    abstract Optimiser create(double rate, Decay decay);
}
