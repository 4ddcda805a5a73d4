package io.github.linfhash.testing;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.ModelState;
import java.util.function.UnaryOperator;

/** An honest function but for what a subclass breaks. */
abstract class BrokenFunction implements HashFunction {
    private final HashFunction honest;

    BrokenFunction(HashFunction honest) {
        this.honest = honest;
    }

    /** Random projections whose learned function is replaced by a broken one. */
    static HashingMethod method(UnaryOperator<HashFunction> breaking) {
        HashingMethod honest = new RandomProjections(new RandomProjections.Options(1));
        return (training, bits, context) -> breaking.apply(honest.train(training, bits, context));
    }

    @Override
    public int bits() {
        return honest.bits();
    }

    @Override
    public int dimension() {
        return honest.dimension();
    }

    @Override
    public long parameters() {
        return honest.parameters();
    }

    @Override
    public ModelState state() {
        return honest.state();
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return honest.encode(features);
    }
}
