package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Adam;
import io.github.linfhash.encoders.layers.Decay;
import io.github.linfhash.encoders.layers.Momentum;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Sgd;

/** The rules of descent that options name. */
public enum OptimizerKind {
    /** Plain stochastic gradient descent, as the paper has it. */
    SGD {
        @Override
        Optimizer create(double rate, Decay decay) {
            return new Sgd(rate, decay);
        }
    },
    /** Momentum of 0.9. */
    MOMENTUM {
        @Override
        Optimizer create(double rate, Decay decay) {
            return new Momentum(rate, decay);
        }
    },
    /** Adam with its published constants and decoupled weight decay. */
    ADAM {
        @Override
        Optimizer create(double rate, Decay decay) {
            return new Adam(rate, decay);
        }
    };

    /** A new optimizer of this kind. */
    abstract Optimizer create(double rate, Decay decay);
}
