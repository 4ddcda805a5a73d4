package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.rotation.HadamardMap;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.VectorMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The signs of a random rotation about the mean vector.
 *
 * <p>Based on Charikar, STOC 2002, with the orthogonal directions of Ji et al., "Super-bit locality-sensitive hashing", NIPS 2012, and,
 * for a fast rotation, {@link HadamardMap}. The dense rotation gives any number of bits: fewer than coordinates are its first
 * rows, more are those of further rotations. A Hadamard rotation gives as many bits as it has outputs: d in blocks, the next power of
 * two where it pads.
 */
public record RotatedSign(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "rotated-sign",
            "Rotated sign",
            "J. Ji, J. Li, S. Yan, B. Zhang, Q. Tian. Super-bit locality-sensitive hashing. NIPS 2012",
            options -> true,
            false,
            RotatedSign::new,
            RotatedSign::within);

    /** How the rotation is made. */
    public enum Rotation {
        DENSE,
        /** By Hadamard transforms of blocks. */
        HADAMARD_BLOCKS,
        /** By a Hadamard transform of the padded vector. */
        HADAMARD_PADDED
    }

    /**
     * The options.
     *
     * @param bits of a code; for Hadamard rotations what they give
     * @param rotation how the rotation is made
     * @param distance how a query is compared with codes
     */
    public record Options(
            @Range(least = 1, most = SignCodes.MOST_BITS) int bits, Rotation rotation, Distance distance) {
        public Options {
            Ranges.check(Options.class, bits, rotation, distance);
        }
    }

    private static final int MOST_ROTATIONS = 8;

    private static List<Options> within(int d, int bytes) {
        List<Options> options = new ArrayList<>();
        if (8 * bytes <= MOST_ROTATIONS * d) {
            options.add(new Options(8 * bytes, Rotation.DENSE, Distance.HAMMING));
            options.add(new Options(8 * bytes, Rotation.DENSE, Distance.ASYMMETRIC));
        }
        if (d <= 8 * bytes && d > 8 * bytes - 8) {
            options.add(new Options(d, Rotation.HADAMARD_BLOCKS, Distance.ASYMMETRIC));
        }
        int padded = paddedTo(d);
        if (padded <= 8 * bytes && padded > 8 * bytes - 8 && padded > d) {
            options.add(new Options(padded, Rotation.HADAMARD_PADDED, Distance.ASYMMETRIC));
        }
        return options;
    }

    private static int paddedTo(int d) {
        return d == 1 ? 1 : Integer.highestOneBit(d - 1) << 1;
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        float[] mean = LinearMap.mean(vectors);
        VectorMap map = switch (options.rotation()) {
            case DENSE -> LinearMap.of(LinearMap.randomDirections(options.bits(), mean.length, random), mean);
            case HADAMARD_BLOCKS -> HadamardMap.inBlocks(mean, random.stream("hadamard"));
            case HADAMARD_PADDED -> HadamardMap.padded(mean, random.stream("hadamard"));
        };
        SignCodes.requireDimension("rotated-sign", options.bits(), map.outputs());
        return new SignCodes(map, options.distance(), similarity);
    }
}
