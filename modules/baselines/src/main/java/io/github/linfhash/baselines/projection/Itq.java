package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.Procrustes;
import io.github.linfhash.baselines.linalg.SymmetricEigen;
import io.github.linfhash.baselines.linear.AffineProjection;
import io.github.linfhash.baselines.linear.LinearHashFunction;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import java.util.Map;
import smile.math.matrix.Matrix;

/**
 * Iterative quantisation: principal components, rotated so that their signs lose as little as possible.
 *
 * <p>Based on Gong and Lazebnik, "Iterative quantization: a Procrustean approach to learning binary codes", CVPR 2011:
 * with V the first N principal components of all unlabelled images, B = sign(V R) and the orthogonal R of the least
 * ||B - V R||_F^2 are computed in turn, from a random rotation on. That loss never grows; its value for each iteration
 * is kept as the curve "loss", divided by the number of images.
 *
 * <p>What it leaves out: the supervised variant on canonical correlations, and kernels. The random start is the
 * orthogonal polar factor of a Gaussian matrix instead of one factor of its singular value decomposition: as uniformly
 * distributed, and free of the signs that a library may choose.
 */
public final class Itq implements HashingMethod {
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
            @Origin(value = Origin.Source.PAPER, note = "50 iterations; released code does 51")
            int iterations) {
        public Options {
            if (iterations < 1 || iterations > 100_000) {
                throw new InputException("itq: iterations must lie between 1 and 100000, not " + iterations);
            }
        }
    }

    private final Options options;

    public Itq(Options options) {
        this.options = options;
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "itq");
        PrincipalComponents components = PrincipalComponents.of(training.unlabelled(), bits);
        AffineProjection projection = AffineProjection.centred(components.rows(), components.mean());
        RotationLearner learner =
                new RotationLearner(projection.apply(training.unlabelled()), randomRotation(bits, context), bits);
        double[] losses = new double[options.iterations()];
        try (Progress.Task task = context.progress().begin("itq", losses.length)) {
            for (int iteration = 0; iteration < losses.length; iteration++) {
                losses[iteration] = learner.improve();
                task.advance(1);
            }
        }
        AffineProjection rotated =
                AffineProjection.centred(rotated(components.rows(), learner.rotation()), components.mean());
        return new LinearHashFunction(rotated, Map.of("loss", losses));
    }

    private static double[] randomRotation(int n, TrainingContext context) {
        double[][] gaussian = GaussianMatrix.draw(n, n, context.random().stream(STREAM));
        return Procrustes.rotation(Matrices.flatten(gaussian), n);
    }

    /** R^T P: the rotated components as rows. */
    private static double[][] rotated(double[][] components, double[] rotation) {
        int n = components.length;
        int d = components[0].length;
        Matrix flat = Matrices.view(Matrices.flatten(components), n, d);
        return Matrices.unflatten(Matrices.transposedProduct(Matrices.view(rotation, n, n), flat), d);
    }
}
