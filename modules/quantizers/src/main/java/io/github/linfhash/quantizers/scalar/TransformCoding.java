package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.SymmetricEigen;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Transform coding: principal components about the mean, each by itself in as many bits as its variance asks for.
 *
 * <p>Based on Brandt, "Transform coding for fast approximate nearest neighbor search in high dimensions", CVPR 2010. Bits go one by one to
 * the component that has the greatest variance left, which divides it by four (section 3.2); components that get none are left out.
 * The 2^b values of a component are those of the least squared error by Lloyd's algorithm, from quantiles on. Nothing stands beside a
 * code, and nothing is random. A query stays in float32.
 *
 * <p>What it leaves out: more than 8 bits a component, and the symmetric distances. What differs: where there are many vectors, the values
 * are those of every k-th of them.
 */
public record TransformCoding(Options options) implements Quantizer {
    private static final int MOST_BITS = 8;

    private static final int BRIEF_ITERATIONS = 5;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "transform-coding",
            "Transform coding",
            "J. Brandt. Transform coding for fast approximate nearest neighbor search in high dimensions. CVPR 2010",
            options -> false,
            false,
            TransformCoding::new,
            (d, bytes) -> bytes > d ? List.of() : List.of(new Options(8 * bytes, 25, 16_384)));

    /**
     * The options.
     *
     * @param bits of a code, at most 8 d
     * @param iterations the most iterations of Lloyd's algorithm
     * @param sample the most vectors that the values of components are learned on
     */
    public record Options(
            @Range(least = 1) int bits,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(least = 1) int sample) {
        public Options {
            Ranges.check(Options.class, bits, iterations, sample);
        }
    }

    @Override
    public Quantizer brief() {
        return new TransformCoding(
                new Options(options.bits(), Math.min(BRIEF_ITERATIONS, options.iterations()), options.sample()));
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        if (options.bits() > MOST_BITS * d) {
            throw new InputException("transform-coding: expected at most " + MOST_BITS * d + " bits for " + d
                    + " dimensions, found " + options.bits());
        }
        SymmetricEigen eigen = SymmetricEigen.ofCovariance(vectors);
        double[] variances = IntStream.range(0, d).mapToDouble(eigen::value).toArray();
        int[] bits = allocated(variances, options.bits());
        float[] center = LinearMap.mean(vectors);
        double[][] rows = Arrays.copyOf(eigen.largest(d), Math.max(1, bits.length));
        LinearMap map = LinearMap.of(rows, center);
        int step = (vectors.rows() + options.sample() - 1) / options.sample();
        FeatureMatrix sample = map.apply(vectors.select(
                IntStream.range(0, vectors.rows()).filter(i -> i % step == 0).toArray()));
        List<float[]> values = IntStream.range(0, bits.length)
                .parallel()
                .mapToObj(k -> values(column(sample, k), 1 << bits[k]))
                .toList();
        // (q, v) = (q, c) + (q, v - c), and (q, c) is the same for all codes.
        LinearMap ofQueries = similarity.byInnerProduct() ? LinearMap.of(rows, new float[d]) : map;
        return new Fitted(map, ofQueries, bits, values, similarity);
    }

    /**
     * Deals out bits.
     *
     * @param variances of the components, descending
     * @return the bits of the first components, at least one each; fewer in all if the others have no variance
     */
    static int[] allocated(double[] variances, int all) {
        int[] bits = new int[variances.length];
        double[] left = variances.clone();
        for (int bit = 0; bit < all; bit++) {
            int best = -1;
            for (int k = 0; k < left.length; k++) {
                if (bits[k] < MOST_BITS && left[k] > 0 && (best < 0 || left[k] > left[best])) {
                    best = k;
                }
            }
            if (best < 0) {
                break;
            }
            bits[best]++;
            left[best] /= 4;
        }
        return Arrays.stream(bits).takeWhile(count -> count > 0).toArray();
    }

    private static float[] column(FeatureMatrix vectors, int k) {
        float[] column = new float[vectors.rows()];
        for (int i = 0; i < column.length; i++) {
            column[i] = vectors.get(i, k);
        }
        return column;
    }

    /** The values of the least squared error, ascending. */
    float[] values(float[] column, int count) {
        float[] sorted = column.clone();
        Arrays.sort(sorted);
        int clusters = Math.min(count, column.length);
        float[] quantiles = new float[clusters];
        for (int v = 0; v < clusters; v++) {
            quantiles[v] = sorted[(int) ((v + 0.5) * sorted.length / clusters)];
        }
        float[] values = new KMeans(clusters, options.iterations(), true)
                .improved(
                        FeatureMatrix.owning(column.length, 1, column),
                        FeatureMatrix.owning(clusters, 1, quantiles),
                        Progress.NONE)
                .toArray();
        Arrays.sort(values);
        return values;
    }

    private static final class Fitted implements Quantizer.Fitted {
        private final LinearMap map;
        private final LinearMap ofQueries;
        private final int[] bits;
        private final List<float[]> values;
        private final Similarity similarity;
        /** Where groups of components begin that have at most 8 bits together, and the number of components behind them. */
        private final int[] groups;

        Fitted(LinearMap map, LinearMap ofQueries, int[] bits, List<float[]> values, Similarity similarity) {
            this.map = map;
            this.ofQueries = ofQueries;
            this.bits = bits;
            this.values = values;
            this.similarity = similarity;
            List<Integer> starts = new ArrayList<>();
            int room = 0;
            for (int k = 0; k < bits.length; k++) {
                if (room < bits[k]) {
                    starts.add(k);
                    room = MOST_BITS;
                }
                room -= bits[k];
            }
            starts.add(bits.length);
            this.groups = starts.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public int bytes() {
            return (Arrays.stream(bits).sum() + 7) / 8;
        }

        /** The map, the values, and a byte for the bits of each component. */
        @Override
        public long modelBytes() {
            return map.bytes()
                    + values.stream()
                            .mapToLong(some -> (long) Float.BYTES * some.length)
                            .sum()
                    + bits.length;
        }

        /** A byte for each group of components, which are looked up together; as a stream of bits they would take {@link #bytes}. */
        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int n = vectors.rows();
            int width = groups.length - 1;
            FeatureMatrix mapped = map.apply(vectors);
            byte[] packed = new byte[Math.multiplyExact(n, width)];
            IntStream.range(0, n).parallel().forEach(i -> {
                for (int g = 0; g < width; g++) {
                    int code = 0;
                    for (int k = groups[g + 1] - 1; k >= groups[g]; k--) {
                        code = (code << bits[k]) | nearest(values.get(k), mapped.get(i, k));
                    }
                    packed[i * width + g] = (byte) code;
                }
            });
            ByteCodes codes = new ByteCodes(width, packed);
            return new Encoded(n, queries -> codes.estimates(ofQueries.apply(queries), this::table));
        }

        private static int nearest(float[] values, float x) {
            int place = Arrays.binarySearch(values, x);
            if (place >= 0) {
                return place;
            }
            int above = -place - 1;
            if (above == 0 || above == values.length) {
                return Math.min(above, values.length - 1);
            }
            return x - values[above - 1] <= values[above] - x ? above - 1 : above;
        }

        /** For each group and each of its codes, their share of the distance to a query. */
        private float[] table(float[] query) {
            float[] table = new float[ByteCodes.VALUES * (groups.length - 1)];
            for (int g = 0; g + 1 < groups.length; g++) {
                for (int code = 0; code < ByteCodes.VALUES; code++) {
                    int rest = code;
                    for (int k = groups[g]; k < groups[g + 1]; k++) {
                        float[] some = values.get(k);
                        float value = some[Math.min(rest & ((1 << bits[k]) - 1), some.length - 1)];
                        rest >>= bits[k];
                        table[ByteCodes.VALUES * g + code] += similarity.share(value, query[k]);
                    }
                }
            }
            return table;
        }
    }
}
