package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.baselines.linalg.Whitening;
import io.github.linfhash.codes.SquaredNorms;
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
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.List;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Scalable graph hashing with feature transformation.
 *
 * <p>Based on Jiang and Li, "Scalable graph hashing with feature transformation", IJCAI 2015, and its released code. The
 * similarity of two rows is S = 2 exp(-|x - y|^2 / rho) - 1. With e^z taken as linear between its values at -1 and 1 it is a product
 * of transformed rows, p(x) . q(y), so that the graph of all n rows is never there (equations 5 to 7). Bits are signs of projections
 * of the centered Gaussian kernel to m anchors ({@link KernelHashFunction}), and are learned one after the other (algorithm 1): each
 * is the generalized eigenvector of (K' (N S - codes before) K, K'K + ridge) of the largest eigenvalue; its own signs are taken away
 * from what the next bits see. Then all bits, in random order, are once put back and learned again beside all others.
 *
 * <p>What differs from the released code: rho is 2 for rows of length 1, where all z are within -1 and 1; here it is twice the
 * largest squared length of a row, so that this holds for any rows. The ridge is a share of the mean diagonal of K'K, as K'K is
 * singular where anchors are equal.
 */
public record Sgh(Options options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "sgh",
            "SGH",
            "Q.-Y. Jiang, W.-J. Li. Scalable graph hashing with feature transformation. IJCAI 2015",
            MethodSpec.Supervision.UNSUPERVISED,
            new Options(300, 1, 2, 1, 1e-6),
            Sgh::new,
            KernelHashFunction::restore);

    /**
     * The options.
     *
     * @param anchors m, how many rows the kernel compares with; all rows where there are fewer
     * @param bandwidth the kernel's sigma as a multiple of the mean squared distance of all rows to all anchors
     * @param rho of the similarity, as a multiple of the largest squared length of a row
     * @param rounds how often all bits are learned again
     * @param ridge what is added to the diagonal of K'K, as a share of its mean diagonal entry
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "Jiang and Li 2015, section 4: 300 kernel bases.")
            @Range(least = 1)
            int anchors,

            @Origin(
                    value = Origin.Source.RELEASED_CODE,
                    note = "The authors' code uses the mean squared distance itself.")
            @Range(least = 1e-6, most = 1e6)
            double bandwidth,

            @Origin(value = Origin.Source.PAPER, note = "Jiang and Li 2015: 2, for vectors of norm 1.")
            @Range(least = 2, most = 1e6)
            double rho,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "The authors' code learns all bits again once.")
            @Range(least = 0, most = 1000)
            int rounds,

            @Origin(
                    value = Origin.Source.RELEASED_CODE,
                    note = "The authors' code adds 1e-6, not a share of the diagonal.")
            @Range(least = 1e-12, most = 1)
            double ridge) {
        public Options {
            Ranges.check(Options.class, anchors, bandwidth, rho, rounds, ridge);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix data = training.unlabeled();
        AnchorKernel kernel = AnchorKernel.of(data, options.anchors(), options.bandwidth(), context.random(), "SGH");
        Learner learner = new Learner(kernel, data, bits, options);
        int steps = bits * (1 + options.rounds());
        try (Progress.Task task = context.progress().begin("SGH bits", steps)) {
            for (int bit = 0; bit < bits; bit++) {
                learner.learn(bit);
                task.advance(1);
            }
            PermutationSampler order = new PermutationSampler(context.random().stream("order"), bits, bits);
            for (int round = 0; round < options.rounds(); round++) {
                for (int bit : order.sample()) {
                    learner.learnAgain(bit);
                    task.advance(1);
                }
            }
        }
        return new KernelHashFunction(kernel, learner.projections());
    }

    /** The bits found so far. Not safe for threads. */
    static final class Learner {
        private final int anchors;

        /** K, in blocks of rows. */
        private final List<float[]> kernel;

        private final Whitening whitening;

        /** T' K' (N S - codes) K T, with T' (K'K + ridge) T = 1: what the next bit sees. */
        private final double[] left;

        private final double[][] projections;

        /** T' K' b for the signs b of each bit found. */
        private final double[][] taken;

        Learner(AnchorKernel kernel, FeatureMatrix data, int bits, Options options) {
            this.anchors = kernel.anchors();
            this.projections = new double[bits][];
            this.taken = new double[bits][];
            RowBlocks blocks = RowBlocks.ofWidth(data.rows(), Math.max(anchors, data.dimension()));
            this.kernel = blocks.map(block -> kernel.of(Matrices.rows(data, block)));
            Transformation transformation =
                    new Transformation(options.rho() * largestSquaredLength(data), data.dimension());
            Sums sums = sums(data, blocks, transformation);
            this.whitening = Whitening.of(Whitening.ridged(sums.gram, anchors, options.ridge()), anchors);
            this.left = whitening.whiten(similarity(sums, transformation.width(), bits));
        }

        private static double largestSquaredLength(FeatureMatrix data) {
            double largest = 0;
            for (RowBlocks.Block block :
                    RowBlocks.ofWidth(data.rows(), data.dimension()).blocks()) {
                for (double norm : SquaredNorms.of(Matrices.rows(data, block), block.size(), data.dimension())) {
                    largest = Math.max(largest, norm);
                }
            }
            return largest;
        }

        /** K'K, and K' times the transformed rows. */
        private static final class Sums {
            private final double[] gram;
            private final double[] transformed;

            Sums(int anchors, int width) {
                this.gram = new double[anchors * anchors];
                this.transformed = new double[anchors * width];
            }
        }

        private Sums sums(FeatureMatrix data, RowBlocks blocks, Transformation transformation) {
            int width = transformation.width();
            Sums sums = new Sums(anchors, width);
            for (int b = 0; b < kernel.size(); b++) {
                RowBlocks.Block block = blocks.blocks().get(b);
                float[] k = kernel.get(b);
                float[] p = transformation.of(Matrices.rows(data, block), block.size());
                // In double precision: K'K is all but singular.
                double[] wide = widened(k);
                add(Matrices.transposedProduct(wide, wide, block.size(), anchors, anchors), sums.gram);
                add(Matrices.transposedProduct(wide, widened(p), block.size(), anchors, width), sums.transformed);
            }
            return sums;
        }

        private static double[] widened(float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }

        private static void add(double[] part, double[] sum) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }

        /** N K' P Q' K: all columns of p and q are equal but the last, 1 in p and -1 in q. */
        private double[] similarity(Sums sums, int width, int bits) {
            double[] similarity = new double[anchors * anchors];
            for (int i = 0; i < anchors; i++) {
                for (int j = 0; j < anchors; j++) {
                    double sum = 0;
                    for (int c = 0; c < width; c++) {
                        double product = sums.transformed[i * width + c] * sums.transformed[j * width + c];
                        sum += c == width - 1 ? -product : product;
                    }
                    similarity[i * anchors + j] = bits * sum;
                }
            }
            return similarity;
        }

        /** The next projection, for what is left; its signs are taken away. */
        void learn(int bit) {
            projections[bit] = whitening.apply(SymmetricEigen.leading(left, anchors));
            taken[bit] = Matrices.transposedProduct(
                    whitening.transform(), signedSums(projections[bit]), anchors, anchors, 1);
            addSquare(taken[bit], -1);
        }

        /** A bit once more, beside all others. */
        void learnAgain(int bit) {
            addSquare(taken[bit], 1);
            learn(bit);
        }

        private void addSquare(double[] vector, int sign) {
            for (int i = 0; i < anchors; i++) {
                for (int j = 0; j < anchors; j++) {
                    left[i * anchors + j] += sign * vector[i] * vector[j];
                }
            }
        }

        /** K' b, with b the signs of K times a projection. */
        private double[] signedSums(double[] projection) {
            double[] sums = new double[anchors];
            kernel.parallelStream()
                    .map(block -> signedSums(block, projection))
                    .toList()
                    .forEach(part -> {
                        for (int j = 0; j < anchors; j++) {
                            sums[j] += part[j];
                        }
                    });
            return sums;
        }

        private static double[] signedSums(float[] kernel, double[] projection) {
            int m = projection.length;
            double[] sums = new double[m];
            for (int at = 0; at < kernel.length; at += m) {
                double output = 0;
                for (int j = 0; j < m; j++) {
                    output += kernel[at + j] * projection[j];
                }
                double bit = output > 0 ? 1 : -1;
                for (int j = 0; j < m; j++) {
                    sums[j] += bit * kernel[at + j];
                }
            }
            return sums;
        }

        /** The projections found, N of m values. */
        double[][] projections() {
            return projections.clone();
        }
    }

    /**
     * Rows p(x) with p(x) . q(y) near 2 exp(-|x - y|^2 / rho) - 1, where q is p but for the sign of its last column (equations 6 and
     * 7): exp(-|x|^2 / rho) times (a x, b), then 1.
     *
     * @param rho of the similarity
     * @param dimension of the rows
     */
    record Transformation(double rho, int dimension) {
        int width() {
            return dimension + 2;
        }

        /** The transformed rows, n x (d + 2), row-major. */
        float[] of(float[] rows, int n) {
            double a = Math.sqrt(2 * (Math.E * Math.E - 1) / (Math.E * rho));
            double b = Math.sqrt((Math.E * Math.E + 1) / Math.E);
            double[] norms = SquaredNorms.of(rows, n, dimension);
            float[] transformed = new float[Math.multiplyExact(n, width())];
            for (int i = 0; i < n; i++) {
                double scale = Math.exp(-norms[i] / rho);
                int at = i * width();
                for (int j = 0; j < dimension; j++) {
                    transformed[at + j] = (float) (scale * a * rows[i * dimension + j]);
                }
                transformed[at + dimension] = (float) (scale * b);
                transformed[at + dimension + 1] = 1;
            }
            return transformed;
        }
    }
}
