package io.github.linfhash.quantisers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.NarrowPoints;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantisers.EncodingGraph;
import io.github.linfhash.quantisers.QuantiserParts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The centres of m parts of the coordinates, at most 256 each; immutable. Parts are of d / m coordinates, the first ones of one more
 * where m does not divide d; {@code starts} has where each begins, and d behind them.
 */
final class Codebooks implements Serializable {
    private final int[] starts;
    private final List<FeatureMatrix> centres;

    Codebooks(int[] starts, List<FeatureMatrix> centres) {
        this.starts = starts;
        this.centres = centres;
    }

    private static final int MOST_CENTRES = 256;

    /** What travels in their place, as matrices do not. */
    private static final class Sent implements Serializable {
        private final int[] starts;
        private final float[][] centres;

        Sent(int[] starts, float[][] centres) {
            this.starts = starts;
            this.centres = centres;
        }

        private Object readResolve() {
            List<FeatureMatrix> matrices = new ArrayList<>();
            for (int part = 0; part < centres.length; part++) {
                int width = starts[part + 1] - starts[part];
                matrices.add(FeatureMatrix.owning(centres[part].length / width, width, centres[part]));
            }
            return new Codebooks(starts, matrices);
        }
    }

    private Object writeReplace() {
        return new Sent(starts, centres.stream().map(FeatureMatrix::toArray).toArray(float[][]::new));
    }

    /** Clusters each part by itself. */
    static Codebooks fit(FeatureMatrix vectors, int parts, int iterations, RandomStreams random) {
        int[] starts = starts(vectors.dimension(), parts);
        KMeans clustering = new KMeans(Math.min(MOST_CENTRES, vectors.rows()), iterations, true);
        List<FeatureMatrix> centres = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            centres.add(clustering.centres(
                    columns(vectors, starts[part], starts[part + 1]), random.stream("part-" + part), Progress.NONE));
        }
        return new Codebooks(starts, centres);
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
        return centres.size();
    }

    private int dimension() {
        return starts[parts()];
    }

    /** Clusters further from these centres on. */
    Codebooks improved(FeatureMatrix vectors, int iterations) {
        List<FeatureMatrix> next = new ArrayList<>();
        for (int part = 0; part < parts(); part++) {
            FeatureMatrix before = centres.get(part);
            next.add(new KMeans(before.rows(), iterations, true)
                    .improved(columns(vectors, starts[part], starts[part + 1]), before, Progress.NONE));
        }
        return new Codebooks(starts, next);
    }

    /** The nearest centre of each part. */
    ByteCodes encode(FeatureMatrix vectors) {
        int parts = parts();
        byte[] codes = new byte[Math.multiplyExact(vectors.rows(), parts)];
        for (int part = 0; part < parts; part++) {
            NarrowPoints points = new NarrowPoints(centres.get(part));
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

    /** The centres, side by side: row c has centre c of every part. */
    NpyArray centres() {
        int count = centres.get(0).rows();
        float[] values = new float[count * dimension()];
        for (int part = 0; part < parts(); part++) {
            for (int c = 0; c < count; c++) {
                centres.get(part).copyRows(c, 1, values, c * dimension() + starts[part]);
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
     * which is 0 in vectors and centres.
     */
    void addTo(EncodingGraph.Builder graph, String y) {
        int parts = parts();
        int count = centres.get(0).rows();
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
                    float value = centres.get(part).get(c, j);
                    transposed[(part * width + j) * count + c] = value;
                    squares += (double) value * value;
                }
                halves[part * count + c] = (float) (squares / 2);
            }
        }
        // batch x m x 1 x w times m x w x 256.
        String vectors = graph.reshaped("parts", filled, 0, parts, 1, width);
        String matrices = graph.reshaped(
                "centres",
                graph.constant("codebooks", NpyArray.ofFloats(transposed, parts * width, count)),
                parts,
                width,
                count);
        String products =
                graph.reshaped("products", graph.node("product", "MatMul", vectors, matrices), 0, parts, count);
        String norms = graph.constant("halfSquaredNorms", NpyArray.ofFloats(halves, parts, count));
        String nearness = graph.node("nearness", "Sub", products, norms);
        String nearest = graph.node("nearest", "ArgMax", Map.of("axis", 2L, "keepdims", 0L), nearness);
        graph.cast(QuantiserParts.CODES, NpyType.UINT8, nearest);
        graph.output(QuantiserParts.CODES, NpyType.UINT8, parts);
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
                int centre = codes.code(i, part);
                centres.get(part).copyRows(centre, 1, values, i * dimension() + starts[part]);
            }
        }
        return FeatureMatrix.owning(codes.size(), dimension(), values);
    }

    /** For each part and centre, the squared distance to a query's coordinates, or less its inner product with them: m x 256. */
    float[] table(float[] query, boolean byInnerProduct) {
        float[] table = new float[parts() * MOST_CENTRES];
        for (int part = 0; part < parts(); part++) {
            FeatureMatrix ofPart = centres.get(part);
            float[] values = ofPart.toArray();
            int width = ofPart.dimension();
            for (int c = 0; c < ofPart.rows(); c++) {
                float sum = 0;
                for (int j = 0; j < width; j++) {
                    float value = values[c * width + j];
                    float less = value - query[starts[part] + j];
                    sum += byInnerProduct ? -value * query[starts[part] + j] : less * less;
                }
                table[part * MOST_CENTRES + c] = sum;
            }
        }
        return table;
    }
}
