package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.RealOutputs;
import org.jspecify.annotations.Nullable;

/**
 * The output of a hash function for some rows.
 *
 * @param codes a code for each row
 * @param outputs the real outputs behind the codes, a row for each; null where the method has none
 */
record Encoded(BinaryCodes codes, @Nullable FeatureMatrix outputs) {
    static Encoded of(HashFunction function, FeatureMatrix features) {
        if (function instanceof RealOutputs real) {
            RealOutputs.Encoding both = real.encodeWithOutputs(features);
            return new Encoded(both.codes(), both.outputs());
        }
        return new Encoded(function.encode(features), null);
    }

    Encoded select(int[] rows) {
        return new Encoded(codes.select(rows), outputs == null ? null : outputs.select(rows));
    }
}
