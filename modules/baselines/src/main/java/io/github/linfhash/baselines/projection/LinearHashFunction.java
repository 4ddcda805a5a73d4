package io.github.linfhash.baselines.projection;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.BlockEncoder;
import java.util.Map;

/**
 * A hash function of one affine projection: bit k is 1 if w_k . x + c_k, a real output, is greater than 0.
 *
 * @param projection W (N x d) and the offsets c (N)
 * @param curves what training recorded, see {@link RealOutputs#curves}
 */
public record LinearHashFunction(AffineProjection projection, Map<String, double[]> curves) implements RealOutputs {
    private static final String KIND = "linear";

    public LinearHashFunction {
        curves = Map.copyOf(curves);
    }

    /** The function of a state. */
    public static LinearHashFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        AffineProjection projection = AffineProjection.read(in, in.outputs());
        in.end();
        return new LinearHashFunction(projection);
    }

    @Override
    public ModelState state() {
        return projection.addTo(new ModelState(KIND, dimension(), bits()));
    }

    /** A function whose training recorded nothing. */
    public LinearHashFunction(AffineProjection projection) {
        this(projection, Map.of());
    }

    @Override
    public int bits() {
        return projection.outputs();
    }

    @Override
    public int dimension() {
        return projection.dimension();
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return encoder().encode(features, projection::apply);
    }

    @Override
    public float[] outputs(FeatureMatrix features) {
        return encoder().values(features, projection::apply);
    }

    private BlockEncoder encoder() {
        return new BlockEncoder(dimension(), bits(), dimension() + bits());
    }

    @Override
    public long parameters() {
        return projection.parameters();
    }
}
