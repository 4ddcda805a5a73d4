package io.github.linfhash.baselines.kernel;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.GaussianKernel;
import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.BlockEncoder;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.RowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Bit t of x is 1 if the centered kernel of x to the anchors, times projection t, plus an offset where there are any, a real
 * output, is greater than 0.
 */
final class KernelHashFunction implements RealOutputs {
    private static final String KIND = "kernel";
    private static final String OFFSETS = "offsets";
    private static final String NONE = "none";
    private static final String LEARNED = "learned";

    private final AnchorKernel kernel;
    private final int bits;
    private final float[] projections;

    /** One for each bit, or none at all. */
    private final float[] offsets;

    private final Map<String, double[]> curves;
    private final AffineMap map;
    private final BlockEncoder encoder;

    /** Takes N projections of m values. */
    KernelHashFunction(AnchorKernel kernel, double[][] projections) {
        this(kernel, projections.length, Matrices.toFloats(Matrices.flatten(projections)), new float[0], Map.of());
    }

    /**
     * Takes N projections of m values, one after another, and N offsets.
     *
     * @param curves what training recorded
     */
    KernelHashFunction(
            AnchorKernel kernel, int bits, float[] projections, float[] offsets, Map<String, double[]> curves) {
        this.kernel = kernel;
        this.bits = bits;
        this.projections = projections;
        this.offsets = offsets;
        this.curves = Map.copyOf(curves);
        this.map = AffineMap.of(projections, kernel.anchors(), null, offsets.length == 0 ? null : offsets);
        this.encoder = new BlockEncoder(kernel.dimension(), bits, Math.max(kernel.anchors(), kernel.dimension()));
    }

