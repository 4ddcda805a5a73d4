package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;

/**
 * The features themselves as real outputs, and their signs as codes.
 *
 * @param dimension d, and the code length
 */
record Identity(int dimension) implements RealOutputs {
    @Override
    public int outputDimension() {
        return dimension;
    }

    @Override
    public float[] outputs(FeatureMatrix features) {
        return features.toArray();
    }

    @Override
    public int bits() {
        return dimension;
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return BinaryCodes.ofSigns(features.rows(), dimension, features.toArray());
    }

    @Override
    public long parameters() {
        return 0;
    }

    @Override
    public ModelState state() {
        return new ModelState("identity", dimension, dimension);
    }
}
