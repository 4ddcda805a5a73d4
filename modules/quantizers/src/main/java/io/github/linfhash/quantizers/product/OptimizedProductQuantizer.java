package io.github.linfhash.quantizers.product;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Procrustes;
import io.github.linfhash.linalg.SymmetricEigen;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.List;

/**
 * Optimized product quantization: a rotation before product quantization, learned with it.
 *
 * <p>Based on Ge, He, Ke and Sun, "Optimized product quantization", CVPR 2013 and PAMI 2014: from the parametric start, in which the
 * principal components are dealt out so that the parts have variances of equal product, rotation and codebooks are improved in turn.
 * What it leaves out: a random start.
 */
public record OptimizedProductQuantizer(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "opq",
            "OPQ",
            "T. Ge, K. He, Q. Ke, J. Sun. Optimized product quantization. PAMI 2014",
            options -> true,
            true,
            OptimizedProductQuantizer::new,
            (d, bytes) -> bytes > d ? List.of() : List.of(new Options(bytes, 4, 15, 10_240)));

    /**
     * The options.
     *
     * @param parts m, the bytes of a code, at most d
     * @param rounds how often rotation and codebooks are improved in turn
     * @param iterations the most iterations of the first and of the last clustering
     * @param sample the most vectors that it learns on
     */
    public record Options(
            @Range(least = 1) int parts,
            @Range(least = 0, most = 100_000) int rounds,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(least = 1) int sample) {
        public Options {
            Ranges.check(Options.class, parts, rounds, iterations, sample);
        }
    }

    private static final int BRIEF_ROUNDS = 2;

    @Override
    public Quantizer brief() {
        return new OptimizedProductQuantizer(new Options(
                options.parts(),
                Math.min(BRIEF_ROUNDS, options.rounds()),
                Math.min(ProductQuantizer.BRIEF_ITERATIONS, options.iterations()),
                options.sample()));
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        ProductQuantizer.requireParts("opq", options.parts(), d);
        FeatureMatrix sample = Quantizer.sample(vectors, options.sample(), random);
        LinearMap rotation = about0(dealtComponents(sample, options.parts()), d);
        FeatureMatrix rotated = rotation.apply(sample);
        ProductQuantizer.Codebooks codebooks =
                ProductQuantizer.Codebooks.fit(rotated, options.parts(), 8, options.iterations(), random);
        for (int round = 0; round < options.rounds(); round++) {
            rotation = about0(nearest(sample, codebooks.decode(codebooks.encode(rotated))), d);
            rotated = rotation.apply(sample);
            codebooks = codebooks.improved(rotated, round == options.rounds() - 1 ? options.iterations() : 1);
        }
        return new ProductQuantizer.Fitted(rotation, codebooks, similarity);
    }

    private static LinearMap about0(double[][] rows, int d) {
        return LinearMap.of(rows, new float[d]);
    }

    /** The rotation R of the least ||X R' - Y||, as rows. */
    static double[][] nearest(FeatureMatrix x, FeatureMatrix y) {
        int d = x.dimension();
        float[] products = Matrices.transposedProduct(y.toArray(), x.toArray(), x.rows(), d, d);
        double[] c = new double[products.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = products[i];
        }
        double[][] rows = new double[d][d];
        double[] turned = Procrustes.rotation(c, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                rows[j][i] = turned[i * d + j];
            }
        }
        return rows;
    }

    /** The principal components, from the largest variance on, each to the part of the least product of variances that has room. */
    private static double[][] dealtComponents(FeatureMatrix vectors, int parts) {
        int d = vectors.dimension();
        SymmetricEigen eigen = SymmetricEigen.ofCovariance(vectors);
        double[] logarithms = new double[parts];
        int[] dealt = new int[parts];
        double[][] rows = new double[d][];
        double floor = Math.max(Double.MIN_NORMAL, eigen.value(0) * 1e-12);
        for (int k = 0; k < d; k++) {
            int part = -1;
            for (int p = 0; p < parts; p++) {
                boolean room = dealt[p] < d / parts + (p < d % parts ? 1 : 0);
                if (room && (part < 0 || logarithms[p] < logarithms[part])) {
                    part = p;
                }
            }
            int at = part * (d / parts) + Math.min(part, d % parts) + dealt[part]++;
            rows[at] = eigen.vector(k);
            // Relative to the floor, so that a variance adds and never takes away.
            logarithms[part] += Math.log(Math.max(eigen.value(k), floor) / floor);
        }
        return rows;
    }
}
