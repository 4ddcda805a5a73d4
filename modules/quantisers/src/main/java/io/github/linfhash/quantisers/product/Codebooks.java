package io.github.linfhash.quantisers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.NarrowPoints;
import io.github.linfhash.linalg.RowBlocks;
import java.util.ArrayList;
import java.util.List;

/**
 * The centres of m parts of the coordinates, at most 256 each; immutable. Parts are of d / m coordinates, the first ones of one more
 * where m does not divide d; {@code starts} has where each begins, and d behind them.
 */
final class Codebooks {
    private final int[] starts;
    private final List<FeatureMatrix> centres;

    Codebooks(int[] starts, List<FeatureMatrix> centres) {
        this.starts = starts;
        this.centres = centres;
    }

    private static final int MOST_CENTRES = 256;

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
