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
 * The signs of the first N principal components about the mean, rotated at random, so that each bit has about the same variance.
 *
 * <p>Based on the baseline PCA-RR of Gong and Lazebnik, "Iterative quantization: a Procrustean approach to learning binary codes", CVPR
 * 2011, section 2.2: ITQ without its iterations. What differs: a query may stay in float32. With as many bits as dimensions it is
 * the dense rotation of {@link RotatedSign}.
 */
public record PcaSign(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "pca-sign",
            "PCA sign",
            "Y. Gong, S. Lazebnik. Iterative quantization: a Procrustean approach to learning binary codes. CVPR 2011 (PCA-RR)",
            options -> true,
            false,
            PcaSign::new,
            (d, bytes) -> {
                int bits = Math.min(d, 8 * bytes);
                return bits < 8 * (bytes - 1) + 1
                        ? List.of()
                        : List.of(new Options(bits, Distance.HAMMING), new Options(bits, Distance.ASYMMETRIC));
            });

    /**
     * The options.
     *
     * @param bits N, at most d
     * @param distance how a query is compared with codes
     */
    public record Options(
            @Range(least = 1, most = SignCodes.MOST_BITS) int bits, Distance distance) {
        public Options {
            Ranges.check(Options.class, bits, distance);
        }
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SignCodes.requireDimension("pca-sign", options.bits(), vectors.dimension());
        return new SignCodes(
                LinearMap.rotatedComponents(vectors, options.bits(), LinearMap.mean(vectors), random),
                options.distance(),
                similarity);
    }
}
