package io.github.linfhash.baselines.projection;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Procrustes;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Map;

/**
 * Iterative quantization: principal components, rotated so that their signs lose as little as possible.
 *
 * <p>Based on Gong and Lazebnik, "Iterative quantization: a Procrustean approach to learning binary codes", CVPR 2011:
 * with V the first N principal components of all unlabeled images, B = sign(V R) and the orthogonal R of the least
 * ||B - V R||_F^2 are computed in turn, from a random rotation on. That loss never grows; its value for each iteration
 * is kept as the curve "loss", divided by the number of images.
 *
 * <p>What it leaves out: the supervised variant, which is {@link ItqCca}, and kernels. The random start is the
 * orthogonal polar factor of a Gaussian matrix instead of one factor of its singular value decomposition: as uniformly
 * distributed, and free of the signs that a library may choose.
 */
public record Itq(Options options) implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "itq",
                    "ITQ",
                    "Y. Gong, S. Lazebnik. Iterative quantization: a Procrustean approach to learning binary codes. CVPR 2011",
                    MethodSpec.Supervision.UNSUPERVISED,
                    new Options(50),
                    Itq::new,
                    LinearHashFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    private static final String STREAM = "rotation";

    /**
     * The options.
     *
     * @param iterations how often codes and rotation are computed
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "The paper runs 50 iterations, the authors' code 51.")
            @Range(least = 1, most = 100_000)
            int iterations) {
        public Options {
            Ranges.check(Options.class, iterations);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "itq");
        PrincipalComponents components = PrincipalComponents.of(training.unlabeled(), bits);
        return rotated(components.rows(), components.mean(), training.unlabeled(), options.iterations(), context);
    }

    /**
     * Directions, rotated among each other so that the signs of rows along them lose as little as possible.
     *
     * @param directions N x d
     * @param mean what is subtracted from rows, d values
     * @param rows the rows whose signs count
     * @param iterations how often codes and rotation are computed
     */
    static LinearHashFunction rotated(
            double[][] directions, double[] mean, FeatureMatrix rows, int iterations, TrainingContext context) {
        int bits = directions.length;
        AffineProjection projection = AffineProjection.centered(directions, mean);
        RotationLearner learner = new RotationLearner(projection.apply(rows), randomRotation(bits, context), bits);
        double[] losses = new double[iterations];
        try (Progress.Task task = context.progress().begin("itq", losses.length)) {
            for (int iteration = 0; iteration < losses.length; iteration++) {
                losses[iteration] = learner.improve();
                task.advance(1);
            }
        }
        AffineProjection rotated = AffineProjection.centered(rotated(directions, learner.rotation()), mean);
        return new LinearHashFunction(rotated, Map.of("loss", losses));
    }

    private static double[] randomRotation(int n, TrainingContext context) {
        double[][] gaussian = Matrices.gaussian(n, n, context.random().stream(STREAM));
        return Procrustes.rotation(Matrices.flatten(gaussian), n);
    }

    /** R^T P: the rotated components as rows. */
    private static double[][] rotated(double[][] components, double[] rotation) {
        int n = components.length;
        int d = components[0].length;
        return Matrices.unflatten(Matrices.transposedProduct(rotation, Matrices.flatten(components), n, n, d), d);
    }

    /**
     * One step of ITQ after another on fixed projected images V (L x N): B = sign(V R), then the rotation of the least
     * ||B - V R||_F^2.
     *
     * <p>Blocks of rows go through both products while they are in cache, so that neither V R nor B is ever kept whole.
     */
    private static final class RotationLearner {
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

        /** The contribution of a block to ||B - V R||_F^2 and to B^T V. */
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
            float[] codes = Matrices.product(rows, rounded, n, bits, bits);
            double loss = takeSigns(codes);
            return new Part(loss, Matrices.transposedProduct(codes, rows, n, bits, bits));
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
}
