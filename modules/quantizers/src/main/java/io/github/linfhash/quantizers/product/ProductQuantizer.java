package io.github.linfhash.quantizers.product;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;

/**
 * Product quantization: the coordinates in m parts, each coded by the nearest of 256 centers in a byte.
 *
 * <p>Based on Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", PAMI 2011, with asymmetric distances: a query
 * stays in float32, and a distance is a sum of m values of a table. What it leaves out: codes of other than 8 bits a part, and the
 * coarse quantizer with inverted lists.
 */
public final class ProductQuantizer implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "pq",
            "PQ",
            "H. Jégou, M. Douze, C. Schmid. Product quantization for nearest neighbor search. PAMI 2011",
            options -> true,
            false,
            ProductQuantizer::new,
            (d, bytes) -> bytes > d ? List.of() : List.of(new Options(bytes, 25, 16_384)));

    /**
     * The options.
     *
     * @param parts m, the bytes of a code, at most d
     * @param iterations the most iterations of the clustering
     * @param sample the most vectors that are clustered
     */
    public record Options(int parts, int iterations, int sample) {
        public Options {
            if (parts < 1 || iterations < 1 || iterations > 100_000 || sample < 1) {
                throw new InputException(
                        "pq: expected at least 1 part, 1 to 100000 iterations and a positive sample, found " + parts
                                + ", " + iterations + " and " + sample);
            }
        }
    }

    private final Options options;

    public ProductQuantizer(Options options) {
        this.options = options;
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        requireParts("pq", options.parts(), d);
        FeatureMatrix sample = Quantizer.sample(vectors, options.sample(), random);
        return new ProductCodes(
                LinearMap.first(d, new float[d]),
                Codebooks.fit(sample, options.parts(), options.iterations(), random),
                similarity);
    }

    static void requireParts(String name, int parts, int dimension) {
        if (parts > dimension) {
            throw new InputException(
                    name + ": expected at most " + dimension + " parts for as many dimensions, found " + parts);
        }
    }
}
