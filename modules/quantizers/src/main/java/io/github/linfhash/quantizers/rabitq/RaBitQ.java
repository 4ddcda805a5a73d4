package io.github.linfhash.quantizers.rabitq;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.Maps;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
public final class RaBitQ implements PortableQuantizer {
    /** Of two float32 numbers. */
    public static final int SIDE_BYTES = 8;

    private static final int FLOAT_BITS = 32;
    private static final int HALF_BITS = 16;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "rabitq",
            "RaBitQ",
            "J. Gao, C. Long. RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search. SIGMOD 2024; J. Gao et al. SIGMOD 2025",
            options -> true,
            false,
            RaBitQ::new,
            RaBitQ::within,
            options -> options.termBits() == FLOAT_BITS
                    && (options.queryBits() == 4 || (options.bits() == 1 && options.queryBits() == 0)));

    /**
     * The options.
     *
     * @param bits of a coordinate, 1 to 4
     * @param dimensions how many coordinates are kept, at most d
     * @param queryBits of a coordinate of the query, 1 to 8; 0 leaves the query in float32. The paper of 2024 has 4; the authors' library
     *     ranks codes of more bits by the query in float32
     * @param termBits of each of the two numbers beside a code: 32, as the papers and the authors' library have them, which is meant where
     *     it is left out, or 16
     */
    public record Options(
            int bits,
            int dimensions,
            int queryBits,
            @Nullable Integer termBits) implements Serializable {
        public Options {
            termBits = termBits == null ? FLOAT_BITS : termBits;
            if (bits < 1 || bits > 4 || dimensions < 1 || queryBits < 0 || queryBits > 8) {
                throw new InputException(
                        "rabitq: expected 1 to 4 bits, at least 1 dimension and 0 to 8 bits of a query, found " + bits
                                + ", " + dimensions + " and " + queryBits);
            }
            if (termBits != FLOAT_BITS && termBits != HALF_BITS) {
                throw new InputException("rabitq: expected as termBits 32 or 16, found " + termBits);
            }
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
        for (int bits = 1; bits <= 4; bits++) {
            add(all, d, bytes, bits, 4, FLOAT_BITS);
            if (bits == 1) {
                add(all, d, bytes, bits, 0, FLOAT_BITS);
            }
        }
        for (int termBits : new int[] {FLOAT_BITS, HALF_BITS}) {
            for (int bits = 1; bits <= 4; bits++) {
                for (int queryBits : new int[] {4, 0, 8}) {
                    add(all, d, bytes, bits, queryBits, termBits);
                }
            }
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

    private final Options options;

    public RaBitQ(Options options) {
        this.options = options;
    }

    @Override
    public RaBitQCodes.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        Maps.requireDimensions("rabitq", options.dimensions(), d);
        float[] center = Maps.mean(vectors);
        LinearMap rotation = Maps.rotatedComponents(vectors, options.dimensions(), center, random);
        return new RaBitQCodes.Fitted(options, similarity, center, rotation);
    }
}
