package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.baselines.linalg.LabelColumns;
import io.github.linfhash.baselines.linalg.Whitening;
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
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Supervised discrete hashing: codes B of the labeled rows that say their labels Y and that a kernel regression F finds.
 *
 * <p>Based on Shen, Shen, Liu and Shen, "Supervised discrete hashing", CVPR 2015 ({@code sdh}), with its squared loss, and on
 * Gui, Liu, Sun, Tao and Tan, "Fast supervised discrete hashing", TPAMI 2018 ({@code fsdh}). From random codes on, three
 * steps are taken in turn, each of which minimizes the loss over one of its parts:
 *
 * <ul>
 *   <li>{@code sdh}: |Y - B W|^2 + lambda |W|^2 + nu (|B - F|^2 + ridge |P|^2): the labels are regressed on the codes. W is a
 *       ridge regression; the rows of B are found bit by bit, all other bits held (discrete cyclic coordinate descent,
 *       equation 9), until no bit of a row changes;
 *   <li>{@code fsdh}: |B - Y W|^2 + lambda |W|^2 + nu (|B - F|^2 + ridge |P|^2): the codes are regressed on the labels, and B
 *       = sign(Y W + nu F) at once;
 *   <li>both: F = K P, with K the centered Gaussian kernel to m anchors ({@link KernelHashFunction}) and a constant column, is the
 *       ridge regression of B. Code bits of any row are the signs of its F, for the codes found last.
 * </ul>
 *
 * <p>The loss, divided by the number of labeled rows, is kept for each iteration as the curve "loss"; it never grows.
 *
 * <p>What it leaves out: the hinge loss, and a start from codes of another method. Anchors come from all rows that may be used
 * without labels, as KSH's do.
 */
public record Sdh(Options options, Variant variant) implements HashingMethod {
    private static final int MOST_SWEEPS = 100;

    /** Which of both is regressed on the other. */
    public enum Variant {
        /** Labels on codes. */
        SDH,
        /** Codes on labels. */
        FSDH;

        private String title() {
            return name();
        }
    }

    /** The registration of supervised discrete hashing. */
    public static final MethodSpec<Options> SPEC =
            spec("sdh", Variant.SDH, "F. Shen, C. Shen, W. Liu, H. T. Shen. Supervised discrete hashing. CVPR 2015");

    /** The registration of fast supervised discrete hashing. */
    public static final MethodSpec<Options> FAST = spec(
            "fsdh",
            Variant.FSDH,
            "J. Gui, T. Liu, Z. Sun, D. Tao, T. Tan. Fast supervised discrete hashing. IEEE TPAMI 40(2), 2018");

    private static MethodSpec<Options> spec(String name, Variant variant, String citation) {
        return new MethodSpec<>(
                name,
                variant.title(),
                citation,
                MethodSpec.Supervision.SUPERVISED,
                new Options(1000, 0.08, 5, 1, 1e-5, 1e-2),
                options -> new Sdh(options, variant),
                KernelHashFunction::restore);
    }

