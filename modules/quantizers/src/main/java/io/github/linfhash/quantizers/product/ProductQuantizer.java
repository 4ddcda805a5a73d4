package io.github.linfhash.quantizers.product;

import io.github.linfhash.codes.ProductScheme;
import io.github.linfhash.codes.SmallCodebook;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    public record Options(
            @Range(least = 1) int parts,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(least = 1) int sample) {
        public Options {
            Ranges.check(Options.class, parts, iterations, sample);
        }
    }

    /** Few rows for each center leave little for further ones. */
    static final int BRIEF_ITERATIONS = 5;

    private final Options options;

    public ProductQuantizer(Options options) {
        this.options = options;
    }

    @Override
    public Quantizer brief() {
        return new ProductQuantizer(
                new Options(options.parts(), Math.min(BRIEF_ITERATIONS, options.iterations()), options.sample()));
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        requireParts("pq", options.parts(), d);
        FeatureMatrix sample = Quantizer.sample(vectors, options.sample(), random);
        return new Fitted(
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

    /**
     * Codebooks behind a rotation; queries stay in float32.
     *
     * @param map about 0, as inner products have to stay
     * @param codebooks of its outputs
     * @param similarity by what vectors are compared
     */
    record Fitted(LinearMap map, Codebooks codebooks, Similarity similarity) implements PortableQuantizer {
        @Override
        public int bytes() {
            return codebooks.parts();
        }

        @Override
        public long modelBytes() {
            return map.bytes() + codebooks.bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            ByteCodes codes = codes(vectors);
            ProductScheme scheme = codebooks.scheme(similarity);
            return new Encoded(codes.size(), queries -> codes.estimates(map.apply(queries), scheme::table));
        }

        ByteCodes codes(FeatureMatrix vectors) {
            return codebooks.encode(map.apply(vectors));
        }

        @Override
        public QuantizerParts parts() {
            return ProductExport.parts(this);
        }

        @Override
        public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
            return ProductExport.arrays(codes(vectors));
        }
    }

    /**
     * The centers of m parts of the coordinates, at most 256 each; immutable. Parts are of d / m coordinates, the first ones of one more
     * where m does not divide d; {@code starts} has where each begins, and d behind them.
     */
    static final class Codebooks implements Serializable {
        private final int[] starts;
        private final List<FeatureMatrix> centers;

        Codebooks(int[] starts, List<FeatureMatrix> centers) {
            this.starts = starts;
            this.centers = centers;
        }

        /** The serialized form, as matrices have none. */
        private static final class Sent implements Serializable {
            private final int[] starts;
            private final float[][] centers;

            Sent(int[] starts, float[][] centers) {
                this.starts = starts;
                this.centers = centers;
            }

            private Object readResolve() {
                List<FeatureMatrix> matrices = new ArrayList<>();
                for (int part = 0; part < centers.length; part++) {
                    int width = starts[part + 1] - starts[part];
                    matrices.add(FeatureMatrix.owning(centers[part].length / width, width, centers[part]));
                }
                return new Codebooks(starts, matrices);
            }
        }

        private Object writeReplace() {
            return new Sent(starts, centers.stream().map(FeatureMatrix::toArray).toArray(float[][]::new));
        }

        /** Clusters each part by itself. */
        static Codebooks fit(FeatureMatrix vectors, int parts, int iterations, RandomStreams random) {
            int[] starts = starts(vectors.dimension(), parts);
            KMeans clustering = new KMeans(Math.min(ByteCodes.VALUES, vectors.rows()), iterations, true);
            return new Codebooks(
                    starts,
                    IntStream.range(0, parts)
                            .parallel()
                            .mapToObj(part -> clustering.centers(
                                    columns(vectors, starts[part], starts[part + 1]),
                                    random.stream("part-" + part),
                                    Progress.NONE))
                            .toList());
        }

        private static int[] starts(int d, int parts) {
            int[] starts = new int[parts + 1];
            for (int part = 0; part < parts; part++) {
                starts[part + 1] = starts[part] + d / parts + (part < d % parts ? 1 : 0);
            }
            return starts;
        }

        private static FeatureMatrix columns(FeatureMatrix vectors, int from, int to) {
            int width = to - from;
            float[] values = new float[Math.multiplyExact(vectors.rows(), width)];
            for (int i = 0; i < vectors.rows(); i++) {
                for (int j = 0; j < width; j++) {
                    values[i * width + j] = vectors.get(i, from + j);
                }
            }
            return FeatureMatrix.owning(vectors.rows(), width, values);
        }

        int parts() {
            return centers.size();
        }

        int dimension() {
            return starts[parts()];
        }

        /** Clusters further from these centers on. */
        Codebooks improved(FeatureMatrix vectors, int iterations) {
            return new Codebooks(
                    starts,
                    IntStream.range(0, parts())
                            .parallel()
                            .mapToObj(part -> new KMeans(centers.get(part).rows(), iterations, true)
                                    .improved(
                                            columns(vectors, starts[part], starts[part + 1]),
                                            centers.get(part),
                                            Progress.NONE))
                            .toList());
        }

        /** The nearest center of each part. */
        ByteCodes encode(FeatureMatrix vectors) {
            int parts = parts();
            byte[] codes = new byte[Math.multiplyExact(vectors.rows(), parts)];
            for (int part = 0; part < parts; part++) {
                SmallCodebook points = new SmallCodebook(
                        centers.get(part).toArray(), centers.get(part).dimension());
                FeatureMatrix columns = columns(vectors, starts[part], starts[part + 1]);
                int at = part;
                RowBlocks.ofWidth(vectors.rows(), points.count()).blocks().parallelStream()
                        .forEach(block -> {
                            SmallCodebook.Nearest nearest = points.of(Matrices.rows(columns, block));
                            for (int i = 0; i < block.size(); i++) {
                                codes[(block.from() + i) * parts + at] = (byte) nearest.point(i);
                            }
                        });
            }
            return new ByteCodes(parts, codes);
        }

        /** The bytes of all centers, float32, and of where parts begin, int32. */
        long bytes() {
            long values = centers.stream()
                    .mapToLong(some -> (long) some.rows() * some.dimension())
                    .sum();
            return Float.BYTES * values + (long) Integer.BYTES * starts.length;
        }

        /** The centers of a part, one a row. */
        FeatureMatrix centers(int part) {
            return centers.get(part);
        }

        /** Returns where each part begins, and the dimension behind them, as a new array. */
        int[] starts() {
            return starts.clone();
        }

        /** The vectors that the codes stand for. */
        FeatureMatrix decode(ByteCodes codes) {
            float[] values = new float[Math.multiplyExact(codes.size(), dimension())];
            for (int i = 0; i < codes.size(); i++) {
                for (int part = 0; part < parts(); part++) {
                    int center = codes.code(i, part);
                    centers.get(part).copyRows(center, 1, values, i * dimension() + starts[part]);
                }
            }
            return FeatureMatrix.owning(codes.size(), dimension(), values);
        }

        /** Returns the scheme that encodes vectors and estimates distances. */
        ProductScheme scheme(Similarity similarity) {
            return new ProductScheme(
                    starts,
                    centers.stream().map(FeatureMatrix::toArray).toArray(float[][]::new),
                    similarity.ofVectors());
        }
    }
}
