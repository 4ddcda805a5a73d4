package io.github.linfhash.quantizers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.NarrowPoints;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The centers of m parts of the coordinates, at most 256 each; immutable. Parts are of d / m coordinates, the first ones of one more
 * where m does not divide d; {@code starts} has where each begins, and d behind them.
 */
final class Codebooks implements Serializable {
    private final int[] starts;
    private final List<FeatureMatrix> centers;

    Codebooks(int[] starts, List<FeatureMatrix> centers) {
        this.starts = starts;
        this.centers = centers;
    }

    private static final int MOST_CENTERS = 256;

    /** What travels in their place, as matrices do not. */
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
        KMeans clustering = new KMeans(Math.min(MOST_CENTERS, vectors.rows()), iterations, true);
        List<FeatureMatrix> centers = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            centers.add(clustering.centers(
                    columns(vectors, starts[part], starts[part + 1]), random.stream("part-" + part), Progress.NONE));
        }
        return new Codebooks(starts, centers);
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

    private int dimension() {
        return starts[parts()];
    }

    /** Clusters further from these centers on. */
    Codebooks improved(FeatureMatrix vectors, int iterations) {
        List<FeatureMatrix> next = new ArrayList<>();
        for (int part = 0; part < parts(); part++) {
            FeatureMatrix before = centers.get(part);
            next.add(new KMeans(before.rows(), iterations, true)
                    .improved(columns(vectors, starts[part], starts[part + 1]), before, Progress.NONE));
        }
        return new Codebooks(starts, next);
    }

    /** The nearest center of each part. */
    ByteCodes encode(FeatureMatrix vectors) {
        int parts = parts();
        byte[] codes = new byte[Math.multiplyExact(vectors.rows(), parts)];
        for (int part = 0; part < parts; part++) {
            NarrowPoints points = new NarrowPoints(centers.get(part));
            FeatureMatrix columns = columns(vectors, starts[part], starts[part + 1]);
            int at = part;
            RowBlocks.ofWidth(vectors.rows(), points.count()).blocks().parallelStream()
                    .forEach(block -> {
                        NarrowPoints.Nearest nearest = points.of(Matrices.rows(columns, block));
                        for (int i = 0; i < block.size(); i++) {
                            codes[(block.from() + i) * parts + at] = (byte) nearest.point(i);
                        }
                    });
        }
        return new ByteCodes(parts, codes);
    }

    /** The centers, side by side: row c has center c of every part. */
    NpyArray centers() {
        int count = centers.get(0).rows();
        float[] values = new float[count * dimension()];
        for (int part = 0; part < parts(); part++) {
            for (int c = 0; c < count; c++) {
                centers.get(part).copyRows(c, 1, values, c * dimension() + starts[part]);
            }
        }
        return NpyArray.ofFloats(values, count, dimension());
    }

    /** Where each part begins, and the dimension behind them. */
    NpyArray starts() {
        return NpyArray.ofInts(starts);
    }

    /**
     * Adds what {@link #encode} does to a graph, as the output {@code codes}, for all parts at once: narrower ones get a coordinate more,
     * which is 0 in vectors and centers.
     */
    void addTo(EncodingGraph.Builder graph, String y) {
        int parts = parts();
        int count = centers.get(0).rows();
        int width = starts[1];
        String filled = y;
        if (dimension() % parts != 0) {
            String padded = graph.node("padded", "Pad", y, graph.constant("padding", NpyArray.ofLongs(0, 0, 0, 1)));
            String places = graph.constant("places", NpyArray.ofLongs(places(width)));
            filled = graph.node("filled", "Gather", Map.of("axis", 1L), padded, places);
        }
        float[] transposed = new float[parts * width * count];
        float[] halves = new float[parts * count];
        for (int part = 0; part < parts; part++) {
            for (int c = 0; c < count; c++) {
                double squares = 0;
                for (int j = 0; j < starts[part + 1] - starts[part]; j++) {
                    float value = centers.get(part).get(c, j);
                    transposed[(part * width + j) * count + c] = value;
                    squares += (double) value * value;
                }
                halves[part * count + c] = (float) (squares / 2);
            }
        }
        // batch x m x 1 x w times m x w x 256.
        String vectors = graph.reshaped("parts", filled, 0, parts, 1, width);
        String matrices = graph.reshaped(
                "centers",
                graph.constant("codebooks", NpyArray.ofFloats(transposed, parts * width, count)),
                parts,
                width,
                count);
        String products =
                graph.reshaped("products", graph.node("product", "MatMul", vectors, matrices), 0, parts, count);
        String norms = graph.constant("halfSquaredNorms", NpyArray.ofFloats(halves, parts, count));
        String nearness = graph.node("nearness", "Sub", products, norms);
        String nearest = graph.node("nearest", "ArgMax", Map.of("axis", 2L, "keepdims", 0L), nearness);
        graph.cast(QuantizerParts.CODES, NpyType.UINT8, nearest);
        graph.output(QuantizerParts.CODES, NpyType.UINT8, parts);
    }

    /** For each part the places of its coordinates, and for a narrower one that behind the last, too. */
    private long[] places(int width) {
        long[] places = new long[parts() * width];
        for (int part = 0; part < parts(); part++) {
            for (int j = 0; j < width; j++) {
                int place = starts[part] + j;
                places[part * width + j] = place < starts[part + 1] ? place : dimension();
            }
        }
        return places;
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

    /** For each part and center, the squared distance to a query's coordinates, or less its inner product with them: m x 256. */
    float[] table(float[] query, boolean byInnerProduct) {
        float[] table = new float[parts() * MOST_CENTERS];
        for (int part = 0; part < parts(); part++) {
            FeatureMatrix ofPart = centers.get(part);
            float[] values = ofPart.toArray();
            int width = ofPart.dimension();
            for (int c = 0; c < ofPart.rows(); c++) {
                float sum = 0;
                for (int j = 0; j < width; j++) {
                    float value = values[c * width + j];
                    float less = value - query[starts[part] + j];
                    sum += byInnerProduct ? -value * query[starts[part] + j] : less * less;
                }
                table[part * MOST_CENTERS + c] = sum;
            }
        }
        return table;
    }
}
