package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.method.ModelState;

/** A model that predicts C values from features of dimension d, trained on labels. Safe for threads. */
sealed interface Regressor permits KernelRidge, LinearRidge, SoftmaxNetwork {
    /** The dimension d. */
    int dimension();

    /** Whether it predicts labels less their means, as ridge regression without an intercept does. */
    default boolean centered() {
        return true;
    }

    /** The number of learned parameters. */
    long parameters();

    /**
     * Predicts the values.
     *
     * @param features k x d, row-major
     * @return k x C, row-major
     */
    float[] of(float[] features);

    /** Adds the learned parameters to the state of a model. */
    ModelState addTo(ModelState state);
}
