package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.baselines.linalg.SymmetricEigen;
import io.github.linfhash.baselines.linear.AffineProjection;
import io.github.linfhash.baselines.projection.SpectralHashFunction.Mode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Spectral hashing.
 *
 * <p>Based on Weiss, Torralba and Fergus, "Spectral hashing", NIPS 2008, and the enumeration of its released code: along
 * each of the first min(N, d) principal components of all unlabelled images, taken as uniformly distributed over their
 * range, the eigenfunctions of the graph Laplacian are cosines of k half periods over that range. The N of the lowest
 * frequencies over all components are the bits, each the sign of one cosine.
 *
 * <p>What it leaves out: eigenfunctions that vary along several components, which the released code leaves out too. A
 * value beyond the range of the training images goes on along the cosine, as there.
 */
public final class SpectralHashing implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "sh",
                    "SH",
                    "Y. Weiss, A. Torralba, R. Fergus. Spectral hashing. NIPS 2008",
                    MethodSpec.Supervision.UNSUPERVISED,
                    new Options(),
                    SpectralHashing::new,
                    SpectralHashFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    /** Spectral hashing has no options: the code length says it all. */
    public record Options() {}

    public SpectralHashing(Options options) {}

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix images = training.unlabelled();
        double[][] components = PrincipalComponents.of(images, Math.min(bits, images.dimension()))
                .rows();
        float[] values = AffineProjection.linear(components).apply(images);
        double[] lows = extremes(values, components.length, Math::min);
        double[] highs = extremes(values, components.length, Math::max);
        double[] offsets = new double[lows.length];
        double[] ranges = new double[lows.length];
        for (int i = 0; i < lows.length; i++) {
            offsets[i] = -lows[i];
            ranges[i] = highs[i] - lows[i];
        }
        return new SpectralHashFunction(AffineProjection.of(components, offsets), lowestModes(ranges, bits));
    }

    /** The least or the greatest value of every column of n x width values. */
    private static double[] extremes(float[] values, int width, DoubleBinaryOperator extreme) {
        double[] extremes = new double[width];
        for (int i = 0; i < width; i++) {
            extremes[i] = values[i];
        }
        for (int at = width; at < values.length; at++) {
            extremes[at % width] = extreme.applyAsDouble(extremes[at % width], values[at]);
        }
        return extremes;
    }

    /**
     * The modes of the lowest frequencies, lowest first; of equal ones, the earlier component's first.
     *
     * <p>Component i may carry the modes 1 to ceil((N + 1) R_i / max R) - 1, so that the widest component alone would
     * suffice.
     *
     * @param ranges R, the range of each component
     * @param count N
     * @throws InputException if no component varies
     */
    static List<Mode> lowestModes(double[] ranges, int count) {
        double widest = 0;
        for (double range : ranges) {
            widest = Math.max(widest, range);
        }
        if (widest == 0) {
            throw new InputException("sh: all training images have the same features");
        }
        List<Mode> modes = new ArrayList<>();
        for (int i = 0; i < ranges.length; i++) {
            double most = Math.ceil((count + 1) * ranges[i] / widest);
            for (int k = 1; k < most; k++) {
                modes.add(new Mode(i, k * Math.PI / ranges[i]));
            }
        }
        modes.sort(Comparator.comparingDouble(Mode::frequency));
        return List.copyOf(modes.subList(0, count));
    }
}
