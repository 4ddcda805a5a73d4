package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import smile.math.blas.Transpose;

/** Bit t of x is 1 if the centred kernel of x to the anchors, times projection t, is greater than 0. */
final class KernelHashFunction implements HashFunction {
    private final AnchorKernel kernel;
    private final int bits;
    private final float[] projections;
    private final BlockEncoder encoder;

    /** Takes N projections of m values. */
    KernelHashFunction(AnchorKernel kernel, double[][] projections) {
        this.kernel = kernel;
        this.bits = projections.length;
        this.projections = new float[bits * kernel.anchors()];
        for (int t = 0; t < bits; t++) {
            System.arraycopy(
                    Matrices.toFloats(projections[t]), 0, this.projections, t * kernel.anchors(), kernel.anchors());
        }
        this.encoder = new BlockEncoder(kernel.dimension(), bits, Math.max(kernel.anchors(), kernel.dimension()));
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
        return encoder.encode(features, this::outputs);
    }

    private float[] outputs(float[] rows) {
        int n = rows.length / kernel.dimension();
        int m = kernel.anchors();
        float[] outputs = new float[n * bits];
        Matrices.view(kernel.of(rows), n, m)
                .mm(
                        Transpose.NO_TRANSPOSE,
                        Transpose.TRANSPOSE,
                        1,
                        Matrices.view(projections, bits, m),
                        0,
                        Matrices.view(outputs, n, bits));
        return outputs;
    }
}
