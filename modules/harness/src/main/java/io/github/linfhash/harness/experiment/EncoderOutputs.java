package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import java.util.Map;

/**
 * What results keep of the real outputs behind the codes of the queries: those of encoders alone, whose N outputs are meant
 * to be antipodal.
 */
final class EncoderOutputs {
    private EncoderOutputs() {}

    /** The curves of {@link OutputCurves}; none of another method. */
    static Map<String, double[]> curves(HashFunction function, FeatureMatrix queries) {
        return function instanceof NetworkHashFunction encoder
                ? OutputCurves.of(FeatureMatrix.owning(queries.rows(), encoder.bits(), encoder.outputs(queries)))
                : Map.of();
    }
}
