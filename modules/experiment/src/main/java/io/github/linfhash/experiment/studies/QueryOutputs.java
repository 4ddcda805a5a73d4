package io.github.linfhash.experiment.studies;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The real outputs x of one encoder for all queries, and their codes.
 *
 * @param method the encoder's name
 * @param values x, n x N
 * @param codes the signs of x, n codes of N bits
 * @param bounds for each of the N units, the magnitude that counts as its bound
 */
public record QueryOutputs(String method, FeatureMatrix values, BinaryCodes codes, List<Double> bounds) {
    public QueryOutputs {
        bounds = List.copyOf(bounds);
    }

    /**
     * Returns the outputs of a trained encoder for the queries. A unit's bound is its lambda where the outputs are bounded linear units; elsewhere
     * nothing is clipped, and the largest magnitude that the unit reaches over the queries takes its place.
     *
     * @throws InputException if the method has no real outputs
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    public static QueryOutputs of(String method, HashFunction function, FeatureMatrix queries) {
        if (!(function instanceof NetworkHashFunction encoder)) {
            throw new InputException("Method " + method + " has no continuous outputs; choose an encoder");
        }
        FeatureMatrix values = FeatureMatrix.owning(queries.rows(), encoder.bits(), encoder.outputs(queries));
        BinaryCodes codes = BinaryCodes.ofSigns(values.rows(), values.dimension(), values.toArray());
        return new QueryOutputs(method, values, codes, bounds(encoder.outputBounds(), values));
    }

    private static List<Double> bounds(Optional<float[]> clipped, FeatureMatrix values) {
        List<Double> bounds = new ArrayList<>();
        for (int b = 0; b < values.dimension(); b++) {
            bounds.add((double) (clipped.isPresent() ? clipped.get()[b] : largestMagnitude(values, b)));
        }
        return bounds;
    }

    static float largestMagnitude(FeatureMatrix values, int unit) {
        float largest = 0;
        for (int i = 0; i < values.rows(); i++) {
            largest = Math.max(largest, Math.abs(values.get(i, unit)));
        }
        return largest;
    }
}
