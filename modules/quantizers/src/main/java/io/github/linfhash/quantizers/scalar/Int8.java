package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Coordinates rounded to whole numbers within -127..127, with a scale for each vector.
 *
 * <p>Based on no paper; it is what databases call scalar quantization or int8. A scale, the largest magnitude divided by 127, stands
 * beside the code as float32. Queries are rounded in the same way, and products are those of whole numbers. With fewer coordinates
 * than d it takes the first principal components. What it leaves out: quantiles in the place of the largest magnitude.
 */
public final class Int8 implements Quantizer {
    private static final int SIDE_BYTES = 4;
    static final int MOST = 127;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "int8",
            "int8",
            "Scalar quantization to 8 bits, as vector databases have it",
            options -> false,
            false,
            Int8::new,
            (d, bytes) -> bytes < 2 * SIDE_BYTES || bytes - SIDE_BYTES > d + 16
                    ? List.of()
                    : List.of(new Options(Math.min(d, bytes - SIDE_BYTES))));

    /**
     * The options.
     *
     * @param dimensions how many coordinates are kept, at most d
     */
    public record Options(@Range(least = 1) int dimensions) {
        public Options {
            Ranges.check(Options.class, dimensions);
        }
    }

    private final Options options;

    public Int8(Options options) {
        this.options = options;
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        return new Fitted(LinearMap.components(vectors, options.dimensions()), similarity);
    }

    record Fitted(LinearMap map, Similarity similarity) implements PortableQuantizer {
        @Override
        public int bytes() {
            return map.outputs() + SIDE_BYTES;
        }

        @Override
        public long modelBytes() {
            return map.bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            Rounded codes = codes(vectors);
            int n = codes.scales.length;
            float[] terms = new float[n];
            for (int i = 0; i < n && !similarity.byInnerProduct(); i++) {
                terms[i] = codes.scales[i] * codes.scales[i] * codes.product(i, codes, i);
            }
            return new Encoded(n, queries -> estimates(codes, terms, codes(queries)));
        }

        private Estimates estimates(Rounded codes, float[] terms, Rounded queries) {
            return new Estimates(queries.scales.length, query -> {
                float scale = similarity.factor() * queries.scales[query];
                return i -> terms[i] + scale * codes.scales[i] * codes.product(i, queries, query);
            });
        }

        Rounded codes(FeatureMatrix vectors) {
            return Rounded.of(map.apply(vectors));
        }

        @Override
        public QuantizerParts parts() {
            return Int8Export.parts(this);
        }

        @Override
        public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
            return Int8Export.arrays(codes(vectors));
        }
    }

    /** Vectors rounded to whole numbers: x_j = scale * u_j. */
    static final class Rounded {
        private final int width;
        private final byte[] numbers;
        private final float[] scales;

        Rounded(int width, byte[] numbers, float[] scales) {
            this.width = width;
            this.numbers = numbers;
            this.scales = scales;
        }

        static Rounded of(FeatureMatrix vectors) {
            int width = vectors.dimension();
            byte[] numbers = new byte[Math.multiplyExact(vectors.rows(), width)];
            float[] scales = new float[vectors.rows()];
            IntStream.range(0, vectors.rows()).parallel().forEach(i -> {
                float[] x = new float[width];
                vectors.copyRow(i, x);
                float largest = 0;
                for (float value : x) {
                    largest = Math.max(largest, Math.abs(value));
                }
                scales[i] = largest / MOST;
                for (int j = 0; j < width && largest > 0; j++) {
                    numbers[i * width + j] = (byte) Math.round(x[j] / largest * MOST);
                }
            });
            return new Rounded(width, numbers, scales);
        }

        byte[] numbers() {
            return numbers.clone();
        }

        float[] scales() {
            return scales.clone();
        }

        int product(int i, Rounded other, int j) {
            int sum = 0;
            int left = i * width;
            int right = j * width;
            for (int k = 0; k < width; k++) {
                sum += numbers[left + k] * other.numbers[right + k];
            }
            return sum;
        }
    }
}
