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
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;

/**
 * The sign of each coordinate, raw or about the mean vector: what databases call binary quantization.
 *
 * <p>Based on no paper: it is the practice that Hamming distances of signs approximate angles, as of Charikar, "Similarity estimation
 * techniques from rounding algorithms", STOC 2002, with the coordinates in the place of random directions. With fewer bits than
 * coordinates it takes the first, for models whose first coordinates matter most. A bit is 1 where the value is greater than 0.
 */
public record Sign(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "sign",
            "Sign",
            "M. Charikar. Similarity estimation techniques from rounding algorithms. STOC 2002",
            options -> false,
            false,
            Sign::new,
            (d, bytes) -> 8 * bytes < d
                    ? List.of()
                    : List.of(
                            new Options(d, false, Distance.HAMMING),
                            new Options(d, true, Distance.HAMMING),
                            new Options(d, true, Distance.ASYMMETRIC)));
    public static final QuantizerSpec<Options> TRUNCATED = new QuantizerSpec<>(
            "truncated-sign",
            "Truncated sign",
            "M. Charikar. Similarity estimation techniques from rounding algorithms. STOC 2002",
            options -> false,
            false,
            Sign::new,
            (d, bytes) -> 8 * bytes >= d
                    ? List.of()
                    : List.of(
                            new Options(8 * bytes, true, Distance.HAMMING),
                            new Options(8 * bytes, true, Distance.ASYMMETRIC)));

    /**
     * The options.
     *
     * @param bits how many of the first coordinates are kept, at most d
     * @param centered whether the mean vector is subtracted before
     * @param distance how a query is compared with codes
     */
    public record Options(
            @Range(least = 1, most = SignCodes.MOST_BITS) int bits, boolean centered, Distance distance) {
        public Options {
            Ranges.check(Options.class, bits, centered, distance);
        }
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SignCodes.requireDimension("sign", options.bits(), vectors.dimension());
        float[] center = options.centered() ? LinearMap.mean(vectors) : new float[vectors.dimension()];
        return new SignCodes(LinearMap.first(options.bits(), center), options.distance(), similarity);
    }
}
