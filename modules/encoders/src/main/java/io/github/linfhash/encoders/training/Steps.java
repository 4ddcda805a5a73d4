package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Optimiser;

/** The steps of an epoch, by what a step takes its pairs from. */
interface Steps {
    /** The number of steps in an epoch. */
    int count();

    /**
     * Takes a step of descent.
     *
     * @param epoch from 1
     * @param number of the step in its epoch, from 0; steps of an epoch are taken in their order
     * @return the loss before the step
     */
    double step(int epoch, int number, Optimiser optimiser);
}
