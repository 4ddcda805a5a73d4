package io.github.linfhash.quantizers.product;

import io.github.linfhash.codes.ProductScheme;
import io.github.linfhash.codes.Similarity;
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
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Product quantization: the coordinates in m parts, each coded by the nearest of 256 centers in a byte, or of 16 in half a byte.
 *
 * <p>Based on Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", PAMI 2011, with asymmetric distances: a query
 * stays in float32, and a distance is a sum of m values of a table. What it leaves out: codes of other than 4 or 8 bits a part, and the
 * coarse quantizer with inverted lists. As in faiss, 4,096 rows are enough for 16 centers.
 */
public record ProductQuantizer(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "pq",
            "PQ",
            "H. Jégou, M. Douze, C. Schmid. Product quantization for nearest neighbor search. PAMI 2011",
            options -> true,
            false,
            ProductQuantizer::new,
            ProductQuantizer::within,
            options -> options.bits() == 8);

    /**
     * The options.
     *
     * @param parts m, at most d
     * @param iterations the most iterations of the clustering
     * @param sample the most vectors that are clustered
     * @param bits of a part: 8, which is meant where it is left out, or 4, two parts a byte
     */
    public record Options(
            @Range(least = 1) int parts,
            @Range(least = 1, most = 100_000) int iterations,
            @Range(least = 1) int sample,
            @Nullable Integer bits) {
        public Options {
            bits = bits == null ? 8 : bits;
            Ranges.check(Options.class, parts, iterations, sample, bits);
            Ranges.require(bits == 4 || bits == 8, "bits: expected 4 or 8, found " + bits);
        }

        @Override
        public Integer bits() {
            return bits == null ? 8 : bits;
        }
    }

    private static List<Options> within(int d, int bytes) {
        Options halves = new Options(Math.min(d, 2 * bytes), 25, 4096, 4);
        return Stream.of(new Options(bytes, 10, 16_384, 8), halves)
                .filter(options -> options.parts() <= d && (options.parts() * options.bits() + 7) / 8 == bytes)
                .toList();
    }

    /** Few rows for each center leave little for further ones. */
    static final int BRIEF_ITERATIONS = 5;

    @Override
    public Quantizer brief() {
        return new ProductQuantizer(new Options(
                options.parts(), Math.min(BRIEF_ITERATIONS, options.iterations()), options.sample(), options.bits()));
    }

    @Override
    public PortableQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        requireParts("pq", options.parts(), d);
        FeatureMatrix sample = Quantizer.sample(vectors, options.sample(), random);
        return new Fitted(
                LinearMap.first(d, new float[d]),
                Codebooks.fit(sample, options.parts(), options.bits(), options.iterations(), random),
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
            return codebooks.codeBytes();
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
     * The centers of m parts of the coordinates, at most 2^bits each; immutable. Parts are of d / m coordinates, the first ones of one more
     * where m does not divide d; {@code starts} has where each begins, and d behind them.
     */
    static final class Codebooks implements Serializable {
        private final int[] starts;
        private final List<FeatureMatrix> centers;
        private final int bits;

        Codebooks(int[] starts, List<FeatureMatrix> centers, int bits) {
            this.starts = starts;
            this.centers = centers;
            this.bits = bits;
        }

        /** The serialized form, as matrices have none. */
        private static final class Sent implements Serializable {
            private final int[] starts;
            private final float[][] centers;
            private final int bits;

            Sent(int[] starts, float[][] centers, int bits) {
                this.starts = starts;
                this.centers = centers;
                this.bits = bits;
            }

            private Object readResolve() {
                List<FeatureMatrix> matrices = new ArrayList<>();
                for (int part = 0; part < centers.length; part++) {
                    int width = starts[part + 1] - starts[part];
                    matrices.add(FeatureMatrix.owning(centers[part].length / width, width, centers[part]));
                }
                return new Codebooks(starts, matrices, bits);
            }
        }

        private Object writeReplace() {
            return new Sent(starts, centers.stream().map(FeatureMatrix::toArray).toArray(float[][]::new), bits);
        }

        /** Clusters each part by itself. */
        static Codebooks fit(FeatureMatrix vectors, int parts, int bits, int iterations, RandomStreams random) {
            int[] starts = starts(vectors.dimension(), parts);
            KMeans clustering = new KMeans(Math.min(1 << bits, vectors.rows()), iterations, true);
            return new Codebooks(
                    starts,
                    IntStream.range(0, parts)
                            .parallel()
                            .mapToObj(part -> clustering.centers(
                                    columns(vectors, starts[part], starts[part + 1]),
                                    random.stream("part-" + part),
                                    Progress.NONE))
                            .toList(),
                    bits);
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

        int bits() {
            return bits;
        }

        int codeBytes() {
            return (parts() * bits + 7) / Byte.SIZE;
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
                            .toList(),
                    bits);
        }

        /** The nearest center of each part. */
        ByteCodes encode(FeatureMatrix vectors) {
            int bytes = codeBytes();
            byte[] codes = new byte[Math.multiplyExact(vectors.rows(), bytes)];
            for (int part = 0; part < parts(); part++) {
                SmallCodebook points = new SmallCodebook(
                        centers.get(part).toArray(), centers.get(part).dimension());
                FeatureMatrix columns = columns(vectors, starts[part], starts[part + 1]);
                int at = part * bits / Byte.SIZE;
                int shift = part * bits % Byte.SIZE;
                RowBlocks.ofWidth(vectors.rows(), points.count()).blocks().parallelStream()
                        .forEach(block -> {
                            SmallCodebook.Nearest nearest = points.of(Matrices.rows(columns, block));
                            for (int i = 0; i < block.size(); i++) {
                                codes[(block.from() + i) * bytes + at] |= (byte) (nearest.point(i) << shift);
                            }
                        });
            }
            return new ByteCodes(bytes, codes);
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
                    int center = codes.code(i, part * bits / Byte.SIZE) >> part * bits % Byte.SIZE & (1 << bits) - 1;
                    centers.get(part).copyRows(center, 1, values, i * dimension() + starts[part]);
                }
            }
            return FeatureMatrix.owning(codes.size(), dimension(), values);
        }

        /** Returns the scheme that encodes vectors and estimates distances. */
        ProductScheme scheme(Similarity similarity) {
            return new ProductScheme(
                    starts, centers.stream().map(FeatureMatrix::toArray).toArray(float[][]::new), bits, similarity);
        }
    }
}
