package io.github.linfhash.baselines.projection;

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
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.SymmetricEigen;

/**
 * Iterative quantization of canonical correlations: ITQ on the directions that say most about the labels.
 *
 * <p>Based on Gong, Lazebnik, Gordo and Perronnin, "Iterative quantization: a Procrustean approach to learning binary codes for
 * large-scale image retrieval", TPAMI 2013, section 4. With Cxx, Cxy and Cyy the covariances of the labeled rows and of
 * their labels, as zeros and ones, the directions are the generalized eigenvectors of (Cxy (Cyy + rho)^-1 Cyx, Cxx + rho) of the
 * largest eigenvalues, w' (Cxx + rho) w = 1, each times its canonical correlation, the root of its eigenvalue. They are
 * rotated as {@link Itq} rotates principal components, on the labeled rows. Beyond the C - 1 correlations that C classes allow
 * all are zero: a longer code only rotates the same numbers into more bits.
 *
 * <p>What it leaves out: kernels. Released code leaves directions at length 1; here their lengths are those that make the
 * projections' variances equal before they are weighted, as the theory has it.
 */
public record ItqCca(Options options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "itq-cca",
                    "ITQ-CCA",
                    "Y. Gong, S. Lazebnik, A. Gordo, F. Perronnin. Iterative quantization: a Procrustean approach to learning"
                            + " binary codes for large-scale image retrieval. IEEE TPAMI 35(12), 2013",
                    MethodSpec.Supervision.SUPERVISED,
                    new Options(50, 1e-4),
                    ItqCca::new,
                    LinearHashFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    /** Eigenvalues below this share of the largest are rounding errors of zeros. */
    private static final double VANISHING = 1e-10;

    /**
     * The options.
     *
     * @param iterations how often codes and rotation are computed
     * @param rho what is added to the diagonals of both covariances
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "The paper runs 50 iterations, the authors' code 51.")
            @Range(least = 1, most = 100_000)
            int iterations,

            @Origin(value = Origin.Source.PAPER, note = "Gong et al. 2013, section 4: 0.0001.")
            @Range(least = 1e-12, most = 1e12)
            double rho) {
        public Options {
            Ranges.check(Options.class, iterations, rho);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "itq-cca");
        FeatureMatrix rows = training.labeled();
        double[] mean = Moments.mean(rows);
        double[][] directions = directions(rows, mean, LabelColumns.matrix(training.labels()), bits);
        return Itq.rotated(directions, mean, rows, options.iterations(), context);
    }

    /** The first canonical directions, each times its correlation, N x d. */
    private double[][] directions(FeatureMatrix rows, double[] mean, double[] labels, int bits) {
        int l = rows.rows();
        int d = rows.dimension();
        int c = labels.length / l;
        double[] y = centered(labels, c);
        double[] within = Moments.covariance(rows, mean);
        double[] ofLabels = Matrices.transposedProduct(y, y, l, c, c);
        double[] across = crossProduct(rows, mean, y, c);
        for (int i = 0; i < ofLabels.length; i++) {
            ofLabels[i] = ofLabels[i] / l + (i % (c + 1) == 0 ? options.rho() : 0);
        }
        for (int j = 0; j < d; j++) {
            within[j * d + j] += options.rho();
        }
        // Cxy T with T T' = (Cyy + rho)^-1, so that the matrix is the product of this and its transpose.
        double[] half = Matrices.product(across, Whitening.of(ofLabels, c).transform(), d, c, c);
        double[] transposed = new double[half.length];
        for (int i = 0; i < half.length; i++) {
            transposed[i % c * d + i / c] = half[i];
        }
        SymmetricEigen eigen =
                Whitening.of(within, d).eigen(Matrices.transposedProduct(transposed, transposed, c, d, d));
        double[][] directions = eigen.largest(bits);
        for (int k = 0; k < bits; k++) {
            double value = eigen.value(k);
            double correlation = value > VANISHING * eigen.value(0) ? Math.sqrt(value) : 0;
            for (int j = 0; j < d; j++) {
                directions[k][j] *= correlation;
            }
        }
        return directions;
    }

    private static double[] centered(double[] labels, int c) {
        int l = labels.length / c;
        double[] means = new double[c];
        for (int i = 0; i < labels.length; i++) {
            means[i % c] += labels[i] / l;
        }
        double[] centered = labels.clone();
        for (int i = 0; i < centered.length; i++) {
            centered[i] -= means[i % c];
        }
        return centered;
    }

    /** Cxy, d x C. */
    private static double[] crossProduct(FeatureMatrix rows, double[] mean, double[] y, int c) {
        int l = rows.rows();
        int d = rows.dimension();
        double[] x = new double[Math.multiplyExact(l, d)];
        float[] values = rows.toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] = values[i] - mean[i % d];
        }
        double[] product = Matrices.transposedProduct(x, y, l, d, c);
        for (int i = 0; i < product.length; i++) {
            product[i] /= l;
        }
        return product;
    }
}
