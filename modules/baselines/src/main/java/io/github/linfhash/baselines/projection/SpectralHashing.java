package io.github.linfhash.baselines.projection;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Cosines;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.BlockEncoder;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Spectral hashing.
 *
 * <p>Based on Weiss, Torralba and Fergus, "Spectral hashing", NIPS 2008, and the enumeration of its released code: along
 * each of the first min(N, d) principal components of all unlabeled images, taken as uniformly distributed over their
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
                    CosineFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    /** Spectral hashing has no options: the code length says it all. */
    public record Options() {}

    public SpectralHashing(Options options) {}

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        FeatureMatrix images = training.unlabeled();
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
        return new CosineFunction(AffineProjection.of(components, offsets), lowestModes(ranges, bits));
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
            throw new InputException("sh: all training images have the same features; check the file of features");
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

    /**
     * One eigenfunction, cos(frequency * (y - low)) of one component's value y.
     *
     * @param component which component
     * @param frequency in radians for each unit of y; a multiple of pi / range
     */
    record Mode(int component, double frequency) {}

    /**
     * A hash function of cosines along principal components.
     *
     * @param projection the components, less the lowest value that each had in training
     * @param modes one for each bit
     */
    private record CosineFunction(AffineProjection projection, List<Mode> modes) implements RealOutputs {
        private static final String KIND = "cosine";

        CosineFunction {
            modes = List.copyOf(modes);
        }

        static CosineFunction restore(ModelState state) {
            StateReader in = StateReader.of(state, KIND);
            AffineProjection projection = AffineProjection.read(in, in.rows("offsets"));
            int[] components = in.indices("components", projection.outputs(), in.outputs());
            double[] frequencies = in.doubles("frequencies", in.outputs());
            in.end();
            return new CosineFunction(
                    projection,
                    IntStream.range(0, components.length)
                            .mapToObj(b -> new Mode(components[b], frequencies[b]))
                            .toList());
        }

        @Override
        public ModelState state() {
            int[] components = modes.stream().mapToInt(Mode::component).toArray();
            double[] frequencies = modes.stream().mapToDouble(Mode::frequency).toArray();
            return projection
                    .addTo(new ModelState(KIND, dimension(), bits()))
                    .with("components", ModelArray.ints(components, bits()))
                    .with("frequencies", ModelArray.doubles(frequencies, bits()));
        }

        @Override
        public int bits() {
            return modes.size();
        }

        @Override
        public int dimension() {
            return projection.dimension();
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            return encoder().encode(features, this::cosines);
        }

        /** The eigenfunctions' values. */
        @Override
        public float[] outputs(FeatureMatrix features) {
            return encoder().values(features, this::cosines);
        }

        private BlockEncoder encoder() {
            return new BlockEncoder(dimension(), bits(), dimension() + 2 * bits());
        }

        private float[] cosines(float[] rows) {
            int[] components = modes.stream().mapToInt(Mode::component).toArray();
            double[] frequencies = modes.stream().mapToDouble(Mode::frequency).toArray();
            return new Cosines(projection.map(), components, frequencies).apply(rows);
        }

        @Override
        public long parameters() {
            return projection.parameters() + 2L * bits();
        }
    }
}
