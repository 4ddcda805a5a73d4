package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Int8Codes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.neighbors.FloatDistances;
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
public record Int8(Options options) implements Quantizer {
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

    /** Redis 8's {@code Q8}, {@code modules/vector-sets/hnsw.c}: the cosine is the inner product of the rounded vectors of norm 1. */
    public static final QuantizerSpec<Options> Q8 = new QuantizerSpec<>(
            "redis-q8",
            "Q8",
            "Redis 8",
            options -> false,
            false,
            Int8::byProduct,
            (d, bytes) -> bytes < d + SIDE_BYTES ? List.of() : List.of(new Options(d)));

    private static Quantizer byProduct(Options options) {
        return (vectors, similarity, random) -> new Int8(options).fit(vectors, Similarity.DOT, random);
    }

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
            return new Encoded(codes.size(), queries -> {
                FeatureMatrix mapped = map.apply(queries);
                Estimates oneByOne = Estimates.ofRows(mapped, q -> codes.distances(q, similarity));
                return new Estimates(mapped.rows(), oneByOne.distances(), new Products(codes, mapped, similarity));
            });
        }

        Int8Codes codes(FeatureMatrix vectors) {
            return rounded(map.apply(vectors), similarity);
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

    private static Int8Codes rounded(FeatureMatrix mapped, Similarity similarity) {
        return Int8Codes.of(
                mapped.rows(), mapped.dimension(), (row, target) -> mapped.copyRow((int) row, target), similarity);
    }

    /**
     * The distances that {@link Int8Codes} gives, of many queries by products of float32. Sums of so few products are whole numbers of at most 24
     * bits, which float32 holds exactly.
     */
    private static final class Products implements Together {
        private static final int EXACT_PRODUCTS = (1 << 24) / (Int8Codes.MOST * Int8Codes.MOST);

        private final int width;
        private final byte[] numbers;
        private final float[] scales;
        private final float[] terms;
        private final byte[] ofQueries;
        private final float[] factors;

        Products(Int8Codes codes, FeatureMatrix mapped, Similarity similarity) {
            this.width = mapped.dimension();
            this.numbers = codes.numbers();
            this.scales = codes.scales();
            this.terms = new float[scales.length];
            for (int i = 0; i < terms.length && !similarity.byInnerProduct(); i++) {
                int squares = 0;
                for (int at = i * width; at < (i + 1) * width; at++) {
                    squares += numbers[at] * numbers[at];
                }
                terms[i] = scales[i] * scales[i] * squares;
            }
            Int8Codes queries = rounded(mapped, similarity);
            this.ofQueries = queries.numbers();
            this.factors = queries.scales();
            for (int q = 0; q < factors.length; q++) {
                factors[q] *= similarity.factor();
            }
        }

        @Override
        public float[][] of(RowBlocks.Block queries, int size) {
            int[][] products = new int[queries.size()][size];
            for (RowBlocks.Block columns : new RowBlocks(width, EXACT_PRODUCTS).blocks()) {
                float[][] negated = FloatDistances.of(
                        part(numbers, size, columns),
                        part(ofQueries, factors.length, columns),
                        queries,
                        Similarity.DOT);
                for (int q = 0; q < products.length; q++) {
                    for (int i = 0; i < size; i++) {
                        products[q][i] -= (int) negated[q][i];
                    }
                }
            }
            float[][] distances = new float[queries.size()][size];
            for (int q = 0; q < distances.length; q++) {
                float factor = factors[queries.from() + q];
                for (int i = 0; i < size; i++) {
                    distances[q][i] = terms[i] + factor * scales[i] * products[q][i];
                }
            }
            return distances;
        }

        private FeatureMatrix part(byte[] all, int rows, RowBlocks.Block columns) {
            return FeatureMatrix.reading(rows, columns.size(), (from, count, target, offset) -> {
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < columns.size(); j++) {
                        target[offset + i * columns.size() + j] = all[(from + i) * width + columns.from() + j];
                    }
                }
            });
        }
    }
}
