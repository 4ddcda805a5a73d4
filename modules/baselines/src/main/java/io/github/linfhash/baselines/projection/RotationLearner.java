package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.Procrustes;
import io.github.linfhash.baselines.linalg.RowBlocks;
import java.util.Arrays;
import smile.math.blas.Transpose;
import smile.math.matrix.FloatMatrix;

/**
 * One step of ITQ after another on fixed projected images V (L x N): B = sign(V R), then the rotation of the least
 * ||B - V R||_F^2.
 *
 * <p>Blocks of rows go through both products while they are in cache, so that neither V R nor B is ever kept whole.
 */
final class RotationLearner {
    private final float[] projected;
    private final int bits;
    private final RowBlocks blocks;
    private double[] rotation;

    /**
     * Starts from a rotation.
     *
     * @param projected V, L x N, row-major; not copied, and only read
     * @param rotation R, N x N, row-major, orthogonal
     * @param bits N
     */
    RotationLearner(float[] projected, double[] rotation, int bits) {
        this.projected = projected;
        this.rotation = rotation.clone();
        this.bits = bits;
        this.blocks = RowBlocks.ofWidth(projected.length / bits, bits);
    }

    /** The present R, N x N, row-major, as a new array. */
    double[] rotation() {
        return rotation.clone();
    }

    /**
     * Computes B for the present rotation, and from it the next rotation.
     *
     * @return ||B - V R||_F^2 / L with the rotation before this step
     */
    double improve() {
        float[] rounded = Matrices.toFloats(rotation);
        double[] correlation = new double[bits * bits];
        double loss = 0;
        for (Part part : blocks.map(block -> part(block, rounded))) {
            loss += part.loss;
            for (int i = 0; i < correlation.length; i++) {
                correlation[i] += part.correlation[i];
            }
        }
        rotation = Procrustes.rotation(correlation, bits);
        return loss / blocks.rows();
    }

    /** What a block adds to ||B - V R||_F^2 and to B^T V. */
    private static final class Part {
        private final double loss;
        private final float[] correlation;

        Part(double loss, float[] correlation) {
            this.loss = loss;
            this.correlation = correlation;
        }
    }

    private Part part(RowBlocks.Block block, float[] rounded) {
        int n = block.size();
        float[] rows = Arrays.copyOfRange(projected, block.from() * bits, (block.from() + n) * bits);
        FloatMatrix v = Matrices.view(rows, n, bits);
        float[] codes = new float[rows.length];
        FloatMatrix b = Matrices.view(codes, n, bits);
        v.mm(Transpose.NO_TRANSPOSE, Transpose.NO_TRANSPOSE, 1, Matrices.view(rounded, bits, bits), 0, b);
        double loss = takeSigns(codes);
        float[] correlation = new float[bits * bits];
        b.mm(Transpose.TRANSPOSE, Transpose.NO_TRANSPOSE, 1, v, 0, Matrices.view(correlation, bits, bits));
        return new Part(loss, correlation);
    }

    /** Replaces values by their signs, 1 for an exact zero, and returns the squared distance between the two. */
    private static double takeSigns(float[] values) {
        double loss = 0;
        for (int i = 0; i < values.length; i++) {
            float sign = values[i] >= 0 ? 1 : -1;
            double difference = sign - values[i];
            loss += difference * difference;
            values[i] = sign;
        }
        return loss;
    }
}