    /**
     * The options.
     *
     * @param anchors m, how many rows the kernel compares with; all rows where there are fewer
     * @param bandwidth the kernel's sigma as a multiple of the mean squared distance of all rows to all anchors
     * @param iterations how often the three steps are taken
     * @param lambda the weight of |W|^2
     * @param nu the weight of the regression's error
     * @param ridge the weight of |P|^2 in that error
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "Shen et al. 2015, section 4: 1,000 anchors.") @Range(least = 1)
            int anchors,

            @Origin(
                    value = Origin.Source.RELEASED_CODE,
                    note = "Sigma is 0.4 for vectors of norm 1, whose mean squared distance is about 2: 0.16 / 2.")
            @Range(least = 1e-12, most = 1e12)
            double bandwidth,

            @Origin(value = Origin.Source.PAPER, note = "Shen et al. 2015, section 4: at most 5 iterations.")
            @Range(least = 1, most = 10_000)
            int iterations,

            @Origin(value = Origin.Source.PAPER, note = "Shen et al. 2015, section 4: lambda = 1.")
            @Range(least = 1e-12, most = 1e12)
            double lambda,

            @Origin(value = Origin.Source.PAPER, note = "Shen et al. 2015, section 4: nu = 0.00001.")
            @Range(least = 1e-12, most = 1e12)
            double nu,

            @Origin(
                    value = Origin.Source.RELEASED_CODE,
                    note = "The F-step of the authors' code has this ridge; the paper has none.")
            @Range(least = 1e-12, most = 1e12)
            double ridge) {
        public Options {
            Ranges.check(Options.class, anchors, bandwidth, iterations, lambda, nu, ridge);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix data = training.unlabeled();
        AnchorKernel kernel =
                AnchorKernel.of(data, options.anchors(), options.bandwidth(), context.random(), variant.title());
        double[] codes = randomCodes(training.labeled().rows() * bits, context.random().stream("codes"));
        Learner learner = new Learner(
                LabelColumns.matrix(training.labels()),
                kernel.matrix(training.labeled()),
                codes,
                bits,
                options,
                variant);
        double[] losses = new double[options.iterations()];
        try (Progress.Task task = context.progress().begin(variant.title(), losses.length)) {
            for (int iteration = 0; iteration < losses.length; iteration++) {
                losses[iteration] = learner.improve();
                task.advance(1);
            }
        }
        return learner.function(kernel, Map.of("loss", losses));
    }

    private static double[] randomCodes(int count, UniformRandomProvider random) {
        double[] codes = new double[count];
        for (int i = 0; i < count; i++) {
            codes[i] = random.nextBoolean() ? 1 : -1;
        }
        return codes;
    }

    /** The three steps on l labeled rows. Not safe for threads. */
    static final class Learner {
        private final Options options;
        private final Variant variant;
        private final int rows;
        private final int labels;
        private final int bits;

        /** Y, l x C. */
        private final double[] targets;

        /** m kernel values and the constant. */
        private final int width;

        /** T with T' (K'K + ridge) T = 1, and K T, l x (m + 1). */
        private final double[] transform;

        private final double[] whitened;

        /** B, l x N, of +1 and -1. */
        private final double[] codes;

        /**
         * Starts from codes.
         *
         * @param targets Y, l x C, row-major
         * @param kernel K without the constant, l x m, row-major
         * @param codes B, l x N, row-major, of +1 and -1; is changed
         */
        Learner(double[] targets, double[] kernel, double[] codes, int bits, Options options, Variant variant) {
            this.options = options;
            this.variant = variant;
            this.bits = bits;
            this.rows = codes.length / bits;
            this.labels = targets.length / rows;
            this.targets = targets;
            this.codes = codes;
            this.width = kernel.length / rows + 1;
            double[] columns = withConstant(kernel);
            double[] gram = Matrices.transposedProduct(columns, columns, rows, width, width);
            addToDiagonal(gram, width, options.ridge());
            this.transform = Whitening.of(gram, width).transform();
            this.whitened = Matrices.product(columns, transform, rows, width, width);
        }

        private double[] withConstant(double[] kernel) {
            int m = width - 1;
            double[] columns = new double[Math.multiplyExact(rows, width)];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(kernel, i * m, columns, i * width, m);
                columns[i * width + m] = 1;
            }
            return columns;
        }

        private static void addToDiagonal(double[] matrix, int n, double value) {
            for (int i = 0; i < n; i++) {
                matrix[i * n + i] += value;
            }
        }

        /** B as it is now, l x N. */
        double[] codes() {
            return codes.clone();
        }

        /** One round of the three steps; the loss after it, divided by l. */
        double improve() {
            // In whitened coordinates P is T Q, with Q = (K T)' B.
            double[] regression = Matrices.transposedProduct(whitened, codes, rows, width, bits);
            double[] found = Matrices.product(whitened, regression, rows, width, bits);
            double labelLoss = variant == Variant.SDH ? labelsOnCodes(found) : codesOnLabels(found);
            double[] parameters = Matrices.product(transform, regression, width, width, bits);
            double fit = squaredDistance(codes, found) + options.ridge() * squaredLength(parameters);
            return (labelLoss + options.nu() * fit) / rows;
        }

