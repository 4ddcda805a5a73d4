package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.RowProducts;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;

/** Bit t of x is 1 if the centred kernel of x to the anchors, times projection t, a real output, is greater than 0. */
final class KernelHashFunction implements RealOutputs {
    private static final String KIND = "kernel";

    private final AnchorKernel kernel;
    private final int bits;
    private final float[] projections;
    private final BlockEncoder encoder;

    /** Takes N projections of m values. */
    KernelHashFunction(AnchorKernel kernel, double[][] projections) {
        this(kernel, projections.length, Matrices.toFloats(Matrices.flatten(projections)));
    }

    private KernelHashFunction(AnchorKernel kernel, int bits, float[] projections) {
        this.kernel = kernel;
        this.bits = bits;
        this.projections = projections;
        this.encoder = new BlockEncoder(kernel.dimension(), bits, Math.max(kernel.anchors(), kernel.dimension()));
    }

    static KernelHashFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        AnchorKernel kernel = AnchorKernel.read(in);
        float[] projections = in.floats("projections", in.outputs(), kernel.anchors());
        in.end();
        return new KernelHashFunction(kernel, in.outputs(), projections);
    }

    @Override
    public ModelState state() {
        return kernel.addTo(new ModelState(KIND, dimension(), bits))
                .with("projections", ModelArray.floats(projections, bits, kernel.anchors()));
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public int dimension() {
        return kernel.dimension();
    }

    /** The projections, the anchors, the kernel's means and its bandwidth. */
    @Override
    public long parameters() {
        return (long) projections.length + (long) kernel.anchors() * (kernel.dimension() + 1) + 1;
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return encoder.encode(features, this::project);
    }

    @Override
    public int outputDimension() {
        return bits;
    }

    @Override
    public float[] outputs(FeatureMatrix features) {
        return encoder.values(features, this::project);
    }

    @Override
    public Encoding encodeWithOutputs(FeatureMatrix features) {
        return Encoding.ofSigns(features.rows(), bits, outputs(features));
    }

    private float[] project(float[] rows) {
        float[] outputs = new float[rows.length / kernel.dimension() * bits];
        new RowProducts(projections, bits, kernel.anchors()).of(1, kernel.of(rows), outputs);
        return outputs;
    }
}
