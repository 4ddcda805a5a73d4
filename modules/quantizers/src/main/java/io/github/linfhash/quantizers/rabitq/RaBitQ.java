package io.github.linfhash.quantizers.rabitq;

import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * RaBitQ: a random rotation about the mean vector, the grid vector of the nearest direction, and an unbiased estimate of inner products
 * from it.
 *
 * <p>Based on Gao and Long, "RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest
 * neighbor search", SIGMOD 2024 (one bit), and Gao et al., "Practical and asymptotically optimal quantization of high-dimensional
 * vectors in Euclidean space for approximate nearest neighbor search", SIGMOD 2025 (more bits). With x the rotated o - c and y
 * its grid vector, (x, q) is estimated by |x|^2 (y, q) / (y, x). Two numbers stand beside the code, in float32 or float16: the
 * term that does not depend on the query, and |x|^2 / (y, x).
 *
 * <p>What it leaves out: clusters with a center each (there is one center, the mean), and the random rounding of the query, which is
 * rounded to the nearest instead, or stays in float32. What it adds: with fewer coordinates than d, the rotation is
 * one of the first principal components, and what these leave out of a vector counts with its length alone.
 */
public record RaBitQ(Options options) implements Quantizer {
    /** Of two float32 numbers. */
    public static final int SIDE_BYTES = 8;

    private static final int FLOAT_BITS = 32;
    private static final int HALF_BITS = 16;

    /** The most bits of a coordinate, and the most that a query of 4 bits is precise enough for. */
    private static final int MOST_BITS = 8;

    private static final int FEW_BITS = 4;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "rabitq",
            "RaBitQ",
            "J. Gao, C. Long. RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search. SIGMOD 2024; J. Gao et al. SIGMOD 2025",
            options -> true,
            false,
            RaBitQ::new,
            RaBitQ::within,
            options -> options.termBits() == FLOAT_BITS
                    && (options.bits() > FEW_BITS
                            ? options.bits() == MOST_BITS
                            : options.queryBits() == 4 || (options.bits() == 1 && options.queryBits() == 0)));

    /**
     * The options.
     *
     * @param bits of a coordinate, 1 to 8
     * @param dimensions how many coordinates are kept, at most d
     * @param queryBits of a coordinate of the query, 1 to 8; 0 leaves the query in float32. The paper of 2024 has 4; the authors' library
     *     ranks codes of more bits by the query in float32
     * @param termBits of each of the two numbers beside a code: 32, as the papers and the authors' library have them, which is meant where
     *     it is left out, or 16
     */
    public record Options(
            @Range(least = 1, most = 8) int bits,
            @Range(least = 1) int dimensions,
            @Range(least = 0, most = 8) int queryBits,
            @Nullable Integer termBits)
            implements Serializable {
        public Options {
            termBits = termBits == null ? FLOAT_BITS : termBits;
            Ranges.check(Options.class, bits, dimensions, queryBits, termBits);
            Ranges.require(
                    termBits == FLOAT_BITS || termBits == HALF_BITS, "termBits: expected 32 or 16, found " + termBits);
        }

        @Override
        public Integer termBits() {
            return termBits == null ? FLOAT_BITS : termBits;
        }

        int bytes() {
            return (dimensions * bits + 7) / 8 + 2 * termBits() / Byte.SIZE;
        }
    }

    private static List<Options> within(int d, int bytes) {
        List<Options> all = new ArrayList<>();
        for (int bits = 1; bits <= FEW_BITS; bits++) {
            add(all, d, bytes, bits, 4, FLOAT_BITS);
            if (bits == 1) {
                add(all, d, bytes, bits, 0, FLOAT_BITS);
            }
        }
        for (int termBits : new int[] {FLOAT_BITS, HALF_BITS}) {
            for (int bits = 1; bits <= FEW_BITS; bits++) {
                for (int queryBits : new int[] {4, 0, 8}) {
                    add(all, d, bytes, bits, queryBits, termBits);
                }
            }
        }
        for (int bits = FEW_BITS + 1; bits <= MOST_BITS; bits++) {
            add(all, d, bytes, bits, MOST_BITS, FLOAT_BITS);
        }
        return all.stream().distinct().toList();
    }

    private static void add(List<Options> all, int d, int bytes, int bits, int queryBits, int termBits) {
        int dimensions = Math.min(d, 8 * (bytes - 2 * termBits / Byte.SIZE) / bits);
        if (dimensions >= 1) {
            Options options = new Options(bits, dimensions, queryBits, termBits);
            // Bytes that stay unused belong to the next number of bits, or to fewer bytes.
            if (options.bytes() > bytes - 16) {
                all.add(options);
            }
        }
    }

    @Override
    public Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        float[] center = LinearMap.mean(vectors);
        return new Fitted(
                options, similarity, LinearMap.rotatedComponents(vectors, options.dimensions(), center, random));
    }

    /**
     * Encodes vectors that any map has mapped.
     *
     * @param mapped x, n x D
     * @param bits B of a coordinate, 1 to 8
     * @param terms of the vectors, as {@link PreparedVectors#terms} gives them; not copied
     */
    public static RaBitQCodes gridCodes(FeatureMatrix mapped, int bits, float[] terms) {
        return RaBitQCodes.of(
                mapped.rows(), mapped.dimension(), (row, target) -> mapped.copyRow((int) row, target), bits, terms);
    }

    /**
     * Estimates distances to codes.
     *
     * @param map of queries, as the vectors were mapped
     * @param queryBits to which a query is rounded, 1 to 8; 0 leaves it in float32
     */
    public static Quantizer.Encoded estimated(
            RaBitQCodes codes, UnaryOperator<FeatureMatrix> map, int queryBits, Similarity similarity) {
        return new Quantizer.Encoded(
                codes.size(),
                queries -> Estimates.ofRows(map.apply(queries), q -> codes.distances(q, queryBits, similarity)));
    }

    /**
     * The fitted quantizer.
     *
     * @param options of the quantizer
     * @param similarity by what vectors are compared
     * @param rotation from o to x; its center c is the mean
     */
    public record Fitted(Options options, Similarity similarity, LinearMap rotation) implements PortableQuantizer {
        @Override
        public int bytes() {
            return options.bytes();
        }

        @Override
        public long modelBytes() {
            return rotation.bytes();
        }

        @Override
        public Quantizer.Encoded encode(FeatureMatrix vectors) {
            return compared(codes(vectors), options.queryBits());
        }

        private Quantizer.Encoded compared(RaBitQCodes codes, int queryBits) {
            return new Quantizer.Encoded(
                    codes.size(),
                    estimated(codes, rotation::apply, queryBits, similarity).comparison(),
                    other -> other.options() instanceof Options known
                            ? Optional.of(compared(codes, known.queryBits()))
                            : Optional.empty());
        }

        /**
         * Encodes vectors, as {@link #encode} does.
         *
         * @param vectors n x d
         * @throws InputException if a number beside a code is too large for float16
         */
        public RaBitQCodes codes(FeatureMatrix vectors) {
            RaBitQCodes codes = gridCodes(
                    rotation.apply(vectors),
                    options.bits(),
                    PreparedVectors.terms(similarity, vectors, rotation.center()));
            try {
                return options.termBits() == HALF_BITS ? codes.rounded() : codes;
            } catch (IllegalArgumentException e) {
                throw new InputException(Objects.requireNonNull(e.getMessage()), e);
            }
        }

        @Override
        public QuantizerParts parts() {
            return RaBitQExport.parts(this);
        }

        @Override
        public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
            return RaBitQExport.arrays(options, codes(vectors));
        }
    }
}
