package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import java.util.Map;

/**
 * What results keep of the real outputs behind the codes of the queries: those of encoders alone, whose N outputs are meant
 * to be antipodal.
 *
 * @param metrics numbers by key
 * @param curves lists of numbers by name
 */
public record EncoderOutputs(Map<String, Double> metrics, Map<String, double[]> curves) {
    private static final EncoderOutputs NONE = new EncoderOutputs(Map.of(), Map.of());

    /**
     * The curves of {@link OutputCurves} and its mean error of scaled outputs; nothing of another method.
     *
     * @param outputs the real outputs of the queries
     */
    public static EncoderOutputs of(HashFunction function, FeatureMatrix outputs) {
        return function instanceof NetworkHashFunction
                ? new EncoderOutputs(
                        Map.of(StandardMetrics.QUANTIZATION.key(), OutputCurves.scaledQuantizationError(outputs)),
                        OutputCurves.of(outputs))
                : NONE;
    }
}
