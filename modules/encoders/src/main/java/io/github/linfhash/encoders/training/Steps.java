package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.List;

/** The steps of an epoch, by what a step takes its pairs from. */
interface Steps {
    /** The number of steps in an epoch. */
    int count();

    /** What steps move beside the network. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * Takes a step of descent.
     *
     * @param epoch from 1
     * @param number of the step in its epoch, from 0; steps of an epoch are taken in their order
     * @return the loss before the step
     */
    double step(int epoch, int number, Optimizer optimizer);
}
