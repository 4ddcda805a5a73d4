package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.linear.AffineProjection;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import java.util.List;

/**
 * A hash function of cosines along principal components.
 *
 * @param projection the components, less the lowest value that each had in training
 * @param modes one for each bit
 */
record SpectralHashFunction(AffineProjection projection, List<Mode> modes) implements HashFunction {
    /**
     * One eigenfunction, cos(frequency * (y - low)) of one component's value y.
     *
     * @param component which component
     * @param frequency in radians for each unit of y; a multiple of pi / range
     */
    record Mode(int component, double frequency) {}

    SpectralHashFunction {
        modes = List.copyOf(modes);
    }

    @Override
    public int bits() {
        return modes.size();
    }

    @Override
    public int dimension() {
        return projection.dimension();
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        float[] projected = projection.apply(features);
        float[] values = new float[Math.multiplyExact(features.rows(), bits())];
        for (int b = 0; b < bits(); b++) {
            Mode mode = modes.get(b);
            for (int i = 0; i < features.rows(); i++) {
                double along = projected[i * projection.outputs() + mode.component()];
                values[i * bits() + b] = (float) Math.cos(mode.frequency() * along);
            }
        }
        return BinaryCodes.ofSigns(features.rows(), bits(), values);
    }

    @Override
    public long parameters() {
        return projection.parameters() + 2L * bits();
    }
}
