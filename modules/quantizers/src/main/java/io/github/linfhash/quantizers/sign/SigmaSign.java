package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.SignScheme;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Binary codes of 1, 1.5 or 2 bits a coordinate, and queries of 1, 4 or 8 bits.
 *
 * <p>Based on Qdrant 1.19, {@code lib/quantization/src/encoded_vectors_binary.rs}. One bit is 1 where a coordinate is greater than 0. With two
 * bits, one is 1 where it is more than -2/3 standard deviations from its mean, and one where it is at least 2/3; all first bits come before all
 * second bits. With 1.5 bits, two neighbors share a second bit, which is 1 where one of theirs is. A query of one bit has a code of the same
 * kind, and the Hamming distance counts. Otherwise its coordinates, twice, or with 1.5 bits the coordinates and the greater of each two, are
 * rounded to 15 or 255 steps between plus and minus the greatest magnitude, and their sum over the bits that are 1 counts.
 */
public final class SigmaSign implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "sigma-sign", "Sigma sign", "Qdrant 1.19", options -> false, false, SigmaSign::new, SigmaSign::within);

    private static final double SIGMAS = 2.0 / 3;
    private static final List<Integer> QUERY_BITS = List.of(1, 4, 8);

    /** The bits of a coordinate. */
    public enum Encoding {
        ONE_BIT,
        ONE_AND_HALF_BITS,
        TWO_BITS
    }

    /**
     * The options.
     *
     * @param encoding the bits of a coordinate
     * @param dimensions d
     * @param queryBits of a coordinate of the query: 1 for those of codes, 4 or 8
     */
    public record Options(
            Encoding encoding,
            @Range(least = 1) int dimensions,
            @Range(least = 1, most = 8) int queryBits) {
        public Options {
            Ranges.check(Options.class, encoding, dimensions, queryBits);
            Ranges.require(QUERY_BITS.contains(queryBits), "queryBits: expected 1, 4 or 8, found " + queryBits);
        }

        private int bits() {
            return switch (encoding) {
                case ONE_BIT -> dimensions;
                case ONE_AND_HALF_BITS -> (3 * dimensions + 1) / 2;
                case TWO_BITS -> 2 * dimensions;
            };
        }
    }

    private static List<Options> within(int d, int bytes) {
        return Stream.of(Encoding.values())
                .flatMap(encoding -> QUERY_BITS.stream().map(bits -> new Options(encoding, d, bits)))
                .filter(options -> options.bits() <= 8 * bytes)
                .toList();
    }

    private final Options options;

    public SigmaSign(Options options) {
        this.options = options;
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = options.dimensions();
        SPEC.requireDimensions(d, vectors.dimension());
        // Above low there is a first bit, and from high on a second one.
        float[] borders = new float[2 * d];
        double[] mean = Moments.mean(vectors);
        for (int j = 0; j < d && options.encoding() != Encoding.ONE_BIT; j++) {
            double squares = 0;
            for (int i = 0; i < vectors.rows(); i++) {
                squares += (vectors.get(i, j) - mean[j]) * (vectors.get(i, j) - mean[j]);
            }
            double width = SIGMAS * Math.sqrt(squares / Math.max(1, vectors.rows() - 1));
            // A coordinate that is constant has its sign, and no second bit.
            borders[j] = width == 0 ? 0 : (float) (mean[j] - width);
            borders[d + j] = width == 0 ? Float.POSITIVE_INFINITY : (float) (mean[j] + width);
        }
        return new Fitted(options, FeatureMatrix.owning(2, d, borders));
    }

    private record Fitted(Options options, FeatureMatrix borders) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return (options.bits() + 7) / 8;
        }

        @Override
        public long modelBytes() {
            return options.encoding() == Encoding.ONE_BIT ? 0 : 2L * Float.BYTES * options.dimensions();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int width = options.bits();
            float[] signs = new float[Math.multiplyExact(vectors.rows(), width)];
            float[] x = new float[options.dimensions()];
            for (int i = 0; i < vectors.rows(); i++) {
                vectors.copyRow(i, x);
                System.arraycopy(signs(x), 0, signs, i * width, width);
            }
            BitPlanes codes = BitPlanes.ofSigns(vectors.rows(), width, signs);
            boolean hamming = options.queryBits() == 1;
            SignScheme scheme = new SignScheme(width, hamming);
            return new Encoded(
                    codes.size(),
                    queries ->
                            Estimates.ofRows(queries, q -> scheme.distances(codes, hamming ? signs(q) : rounded(q))));
        }

        private float[] signs(float[] x) {
            float[] bits = new float[options.bits()];
            for (int j = 0; j < x.length; j++) {
                bits[j] = x[j] > borders.get(0, j) ? 1 : 0;
                if (second(j) < bits.length && x[j] >= borders.get(1, j)) {
                    bits[second(j)] = 1;
                }
            }
            return bits;
        }

        private int second(int j) {
            return options.dimensions() + (options.encoding() == Encoding.ONE_AND_HALF_BITS ? j / 2 : j);
        }

        private float[] rounded(float[] query) {
            int steps = (1 << options.queryBits()) - 1;
            float most = 0;
            for (float value : query) {
                most = Math.max(most, Math.abs(value));
            }
            float[] values = new float[options.bits()];
            Arrays.fill(values, -steps);
            for (int j = 0; j < query.length && most > 0; j++) {
                values[j] = 2 * Math.round((query[j] + most) / (2 * most / steps)) - steps;
                if (second(j) < values.length) {
                    values[second(j)] = Math.max(values[second(j)], values[j]);
                }
            }
            return values;
        }
    }
}