    static KernelHashFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        AnchorKernel kernel = AnchorKernel.read(in);
        float[] projections = in.floats("projections", in.outputs(), kernel.anchors());
        boolean learned = in.word(OFFSETS, List.of(NONE, LEARNED), NONE).equals(LEARNED);
        float[] offsets = learned ? in.floats("b", in.outputs()) : new float[0];
        in.end();
        return new KernelHashFunction(kernel, in.outputs(), projections, offsets, Map.of());
    }

    @Override
    public ModelState state() {
        ModelState state = kernel.addTo(new ModelState(KIND, dimension(), bits))
                .with("projections", ModelArray.floats(projections, bits, kernel.anchors()));
        return offsets.length == 0 ? state : state.with(OFFSETS, LEARNED).with("b", ModelArray.floats(offsets, bits));
    }

    @Override
    public Map<String, double[]> curves() {
        return curves;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public int dimension() {
        return kernel.dimension();
    }

    /** The projections, the offsets, the anchors, the kernel's means and its bandwidth. */
    @Override
    public long parameters() {
        return (long) projections.length + offsets.length + (long) kernel.anchors() * (kernel.dimension() + 1) + 1;
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return encoder.encode(features, this::project);
    }

    @Override
    public float[] outputs(FeatureMatrix features) {
        return encoder.values(features, this::project);
    }

    private float[] project(float[] rows) {
        return map.apply(kernel.of(rows));
    }

    /**
     * The centered Gaussian kernel to m anchors, k(x, a) = exp(-|x - a|^2 / (2 sigma)) less its mean over the data (Liu et
     * al. 2012, equation 1); sigma is the mean SQUARED distance of all data rows to all anchors, as in the released code, or a
     * multiple of it.
     * Safe for threads.
     */
    static final class AnchorKernel {
        private final FeatureMatrix anchors;
        private final PointDistances distances;
        private final double sigma;
        private final double[] means;

        private AnchorKernel(FeatureMatrix anchors, double sigma, double[] means) {
            this.anchors = anchors;
            this.distances = new PointDistances(anchors.toArray(), anchors.dimension());
            this.sigma = sigma;
            this.means = means;
        }

        /**
         * Anchors for {@link #fit}: a uniform sample of the rows without replacement, in their order.
         *
         * @param random the stream "anchors"
         */
        static FeatureMatrix sample(FeatureMatrix data, int count, UniformRandomProvider random) {
            int[] chosen = new PermutationSampler(random, data.rows(), count).sample();
            Arrays.sort(chosen);
            return data.select(chosen);
        }

        /** A kernel to so many anchors, or to all rows where there are fewer; see {@link #fit}. */
        static AnchorKernel of(FeatureMatrix data, int anchors, double bandwidth, RandomStreams random, String method) {
            int count = Math.min(anchors, data.rows());
            return fit(data, sample(data, count, random.stream("anchors")), bandwidth, method);
        }

        /**
         * Fits the bandwidth and the means.
         *
         * @param data n x d, all rows that may be used without labels
         * @param anchors m x d
         * @param bandwidth sigma as a multiple of the mean squared distance
         * @param method whose kernel it is, for messages
         * @throws InputException if all rows and anchors are equal, so that there is no bandwidth
         */
        static AnchorKernel fit(FeatureMatrix data, FeatureMatrix anchors, double bandwidth, String method) {
            double sigma = bandwidth * meanSquaredDistance(data, anchors);
            if (sigma <= 0) {
                throw new InputException(method + " needs rows that differ: all " + data.rows()
                        + " unlabeled rows equal every anchor; remove equal rows.");
            }
            int m = anchors.rows();
            AnchorKernel uncentered = new AnchorKernel(anchors, sigma, new double[m]);
            List<double[]> sums = RowBlocks.ofWidth(data.rows(), Math.max(m, data.dimension()))
                    .map(block -> columnSums(uncentered.of(Matrices.rows(data, block)), m));
            double[] means = new double[m];
            for (double[] sum : sums) {
                for (int j = 0; j < m; j++) {
                    means[j] += sum[j] / data.rows();
                }
            }
            return new AnchorKernel(anchors, sigma, means);
        }

        /** The kernel that {@link #addTo} saved. */
        static AnchorKernel read(StateReader in) {
            int m = in.rows("anchors");
            FeatureMatrix anchors = FeatureMatrix.owning(m, in.inputs(), in.floats("anchors", m, in.inputs()));
            return new AnchorKernel(
                    anchors, in.number("sigma", Double.MIN_NORMAL, Double.MAX_VALUE), in.doubles("means", m));
        }

        ModelState addTo(ModelState state) {
            return state.with("sigma", sigma)
                    .with("anchors", ModelArray.floats(anchors.toArray(), anchors(), dimension()))
                    .with("means", ModelArray.doubles(means, anchors()));
        }

        /** Without a distance matrix: the mean of |x|^2 + |a|^2 - 2 x.a needs the mean rows and mean squared lengths alone. */
        private static double meanSquaredDistance(FeatureMatrix data, FeatureMatrix anchors) {
            double[] origin = Moments.mean(anchors);
            double[] mean = Moments.mean(data);
            double product = 0;
            for (int j = 0; j < origin.length; j++) {
                product += (mean[j] - origin[j]) * (mean[j] - origin[j]);
            }
            return product + scatter(data, mean) + scatter(anchors, origin);
        }

        /** The mean squared distance of the rows to their mean. */
        private static double scatter(FeatureMatrix rows, double[] mean) {
            List<Double> sums = RowBlocks.ofWidth(rows.rows(), rows.dimension()).map(block -> {
                double sum = 0;
                for (double value : Matrices.centeredRows(rows, mean, block)) {
                    sum += value * value;
                }
                return sum;
            });
            double total = 0;
            for (double sum : sums) {
                total += sum;
            }
            return total / rows.rows();
        }

        private static double[] columnSums(float[] kernel, int m) {
            double[] sums = new double[m];
            for (int i = 0; i < kernel.length; i += m) {
                for (int j = 0; j < m; j++) {
                    sums[j] += kernel[i + j];
                }
            }
            return sums;
        }

        /** The number of anchors m. */
        int anchors() {
            return anchors.rows();
        }

        /** The dimension d. */
        int dimension() {
            return anchors.dimension();
        }

        /** The bandwidth, a mean squared distance. */
        double sigma() {
            return sigma;
        }

        /**
         * The centered kernel.
         *
         * @param rows k x d, row-major
         * @return k x m, row-major
         */
        float[] of(float[] rows) {
            float[] values = distances.of(rows);
            GaussianKernel.apply(values, sigma, means);
            return values;
        }

        /** The centered kernel of rows as doubles, n x m, row-major. */
        double[] matrix(FeatureMatrix rows) {
            double[] values = new double[Math.multiplyExact(rows.rows(), anchors())];
            RowBlocks.ofWidth(rows.rows(), anchors()).blocks().parallelStream().forEach(block -> {
                float[] part = of(Matrices.rows(rows, block));
                int at = block.from() * anchors();
                for (int i = 0; i < part.length; i++) {
                    values[at + i] = part[i];
                }
            });
            return values;
        }
    }
}
