package io.github.linfhash.baselines.pairs;

import io.github.linfhash.baselines.linalg.Whitening;
import io.github.linfhash.baselines.projection.LinearHashFunction;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * LDAHash with its LDA projections.
 *
 * <p>Based on Strecha, Bronstein, Bronstein and Fua, "LDAHash: improved matching with smaller descriptors", TPAMI 2012:
 * the N projections are the generalized eigenvectors of the smallest eigenvalues of (Sig_P, Sig_N), the covariances of
 * the differences of similar and of dissimilar pairs, and each projection gets the threshold that minimizes FN + FP over
 * pairs. {@link DifHash} is the variant without inversion.
 *
 * <p>Both covariances get the same ridge, a fraction of the mean eigenvalue of Sig_N, so that a direction in which
 * nothing varies has the neutral eigenvalue 1; it is passed over, as no threshold splits it. With c classes only c - 1 directions can have eigenvalues far from 1:
 * longer codes go on with directions that say next to nothing about the class. Which ones depends on the covariances. Those
 * of all pairs, of c classes of n_c images each, have one eigenvalue in common there, n_c / (n_c - 1), and the ridge
 * decides: (n_c / (n_c - 1) w + r) / (w + r) is smallest where the variance w within classes is. Those of drawn
 * pairs, as the publication has them, scatter about it by chance.
 *
 * <p>What it leaves out: the publication's use of SIFT descriptors and its matching of image points.
 */
public record LdaHash(Options options) implements HashingMethod {
    static final String CITATION = "C. Strecha, A. Bronstein, M. Bronstein, P. Fua."
            + " LDAHash: improved matching with smaller descriptors. TPAMI 34(1), 2012";

    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "ldahash",
                    "LDAHash (LDA)",
                    CITATION,
                    MethodSpec.Supervision.SUPERVISED,
                    new Options(LabeledPairs.DEFAULT_PAIRS, 1e-3, Covariances.ALL_PAIRS),
                    LdaHash::new,
                    LinearHashFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    /**
     * The options.
     *
     * @param pairs how many similar and how many dissimilar pairs to draw, each
     * @param ridge what is added to the diagonals of both covariances, in mean eigenvalues of Sig_N
     * @param covariances which pairs the covariances are means over; thresholds are always learned from the drawn ones
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = LabeledPairs.DEFAULT_PAIRS_NOTE)
            @Range(least = 1, most = LabeledPairs.MOST_PAIRS)
            int pairs,

            @Origin(value = Origin.Source.OUR_READING, note = "Keeps Sig_N invertible for sparse features.")
            @Range(above = 0, most = 1)
            double ridge,

            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "Using all pairs avoids sampling noise. The publication samples pairs.")
            Covariances covariances) {
        public Options {
            Ranges.check(Options.class, pairs, ridge, covariances);
        }
    }

    /** Which pairs covariances are means over. */
    public enum Covariances {
        /** All pairs, in closed form, where each image has one class; else the drawn ones. */
        ALL_PAIRS,
        /** The drawn pairs. */
        DRAWN_PAIRS
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        int d = training.dimension();
        CodeLength.requireAtMost(bits, d, "ldahash");
        LabeledPairs pairs = LabeledPairs.draw(training, options.pairs(), context.random());
        PairCovariances covariances = options.covariances() == Covariances.ALL_PAIRS
                ? PairCovariances.of(training, pairs)
                : PairCovariances.ofPairs(training.labeled(), pairs);
        double[] similar = covariances.similar();
        double[] dissimilar = covariances.dissimilar();
        double ridge = options.ridge() * meanEigenvalue(dissimilar, d);
        if (ridge == 0) {
            throw new InputException(
                    "ldahash: all labeled training images have the same features; check the file of features");
        }
        addToDiagonal(similar, d, ridge);
        addToDiagonal(dissimilar, d, ridge);
        SymmetricEigen eigen = Whitening.of(dissimilar, d).eigen(similar);
        return thresholded(eigen, bits, training.labeled(), pairs, "ldahash");
    }

    private static double meanEigenvalue(double[] matrix, int d) {
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += matrix[i * d + i];
        }
        return trace / d;
    }

    private static void addToDiagonal(double[] matrix, int d, double amount) {
        for (int i = 0; i < d; i++) {
            matrix[i * d + i] += amount;
        }
    }

    /**
     * The hash function whose bit k is 1 where w_k . x lies above the best threshold of projection k.
     *
     * @param eigen whose eigenvectors of the smallest eigenvalues are the projections, without those in which the labeled
     *     training images do not differ: a feature that is the same for all of them is one, and no threshold splits it
     * @param labeled features of the labeled training images, l x d
     * @param pairs pairs of those images
     * @param method named at the start of the sentence if it fails
     * @throws InputException if the images differ in fewer directions than there are bits
     */
    static LinearHashFunction thresholded(
            SymmetricEigen eigen, int bits, FeatureMatrix labeled, LabeledPairs pairs, String method) {
        double[][] directions = varying(eigen, bits, labeled);
        if (directions.length < bits) {
            throw new InputException(
                    method + ": a code of " + bits + " bits needs as many directions in which the labeled"
                            + " training images differ, but these differ in " + directions.length + "; ask for "
                            + directions.length + " bits or fewer");
        }
        AffineProjection projection = AffineProjection.linear(directions);
        float[] values = projection.apply(labeled);
        double[] gains = pairs.gains();
        float[] offsets = new float[bits];
        IntStream.range(0, bits).parallel().forEach(k -> {
            float[] column = column(values, bits, k);
            offsets[k] =
                    -ThresholdSearch.best(column, pairs, gains).orElseThrow().value();
        });
        return new LinearHashFunction(projection.withOffsets(offsets));
    }

    /**
     * The eigenvectors of the smallest eigenvalues, as many as asked for, in which rows differ; fewer if there are no more.
     * Rescaled to unit length, which changes no bit.
     */
    private static double[][] varying(SymmetricEigen eigen, int count, FeatureMatrix rows) {
        List<double[]> varying = new ArrayList<>();
        int tried = 0;
        while (varying.size() < count && tried < eigen.order()) {
            int next = Math.min(eigen.order(), tried + count - varying.size());
            double[][] directions = Arrays.stream(eigen.smallest(next))
                    .skip(tried)
                    .map(LdaHash::unit)
                    .toArray(double[][]::new);
            float[] values = AffineProjection.linear(directions).apply(rows);
            for (int k = 0; k < directions.length; k++) {
                if (differ(column(values, directions.length, k))) {
                    varying.add(directions[k]);
                }
            }
            tried = next;
        }
        return varying.toArray(double[][]::new);
    }

    private static boolean differ(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return true;
            }
        }
        return false;
    }

    private static double[] unit(double[] direction) {
        double squared = 0;
        for (double weight : direction) {
            squared += weight * weight;
        }
        double length = Math.sqrt(squared);
        return Arrays.stream(direction).map(weight -> weight / length).toArray();
    }

    private static float[] column(float[] values, int width, int k) {
        float[] column = new float[values.length / width];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[i * width + k];
        }
        return column;
    }
}
