package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Procrustes;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;

/**
 * The signs of principal components, rotated so that the signs lose as little as possible.
 *
 * <p>Based on Gong and Lazebnik, "Iterative quantization: a Procrustean approach to learning binary codes", CVPR 2011, as the hashing
 * method {@code itq} of the suite, from a random rotation on. What differs: it learns on a sample of the vectors, and a query
 * may stay in float32.
 */
public record ItqSign(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "itq",
            "ITQ",
            "Y. Gong, S. Lazebnik. Iterative quantization: a Procrustean approach to learning binary codes. CVPR 2011",
            options -> true,
            true,
            ItqSign::new,
            (d, bytes) -> {
                int bits = Math.min(d, 8 * bytes);
                return bits < 8 * (bytes - 1) + 1
                        ? List.of()
                        : List.of(
                                new Options(bits, 10, 16_384, Distance.HAMMING),
                                new Options(bits, 10, 16_384, Distance.ASYMMETRIC));
            });

    /**
     * The options.
     *
     * @param bits of a code, at most d
     * @param iterations how often codes and rotation are computed; the paper has 50
     * @param sample the most vectors that it learns on
     * @param distance how a query is compared with codes
     */
    public record Options(
            @Range(least = 1, most = SignCodes.MOST_BITS) int bits,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(least = 1) int sample,
            Distance distance) {
        public Options {
            Ranges.check(Options.class, bits, iterations, sample, distance);
        }
    }

    private static final int LEAST_BLOCK = 1024;

    private static final int BRIEF_ITERATIONS = 10;

    @Override
    public Quantizer brief() {
        return new ItqSign(new Options(
                options.bits(),
                Math.min(BRIEF_ITERATIONS, options.iterations()),
                options.sample(),
                options.distance()));
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        return new SignCodes(map(vectors, random), options.distance(), similarity);
    }

    /** The rotated principal components about the mean, whose signs are the codes. */
    public LinearMap map(FeatureMatrix vectors, RandomStreams random) {
        int bits = options.bits();
        SignCodes.requireDimension("itq", bits, vectors.dimension());
        FeatureMatrix sample = Quantizer.sample(vectors, options.sample(), random);
        float[] mean = LinearMap.mean(vectors);
        double[][] components = LinearMap.principalComponents(sample, bits);
        FeatureMatrix projected = LinearMap.of(components, mean).apply(sample);
        double[] rotation = Matrices.flatten(LinearMap.randomRotation(bits, random, "rotation"));
        for (int iteration = 0; iteration < options.iterations(); iteration++) {
            rotation = improved(projected, rotation);
        }
        double[][] turned = Matrices.unflatten(
                Matrices.transposedProduct(rotation, Matrices.flatten(components), bits, bits, vectors.dimension()),
                vectors.dimension());
        return LinearMap.of(turned, mean);
    }

    /** B = sign(V R), then the rotation R of the least ||B - V R||. */
    private static double[] improved(FeatureMatrix projected, double[] rotation) {
        int bits = projected.dimension();
        float[] rounded = Matrices.toFloats(rotation);
        double[] correlation = new double[bits * bits];
        // Few of them, as each has a matrix of bits x bits for a result.
        RowBlocks blocks = new RowBlocks(projected.rows(), Math.max(LEAST_BLOCK, 2 * bits));
        for (float[] part : blocks.map(block -> correlation(block, projected, rounded))) {
            for (int i = 0; i < correlation.length; i++) {
                correlation[i] += part[i];
            }
        }
        return Procrustes.rotation(correlation, bits);
    }

    /** B' V of a block. */
    private static float[] correlation(RowBlocks.Block block, FeatureMatrix projected, float[] rotation) {
        int bits = projected.dimension();
        float[] v = Matrices.rows(projected, block);
        float[] signs = Matrices.product(v, rotation, block.size(), bits, bits);
        for (int i = 0; i < signs.length; i++) {
            signs[i] = signs[i] >= 0 ? 1 : -1;
        }
        return Matrices.transposedProduct(signs, v, block.size(), bits, bits);
    }
}