        /** W, then B by coordinate descent; |Y - B W|^2 + lambda |W|^2. */
        private double labelsOnCodes(double[] found) {
            double[] w = ridge(codes, bits, targets, labels);
            double[] pull = Matrices.product(targets, transposed(w, bits, labels), rows, labels, bits);
            for (int i = 0; i < pull.length; i++) {
                pull[i] += options.nu() * found[i];
            }
            double[] gram = Matrices.product(w, transposed(w, bits, labels), bits, labels, bits);
            IntStream.range(0, rows).parallel().forEach(row -> descend(row, pull, gram));
            return squaredDistance(targets, Matrices.product(codes, w, rows, bits, labels))
                    + options.lambda() * squaredLength(w);
        }

        /** Sets each bit of a row to its best value for the other ones, again until none changes. */
        private void descend(int row, double[] pull, double[] gram) {
            int at = row * bits;
            boolean changed = true;
            for (int sweep = 0; changed && sweep < MOST_SWEEPS; sweep++) {
                changed = false;
                for (int k = 0; k < bits; k++) {
                    double value = pull[at + k] + gram[k * bits + k] * codes[at + k];
                    for (int j = 0; j < bits; j++) {
                        value -= gram[k * bits + j] * codes[at + j];
                    }
                    // What is exactly as good either way stays.
                    double bit = value == 0 ? codes[at + k] : Math.signum(value);
                    changed |= bit != codes[at + k];
                    codes[at + k] = bit;
                }
            }
        }

        /** W, then B at once; |B - Y W|^2 + lambda |W|^2. */
        private double codesOnLabels(double[] found) {
            double[] w = ridge(targets, labels, codes, bits);
            double[] said = Matrices.product(targets, w, rows, labels, bits);
            for (int i = 0; i < codes.length; i++) {
                double value = said[i] + options.nu() * found[i];
                codes[i] = value == 0 ? codes[i] : Math.signum(value);
            }
            return squaredDistance(codes, said) + options.lambda() * squaredLength(w);
        }

        /** (A'A + lambda)^-1 A' B for A of n columns and B of k. */
        private double[] ridge(double[] a, int n, double[] b, int k) {
            double[] gram = Matrices.transposedProduct(a, a, rows, n, n);
            addToDiagonal(gram, n, options.lambda());
            double[] factor = Whitening.of(gram, n).transform();
            double[] right = Matrices.transposedProduct(a, b, rows, n, k);
            return Matrices.product(factor, Matrices.transposedProduct(factor, right, n, n, k), n, n, k);
        }

        /** The function whose outputs are the regression of the codes. */
        KernelHashFunction function(AnchorKernel kernel, Map<String, double[]> curves) {
            double[] regression = Matrices.transposedProduct(whitened, codes, rows, width, bits);
            double[] parameters = transposed(Matrices.product(transform, regression, width, width, bits), width, bits);
            int m = width - 1;
            float[] projections = new float[bits * m];
            float[] offsets = new float[bits];
            for (int k = 0; k < bits; k++) {
                for (int j = 0; j < m; j++) {
                    projections[k * m + j] = (float) parameters[k * width + j];
                }
                offsets[k] = (float) parameters[k * width + m];
            }
            return new KernelHashFunction(kernel, bits, projections, offsets, curves);
        }

        private static double[] transposed(double[] matrix, int height, int columns) {
            double[] transposed = new double[matrix.length];
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < columns; j++) {
                    transposed[j * height + i] = matrix[i * columns + j];
                }
            }
            return transposed;
        }

        private static double squaredDistance(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (a[i] - b[i]) * (a[i] - b[i]);
            }
            return sum;
        }

        private static double squaredLength(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value * value;
            }
            return sum;
        }
    }
}
