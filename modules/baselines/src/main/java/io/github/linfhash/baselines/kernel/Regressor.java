package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.method.ModelState;

/** C values for features of dimension d, learned from labels. Safe for threads. */
sealed interface Regressor permits KernelRidge, LinearRidge, SoftmaxNetwork {
    /** The dimension d. */
    int dimension();

    /** Whether the values are those of labels less their means, as ridge regression has no intercept. */
    default boolean centered() {
        return true;
    }

    /** The numbers that it keeps. */
    long parameters();

    /**
     * The values.
     *
     * @param features k x d, row-major
     * @return k x C, row-major
     */
    float[] of(float[] features);

    /** A model's state with what it keeps. */
    ModelState addTo(ModelState state);
}
