package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.baselines.linalg.SmileMatrices;
import io.github.linfhash.baselines.linalg.Whitening;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;
import smile.math.matrix.Matrix;

/**
 * Supervised hashing with kernels (Liu, Wang, Ji, Jiang, Chang, CVPR 2012).
 *
 * <p>Bit t of x is the sign of a_t . k(x), with k(x) the centered kernel of x to m anchors ({@link KernelHashFunction}). The
 * labeled rows give the pairs; all unlabeled rows give the kernel's bandwidth and means, and the anchors, which are a
 * uniform sample of them without replacement (stream "anchors"). The projections a_t are learned one after the other
 * (algorithm 1): each fits what the bits before left of the target ({@link ResidualSimilarity}), starts as an eigenvector
 * ({@link SpectralStart}) and is refined by gradient steps ({@link BitRefinement}).
 */
public record Ksh(Options options) implements HashingMethod {
    /** The registration, with the published and released settings. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "ksh",
                    "KSH",
                    "W. Liu, J. Wang, R. Ji, Y.-G. Jiang, S.-F. Chang: Supervised Hashing with Kernels, CVPR 2012",
                    MethodSpec.Supervision.SUPERVISED,
                    new Options(300, 1, 500, 50, 1e-2, 1e-8),
                    Ksh::new,
                    KernelHashFunction::restore)
            .fitting((data, options) -> Optional.of(options.fitting(data)));

    /**
     * The options.
     *
     * @param anchors m, how many rows the kernel compares with
     * @param bandwidth the kernel's sigma as a multiple of the mean squared distance of all rows to all anchors
     * @param gradientIterations the most steps of accelerated gradient for a bit; 0 keeps the spectral solution
     * @param backtrackingSteps the most doublings of the step's Lipschitz estimate before a bit's refinement ends
     * @param costTolerance a bit's refinement ends when its cost, divided by l, changes by no more than this
     * @param ridge what is added to the diagonal of K'K, as a share of its mean diagonal entry
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "Liu et al. 2012, section 4: 300 anchors.") @Range(least = 1)
            int anchors,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "KSH_demo.m: the mean squared distance itself.")
            @Range(above = 0)
            double bandwidth,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "KSH_demo.m: 500 steps.") @Range(least = 0)
            int gradientIterations,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "OptProjectionFast.m: exponents from 0 to 50.")
            @Range(least = 0, most = 1000)
            int backtrackingSteps,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "OptProjectionFast.m: 0.01 per training vector.")
            @Range(least = 0)
            double costTolerance,

            @Origin(
                    value = Origin.Source.OUR_READING,
                    note =
                            "K'K is singular for fewer vectors than anchors and for equal anchors. The authors' code has no ridge.")
            @Range(above = 0, below = 1)
            double ridge) {
        public Options {
            Ranges.check(
                    Options.class, anchors, bandwidth, gradientIterations, backtrackingSteps, costTolerance, ridge);
        }

        /** Returns these options with at most half as many anchors as there are rows, but at least 1. */
        Options fitting(DataShape data) {
            int fewer = Math.max(1, Math.min(anchors, data.database() / 2));
            return new Options(fewer, bandwidth, gradientIterations, backtrackingSteps, costTolerance, ridge);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix anchors = anchors(training.unlabeled(), context);
        AnchorKernel kernel = AnchorKernel.fit(training.unlabeled(), anchors, options.bandwidth(), "KSH");
        ResidualSimilarity target = new ResidualSimilarity(training.labels(), bits);
        return new KernelHashFunction(
                kernel, projections(kernel.matrix(training.labeled()), target, options, context.progress()));
    }

    private FeatureMatrix anchors(FeatureMatrix data, TrainingContext context) {
        if (data.rows() < options.anchors()) {
            throw new InputException("KSH needs at least as many unlabeled rows as anchors: there are " + data.rows()
                    + " rows for " + options.anchors() + " anchors; set anchors to at most " + data.rows() + ".");
        }
        return AnchorKernel.sample(data, options.anchors(), context.random().stream("anchors"));
    }

