package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.SymmetricEigen;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * SAQ: principal components about the mean, in segments of as many bits per component as their variance asks for. Each segment is rotated at
 * random and rounded to a grid whose numbers are then adjusted one by one.
 *
 * <p>Based on Li et al., "SAQ: pushing the limits of vector quantization through code adjustment and dimension segmentation", SIGMOD 2026
 * (arXiv:2509.12086). Dynamic programming finds the segments: a segment of B bits has an error of 2^-B times the sum of its variances, and components
 * behind the last segment count with all of theirs. With x the rotated segment of o - c and y its grid vector, (x, q) is estimated by
 * |x|^2 (y, q) / (y, x), as RaBitQ does for a whole vector. In float16, |x|^2 / (y, x) of each segment and the term that does not
 * depend on the query stand beside a code.
 *
 * <p>What it leaves out: clusters with a center each (there is one center, the mean), and scans that stop after the first segments. What
 * differs: segments are made of blocks of {@value #BLOCK} components where the authors' code has 64, and the bytes beside a code are part of
 * the budget.
 */
public record Saq(Options options) implements Quantizer {
    /** The components of a block, so that the numbers of a segment are of whole bytes. */
    static final int BLOCK = 8;

    private static final int MOST_BITS = 8;
    private static final int SIDE_BYTES = Float16.BITS / Byte.SIZE;

    /** The term, a factor, and a bit for each component of a block. */
    private static final int LEAST_BYTES = 2 * SIDE_BYTES + 1;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "saq",
            "SAQ",
            "H. Li et al. SAQ: pushing the limits of vector quantization through code adjustment and dimension segmentation. SIGMOD 2026",
            options -> true,
            false,
            Saq::new,
            (d, bytes) ->
                    bytes < LEAST_BYTES || bytes > d + 2 * SIDE_BYTES ? List.of() : List.of(new Options(bytes, 6)));

    /**
     * The options.
     *
     * @param bytes that a code takes at most, with what stands beside it
     * @param rounds the most rounds of adjustments, each of which visits every component once
     */
    public record Options(
            @Range(least = LEAST_BYTES) int bytes,
            @Range(least = 0, most = 1000) int rounds) {
        public Options {
            Ranges.check(Options.class, bytes, rounds);
        }
    }

    /** Components from one on, of so many bits each. */
    record Segment(int from, int width, int bits) {
        int bytes() {
            return SIDE_BYTES + (width * bits + 7) / 8;
        }
    }

    @Override
    public Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SymmetricEigen eigen = SymmetricEigen.ofCovariance(vectors);
        double[] variances = IntStream.range(0, vectors.dimension())
                .mapToDouble(k -> Math.max(0, eigen.value(k)))
                .toArray();
        List<Segment> segments = segments(variances, options.bytes());
        Segment last = segments.get(segments.size() - 1);
        double[][] components = eigen.largest(last.from() + last.width());
        double[][] rows = new double[components.length][vectors.dimension()];
        for (Segment segment : segments) {
            double[][] rotation = LinearMap.randomRotation(segment.width(), random, "rotation-" + segment.from());
            for (int k = 0; k < segment.width(); k++) {
                for (int l = 0; l < segment.width(); l++) {
                    double[] component = components[segment.from() + l];
                    for (int j = 0; j < component.length; j++) {
                        rows[segment.from() + k][j] += rotation[k][l] * component[j];
                    }
                }
            }
        }
        return new Fitted(options, similarity, LinearMap.of(rows, LinearMap.mean(vectors)), segments);
    }

    /**
     * Returns the segments of the least error, at least one.
     *
     * @param variances of the components, descending
     * @param bytes of a code, with what stands beside it
     */
    static List<Segment> segments(double[] variances, int bytes) {
        int d = variances.length;
        int blocks = (d + BLOCK - 1) / BLOCK;
        double[] before = new double[blocks + 1];
        for (int k = 0; k < d; k++) {
            before[k / BLOCK + 1] += variances[k];
        }
        Arrays.parallelPrefix(before, Double::sum);
        int room = bytes - SIDE_BYTES;
        // The least error of the first components in so many bytes, and the last segment of each.
        double[][] least = new double[blocks + 1][room + 1];
        Segment[][] lasts = new Segment[blocks + 1][room + 1];
        int bestEnd = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int end = 1; end <= blocks; end++) {
            Arrays.fill(least[end], Double.POSITIVE_INFINITY);
            for (int start = 0; start < end; start++) {
                for (int bits = 1; bits <= MOST_BITS; bits++) {
                    Segment segment = new Segment(BLOCK * start, Math.min(d, BLOCK * end) - BLOCK * start, bits);
                    double error = (before[end] - before[start]) / (1 << bits);
                    for (int used = segment.bytes(); used <= room; used++) {
                        double all = least[start][used - segment.bytes()] + error;
                        if (all < least[end][used]) {
                            least[end][used] = all;
                            lasts[end][used] = segment;
                        }
                    }
                }
            }
            double withRest = least[end][room] + before[blocks] - before[end];
            if (withRest < best) {
                best = withRest;
                bestEnd = end;
            }
        }
        Deque<Segment> segments = new ArrayDeque<>();
        int left = room;
        for (int end = bestEnd; end > 0; end = segments.getFirst().from() / BLOCK) {
            segments.addFirst(lasts[end][left]);
            left -= segments.getFirst().bytes();
        }
        return List.copyOf(segments);
    }

    /**
     * Rounds a segment of a vector to the grid of half-odd numbers that reaches its largest coordinate, and then moves one number after another
     * by one, up or down, where this brings the direction nearer to that of the vector.
     *
     * @param x the coordinates
     * @param bits B of a number
     * @param numbers takes y + (2^B - 1)/2 from {@code at} on, each within 0 .. 2^B - 1
     * @return |x|^2 / (y, x), or 0 if x is 0
     */
    static double adjusted(float[] x, int bits, int rounds, byte[] numbers, int at) {
        double largest = 0;
        double squares = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
            squares += (double) value * value;
        }
        if (squares == 0) {
            return 0;
        }
        int most = (1 << bits) - 1;
        double[] y = new double[x.length];
        double product = 0;
        double length = 0;
        for (int j = 0; j < x.length; j++) {
            y[j] = Math.min(most, Math.floor((x[j] / largest + 1) / 2 * (most + 1))) - most / 2.0;
            product += y[j] * x[j];
            length += y[j] * y[j];
        }
        boolean moved = true;
        for (int round = 0; round < rounds && moved; round++) {
            moved = false;
            for (int j = 0; j < x.length; j++) {
                for (int step = -1; step <= 1; step += 2) {
                    double otherProduct = product + step * x[j];
                    double otherLength = length + 2 * step * y[j] + 1;
                    // Of cosines (x, y) / (|x| |y|), without the roots.
                    if (Math.abs(y[j] + step) <= most / 2.0
                            && otherProduct > 0
                            && otherProduct * otherProduct * length > product * product * otherLength) {
                        y[j] += step;
                        product = otherProduct;
                        length = otherLength;
                        moved = true;
                    }
                }
            }
        }
        for (int j = 0; j < x.length; j++) {
            numbers[at + j] = (byte) (y[j] + most / 2.0);
        }
        return squares / product;
    }

    /** The fitted quantizer; the map goes to all segments, one after the other. */
    record Fitted(Options options, Similarity similarity, LinearMap map, List<Segment> segments)
            implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return SIDE_BYTES + segments.stream().mapToInt(Segment::bytes).sum();
        }

        /** The map, and a byte each for the blocks and the bits of a segment. */
        @Override
        public long modelBytes() {
            return map.bytes() + 2L * segments.size();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            FeatureMatrix mapped = map.apply(vectors);
            float[] terms = PreparedVectors.terms(similarity, vectors, map.center());
            // Of inner products, (c, c) is the same for all codes; without it, float16 holds more digits of the rest.
            float shared = similarity.term(map.center(), 0, map.center());
            IntStream.range(0, terms.length).forEach(i -> terms[i] = rounded(terms[i] - shared, i));
            List<Function<float[], Distances>> parts =
                    segments.stream().map(segment -> products(mapped, segment)).toList();
            return new Encoded(
                    vectors.rows(), queries -> Estimates.ofRows(map.apply(queries), q -> distances(terms, parts, q)));
        }

        /** Encodes a segment, and returns how (x, q) is estimated for each vector, from the mapped query. */
        private Function<float[], Distances> products(FeatureMatrix mapped, Segment segment) {
            int n = mapped.rows();
            byte[] numbers = new byte[Math.multiplyExact(n, segment.width())];
            float[] factors = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                float[] x = new float[segment.width()];
                for (int j = 0; j < x.length; j++) {
                    x[j] = mapped.get(i, segment.from() + j);
                }
                double factor = adjusted(x, segment.bits(), options.rounds(), numbers, i * x.length);
                factors[i] = rounded((float) factor, i);
            });
            BitPlanes planes = BitPlanes.of(n, segment.width(), segment.bits(), numbers);
            return query -> {
                float[] q = Arrays.copyOfRange(query, segment.from(), segment.from() + segment.width());
                BitPlanes.Products products = planes.products(q);
                double sum = 0;
                for (float value : q) {
                    sum += value;
                }
                float middle = (float) (((1 << segment.bits()) - 1) / 2.0 * sum);
                return i -> factors[i] * (products.of(i) - middle);
            };
        }

        private Distances distances(float[] terms, List<Function<float[], Distances>> parts, float[] query) {
            List<Distances> products =
                    parts.stream().map(part -> part.apply(query)).toList();
            return i -> {
                float sum = 0;
                for (Distances product : products) {
                    sum += product.to(i);
                }
                return terms[i] + similarity.factor() * sum;
            };
        }

        private static float rounded(float value, int vector) {
            float rounded = Float16.toFloat(Float16.of(value));
            if (!Float.isFinite(rounded)) {
                throw new InputException("saq: float16 holds numbers up to 65504, and vector " + vector + " needs "
                        + value + "; scale the vectors");
            }
            return rounded;
        }
    }
}
