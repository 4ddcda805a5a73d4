package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Coordinates cut into 16 or 256 steps of equal width between the least and the greatest value that a coordinate has in the vectors that it
 * is fitted to; nothing stands beside a code.
 *
 * <p>Based on no paper: it is faiss's {@code IndexScalarQuantizer} with {@code QT_4bit} or {@code QT_8bit} and its default ranges ({@code
 * RS_minmax} without a margin). With L = 15 or 255, number u_j = floor(L (x_j - min_j) / (max_j - min_j)), within 0 .. L, stands for min_j
 * + (max_j - min_j) (u_j + 1/2) / L. A query stays in float32.
 *
 * <p>What it adds: with fewer coordinates than d it takes the first principal components. What it leaves out: other ranges, such as
 * quantiles.
 *
 * @param bits of a coordinate, 4 or 8
 * @param options the number of coordinates
 */
public record Sq(int bits, Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SQ4 = new QuantizerSpec<>(
            "sq4",
            "SQ4",
            "Scalar quantization to 4 bits with a range for each dimension, as faiss's QT_4bit",
            options -> false,
            false,
            options -> new Sq(4, options),
            (d, bytes) -> bytes > (d + 1) / 2 ? List.of() : List.of(new Options(Math.min(d, 2 * bytes))));
    public static final QuantizerSpec<Options> SQ8 = new QuantizerSpec<>(
            "sq8",
            "SQ8",
            "Scalar quantization to 8 bits with a range for each dimension, as faiss's QT_8bit",
            options -> false,
            false,
            options -> new Sq(8, options),
            (d, bytes) -> bytes > d ? List.of() : List.of(new Options(bytes)));

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

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int kept = options.dimensions();
        (bits == 4 ? SQ4 : SQ8).requireDimensions(kept, vectors.dimension());
        LinearMap map = LinearMap.components(vectors, kept);
        FeatureMatrix mapped = map.apply(vectors);
        float[] low = new float[kept];
        float[] range = new float[kept];
        for (int j = 0; j < kept; j++) {
            float least = Float.POSITIVE_INFINITY;
            float greatest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < mapped.rows(); i++) {
                least = Math.min(least, mapped.get(i, j));
                greatest = Math.max(greatest, mapped.get(i, j));
            }
            low[j] = least;
            range[j] = greatest - least;
        }
        return new Fitted(bits, map, low, range, similarity);
    }

    private static final class Fitted implements Quantizer.Fitted {
        private final int bits;
        private final LinearMap map;
        private final float[] low;
        private final float[] range;
        private final Similarity similarity;

        Fitted(int bits, LinearMap map, float[] low, float[] range, Similarity similarity) {
            this.bits = bits;
            this.map = map;
            this.low = low;
            this.range = range;
            this.similarity = similarity;
        }

        @Override
        public int bytes() {
            return (low.length * bits + 7) / 8;
        }

        @Override
        public long modelBytes() {
            return map.bytes() + (long) Float.BYTES * (low.length + range.length);
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int n = vectors.rows();
            int width = low.length;
            FeatureMatrix mapped = map.apply(vectors);
            byte[] packed = new byte[Math.multiplyExact(n, bytes())];
            IntStream.range(0, n).parallel().forEach(i -> {
                for (int j = 0; j < width; j++) {
                    float share = range[j] == 0 ? 0 : (mapped.get(i, j) - low[j]) / range[j];
                    int number = (int) (Math.max(0, Math.min(1, share)) * largest());
                    packed[i * bytes() + j / perByte()] |= (byte) (number << shift(j));
                }
            });
            ByteCodes codes = new ByteCodes(bytes(), packed);
            return new Encoded(n, queries -> codes.estimates(map.apply(queries), this::table));
        }

        private int largest() {
            return (1 << bits) - 1;
        }

        private int perByte() {
            return Byte.SIZE / bits;
        }

        /** Where the bits of a coordinate begin in its byte. */
        private int shift(int j) {
            return bits * (j % perByte());
        }

        private float value(int j, int number) {
            return low[j] + range[j] * ((number + 0.5f) / largest());
        }

        /** For each byte and each of its values, its coordinates' share of the distance to a query. */
        private float[] table(float[] query) {
            float[] table = new float[bytes() * ByteCodes.VALUES];
            for (int j = 0; j < query.length; j++) {
                for (int code = 0; code < ByteCodes.VALUES; code++) {
                    float value = value(j, (code >> shift(j)) & largest());
                    table[j / perByte() * ByteCodes.VALUES + code] += similarity.share(value, query[j]);
                }
            }
            return table;
        }
    }
}
