package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Int8Codes;
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

/**
 * Coordinates rounded to whole numbers within -127..127, with a scale for each vector.
 *
 * <p>Based on no paper; it is what databases call scalar quantization or int8. A scale, the largest magnitude divided by 127, stands
 * beside the code as float32. Queries are rounded in the same way, and products are those of whole numbers. With fewer coordinates
 * than d it takes the first principal components. What it leaves out: quantiles in the place of the largest magnitude.
 */
public final class Int8 implements Quantizer {
    /** Of one float32 number. */
    public static final int SIDE_BYTES = 4;

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
            Int8Codes codes = codes(vectors);
            return new Encoded(
                    codes.size(),
                    queries ->
                            Estimates.ofRows(map.apply(queries), q -> codes.distances(q, similarity.ofVectors())::to));
        }

        Int8Codes codes(FeatureMatrix vectors) {
            FeatureMatrix mapped = map.apply(vectors);
            return Int8Codes.of(
                    mapped.rows(),
                    mapped.dimension(),
                    (row, target) -> mapped.copyRow((int) row, target),
                    similarity.ofVectors());
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
}
