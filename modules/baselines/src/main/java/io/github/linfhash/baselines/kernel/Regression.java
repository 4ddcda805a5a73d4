package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.method.ModelState;

/** A regression of C targets on features of dimension d. Safe for threads. */
sealed interface Regression permits KernelRidge, LinearRidge {
    /** The dimension d. */
    int dimension();

    /** The numbers that it keeps. */
    long parameters();

    /**
     * The regression's values.
     *
     * @param features k x d, row-major
     * @return k x C, row-major
     */
    float[] of(float[] features);

    /** A model's state with what it keeps. */
    ModelState addTo(ModelState state);
}
