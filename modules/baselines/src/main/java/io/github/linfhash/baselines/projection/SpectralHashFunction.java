package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.baselines.linear.AffineProjection;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A hash function of cosines along principal components.
 *
 * @param projection the components, less the lowest value that each had in training
 * @param modes one for each bit
 */
record SpectralHashFunction(AffineProjection projection, List<Mode> modes) implements RealOutputs {
    private static final String KIND = "cosine";

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

    static SpectralHashFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        AffineProjection projection = AffineProjection.read(in, in.rows("offsets"));
        int[] components = in.indices("components", projection.outputs(), in.outputs());
        double[] frequencies = in.doubles("frequencies", in.outputs());
        in.end();
        return new SpectralHashFunction(
                projection,
                IntStream.range(0, components.length)
                        .mapToObj(b -> new Mode(components[b], frequencies[b]))
                        .toList());
    }

    @Override
    public ModelState state() {
        int[] components = modes.stream().mapToInt(Mode::component).toArray();
        double[] frequencies = modes.stream().mapToDouble(Mode::frequency).toArray();
        return projection
                .addTo(new ModelState(KIND, dimension(), bits()))
                .with("components", ModelArray.ints(components, bits()))
                .with("frequencies", ModelArray.doubles(frequencies, bits()));
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
        return encoder().encode(features, this::cosines);
    }

    @Override
    public int outputDimension() {
        return bits();
    }

    /** The eigenfunctions' values. */
    @Override
    public float[] outputs(FeatureMatrix features) {
        return encoder().values(features, this::cosines);
    }

    @Override
    public Encoding encodeWithOutputs(FeatureMatrix features) {
        return Encoding.ofSigns(features.rows(), bits(), outputs(features));
    }

    private BlockEncoder encoder() {
        return new BlockEncoder(dimension(), bits(), dimension() + 2 * bits());
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
