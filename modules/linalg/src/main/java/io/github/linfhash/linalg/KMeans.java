package io.github.linfhash.linalg;

import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.codes.SmallCodebook;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Lloyd's algorithm, started at a uniform sample of rows without replacement.
 *
 * <p>A center that loses all rows moves to the row that is furthest from its own center; several such centers take the
 * furthest rows in turn. The result depends on the generator alone, not on the number of processors.
 *
 * @param clusters m, at least 1
 * @param iterations the most moves of the centers; fewer if no row changes its center
 * @param narrow whether vectors are so short that distances are found by {@link SmallCodebook}
 */
public record KMeans(int clusters, int iterations, boolean narrow) {
    /** For vectors of any length. */
    public KMeans(int clusters, int iterations) {
        this(clusters, iterations, false);
    }

    /**
     * Finds the centers.
     *
     * @param data n x d, n at least m
     * @return m x d
     */
    public FeatureMatrix centers(FeatureMatrix data, UniformRandomProvider random, Progress progress) {
        int[] start = new PermutationSampler(random, data.rows(), clusters).sample();
        Arrays.sort(start);
        return improved(data, data.select(start), progress);
    }

    /**
     * Goes on from other centers.
     *
     * @param data n x d, n at least m
     * @param start m x d
     * @return m x d
     */
    public FeatureMatrix improved(FeatureMatrix data, FeatureMatrix start, Progress progress) {
        FeatureMatrix centers = start;
        int[] before = new int[0];
        try (Progress.Task task = progress.begin("anchors", iterations)) {
            for (int iteration = 0; iteration < iterations; iteration++) {
                Assignment assignment = assign(data, centers);
                if (Arrays.equals(assignment.clusters, before)) {
                    break;
                }
                before = assignment.clusters.clone();
                assignment.fillEmpty(clusters);
                centers = means(data, assignment.clusters);
                task.advance(1);
            }
        }
        return centers;
    }

    /** The nearest center of each row, and how far it is, which is asked only for empty clusters. */
    private static final class Assignment {
        private final int[] clusters;
        private final IntToDoubleFunction squaredDistance;

        Assignment(int[] clusters, IntToDoubleFunction squaredDistance) {
            this.clusters = clusters;
            this.squaredDistance = squaredDistance;
        }

        /** Gives each empty cluster the furthest row of a cluster that keeps others. */
        void fillEmpty(int count) {
            int[] sizes = new int[count];
            for (int cluster : clusters) {
                sizes[cluster]++;
            }
            int[] empty = IntStream.range(0, count)
                    .filter(cluster -> sizes[cluster] == 0)
                    .toArray();
            double[] squaredDistances = empty.length == 0
                    ? new double[0]
                    : IntStream.range(0, clusters.length)
                            .mapToDouble(squaredDistance)
                            .toArray();
            for (int cluster : empty) {
                int row = furthestRow(sizes, squaredDistances);
                sizes[clusters[row]]--;
                sizes[cluster] = 1;
                clusters[row] = cluster;
            }
        }

        private int furthestRow(int[] sizes, double[] squaredDistances) {
            int furthest = -1;
            for (int i = 0; i < clusters.length; i++) {
                boolean further = furthest < 0 || squaredDistances[i] > squaredDistances[furthest];
                if (further && sizes[clusters[i]] > 1) {
                    furthest = i;
                }
            }
            return furthest;
        }
    }

    /** Of equally near centers, the first. */
    private Assignment assign(FeatureMatrix data, FeatureMatrix centers) {
        return narrow ? assignNarrow(data, centers) : assignWide(data, centers);
    }

    private static Assignment assignNarrow(FeatureMatrix data, FeatureMatrix centers) {
        SmallCodebook points = new SmallCodebook(centers.toArray(), centers.dimension());
        RowBlocks blocks = blocks(data, centers);
        List<SmallCodebook.Nearest> found = blocks.map(block -> points.of(Matrices.rows(data, block)));
        int size = blocks.blockRows();
        int[] clusters = IntStream.range(0, data.rows())
                .map(i -> found.get(i / size).point(i % size))
                .toArray();
        return new Assignment(clusters, i -> found.get(i / size).squaredDistance(i % size));
    }

    private static RowBlocks blocks(FeatureMatrix data, FeatureMatrix centers) {
        return RowBlocks.ofWidth(data.rows(), Math.max(centers.rows(), centers.dimension()));
    }

    private static Assignment assignWide(FeatureMatrix data, FeatureMatrix centers) {
        PointDistances distances = new PointDistances(centers.toArray(), centers.dimension());
        int m = centers.rows();
        int[] clusters = new int[data.rows()];
        float[] least = new float[data.rows()];
        blocks(data, centers).blocks().parallelStream().forEach(block -> {
            float[] squared = distances.of(Matrices.rows(data, block));
            for (int i = 0; i < block.size(); i++) {
                int nearest = 0;
                for (int j = 1; j < m; j++) {
                    if (squared[i * m + j] < squared[i * m + nearest]) {
                        nearest = j;
                    }
                }
                clusters[block.from() + i] = nearest;
                least[block.from() + i] = squared[i * m + nearest];
            }
        });
        return new Assignment(clusters, i -> least[i]);
    }

    private FeatureMatrix means(FeatureMatrix data, int[] cluster) {
        int d = data.dimension();
        double[] sums = new double[clusters * d];
        int[] sizes = new int[clusters];
        for (RowBlocks.Block block : RowBlocks.ofWidth(data.rows(), d).blocks()) {
            float[] rows = Matrices.rows(data, block);
            for (int i = 0; i < block.size(); i++) {
                int at = cluster[block.from() + i];
                sizes[at]++;
                for (int j = 0; j < d; j++) {
                    sums[at * d + j] += rows[i * d + j];
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= sizes[i / d];
        }
        return FeatureMatrix.owning(clusters, d, Matrices.toFloats(sums));
    }
}