    /**
     * Algorithm 1; N projections of m values.
     *
     * @param kernel K, the centered kernel of the labeled rows, l x m, row-major
     * @param target N S0; the bits found are taken away from it
     */
    static double[][] projections(double[] kernel, ResidualSimilarity target, Options options, Progress progress) {
        Matrix k = SmileMatrices.direct(kernel, kernel.length / target.size());
        SpectralStart start = new SpectralStart(kernel, target, options.ridge());
        BitRefinement refinement = new BitRefinement(kernel, target, options);
        double[][] projections = new double[target.bits()][];
        try (Progress.Task task = progress.begin("KSH bits", projections.length)) {
            for (int bit = 0; bit < projections.length; bit++) {
                double[] spectral = start.solve();
                double[] refined = refinement.refine(spectral);
                double[] spectralBit = signs(k.mv(spectral));
                double[] refinedBit = signs(k.mv(refined));
                // The refined projection replaces the spectral one only where its hard signs fit the target better.
                boolean accepted = target.quadraticForm(refinedBit) > target.quadraticForm(spectralBit);
                double[] found = accepted ? refinedBit : spectralBit;
                target.deflate(found);
                start.deflate(found);
                projections[bit] = accepted ? refined : spectral;
                task.advance(1);
            }
        }
        return projections;
    }

    private static double[] signs(double[] outputs) {
        return Arrays.stream(outputs).map(output -> output > 0 ? 1 : -1).toArray();
    }

    /**
     * The start of each bit: the a that maximizes a' K'S K a subject to a' K'K a = l (equations 9 and 10), that is the
     * generalized eigenvector of (K'S K, K'K) with the algebraically largest eigenvalue.
     *
     * <p>It is found in coordinates in which K'K + ridge is the identity. K'S K is formed once; taking the bit y away from
     * S takes (K'y)(K'y)' away from it. Power iteration would not do: S is indefinite. Not safe for threads.
     */
    static final class SpectralStart {
        private final Whitening whitening;
        private final double[] kernel;
        private final double[] product;
        private final int rows;
        private final int anchors;

        /**
         * Forms the product for the first bit.
         *
         * @param kernel K, l x m, row-major
         * @param target N S0
         * @param ridge share of the mean diagonal of K'K that is added to it
         */
        SpectralStart(double[] kernel, ResidualSimilarity target, double ridge) {
            this.rows = target.size();
            this.anchors = kernel.length / rows;
            double[] gram = Matrices.transposedProduct(kernel, kernel, rows, anchors, anchors);
            this.whitening = Whitening.of(Whitening.ridged(gram, anchors, ridge), anchors);
            this.kernel = Matrices.product(kernel, whitening.transform(), rows, anchors, anchors);
            this.product = Matrices.transposedProduct(this.kernel, similarColumns(target), rows, anchors, anchors);
        }

        private double[] similarColumns(ResidualSimilarity target) {
            double[] result = new double[kernel.length];
            double[] column = new double[rows];
            for (int j = 0; j < anchors; j++) {
                for (int i = 0; i < rows; i++) {
                    column[i] = kernel[i * anchors + j];
                }
                double[] similar = target.times(column);
                for (int i = 0; i < rows; i++) {
                    result[i * anchors + j] = similar[i];
                }
            }
            return result;
        }

        /** The start of the next bit, a0 of m values. */
        double[] solve() {
            double[] a = whitening.apply(SymmetricEigen.leading(product, anchors));
            double scale = Math.sqrt(rows);
            for (int j = 0; j < a.length; j++) {
                a[j] *= scale;
            }
            return a;
        }

        /** Takes a found bit, l entries of +1 or -1, away from the target. */
        void deflate(double[] bit) {
            double[] sums = new double[anchors];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < anchors; j++) {
                    sums[j] += bit[i] * kernel[i * anchors + j];
                }
            }
            for (int i = 0; i < anchors; i++) {
                for (int j = 0; j < anchors; j++) {
                    product[i * anchors + j] -= sums[i] * sums[j];
                }
            }
        }
    }
}
