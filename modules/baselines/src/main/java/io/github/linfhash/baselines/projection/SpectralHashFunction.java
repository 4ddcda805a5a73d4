package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.encoding.BlockEncoder;
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
    record Mode(int component, double frequency) {
        /** The eigenfunction at a distance from the component's lowest value, of any sign and size. */
        double at(double distance) {
            return Math.cos(frequency * distance);
        }
    }

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
        return new BlockEncoder(dimension(), bits(), dimension() + 2 * bits()).encode(features, this::cosines);
    }

    private float[] cosines(float[] rows) {
        float[] projected = projection.apply(rows);
        int components = projection.outputs();
        int count = rows.length / dimension();
        float[] cosines = new float[count * bits()];
        for (int b = 0; b < bits(); b++) {
            Mode mode = modes.get(b);
            for (int i = 0; i < count; i++) {
                cosines[i * bits() + b] = (float) mode.at(projected[i * components + mode.component()]);
            }
        }
        return cosines;
    }

    @Override
    public long parameters() {
        return projection.parameters() + 2L * bits();
    }
}
