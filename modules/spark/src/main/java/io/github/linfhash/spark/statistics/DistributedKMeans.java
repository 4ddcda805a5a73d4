package io.github.linfhash.spark.statistics;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Lloyd's algorithm over rows that are spread over files, started at a sample of them. Sums are compensated and rounded to
 * float32 once, so that the centers do not depend on how the rows are cut, but for rows that are equally far from two
 * centers within the rounding of float32. A center that loses all rows stays where it is.
 *
 * @param clusters m, at least 1
 * @param iterations the most moves of the centers; fewer if none moves
 * @param seed of the sample
 */
public record DistributedKMeans(int clusters, int iterations, long seed) {
    /**
     * Finds the centers.
     *
     * @return m x d
     * @throws InputException if there are fewer rows than centers
     */
    public FeatureMatrix centers(JavaSparkContext context, FeatureSource features) {
        FeatureMatrix centers = start(features);
        for (int iteration = 0; iteration < iterations; iteration++) {
            FeatureMatrix moved = move(context, features, centers);
            if (moved.equals(centers)) {
                break;
            }
            centers = moved;
        }
        return centers;
    }

    private FeatureMatrix start(FeatureSource features) {
        int most = clusters;
        long seedOfSample = seed;
        SampledRows sample = features.blocks()
                .mapPartitions(blocks -> SampledRows.of(blocks, most, seedOfSample))
                .treeReduce(SampledRows::merge);
        if (sample.size() < clusters) {
            throw new InputException(features.name() + ": expected at least as many rows as anchors, " + clusters
                    + ", found " + sample.size());
        }
        return sample.toMatrix();
    }

    private FeatureMatrix move(JavaSparkContext context, FeatureSource features, FeatureMatrix centers) {
        int dimension = centers.dimension();
        Broadcast<float[]> values = context.broadcast(centers.toArray());
        JavaRDD<PartialClusters> parts = features.blocks()
                .mapPartitions(blocks -> PartialClusters.of(
                        blocks, FeatureMatrix.owning(values.value().length / dimension, dimension, values.value())));
        FeatureMatrix moved = parts.treeReduce(PartialClusters::sum).centers(centers);
        values.destroy();
        return moved;
    }

    /** For each center, how many rows are nearest to it, and their sum; as they travel between machines. */
    private static final class PartialClusters implements Serializable {
        private final int dimension;
        private final long[] sizes;
        private final CompensatedSums sums;

        private PartialClusters(int clusters, int dimension) {
            this.dimension = dimension;
            this.sizes = new long[clusters];
            this.sums = new CompensatedSums(Math.multiplyExact(clusters, dimension));
        }

        /** Assigns the rows of a part to their nearest centers; of equally near ones the first. */
        static Iterator<PartialClusters> of(Iterator<FeatureBlock> blocks, FeatureMatrix centers) {
            BlasCheck.requireSound();
            PartialClusters part = new PartialClusters(centers.rows(), centers.dimension());
            PointDistances distances = new PointDistances(centers.toArray(), centers.dimension());
            while (blocks.hasNext()) {
                float[] rows = blocks.next().features().toArray();
                float[] squared = TaskThread.run(() -> distances.of(rows));
                part.add(rows, squared);
            }
            return List.of(part).iterator();
        }

        private void add(float[] rows, float[] squared) {
            for (int i = 0; i < rows.length / dimension; i++) {
                int nearest = 0;
                for (int cluster = 1; cluster < sizes.length; cluster++) {
                    if (squared[i * sizes.length + cluster] < squared[i * sizes.length + nearest]) {
                        nearest = cluster;
                    }
                }
                sizes[nearest]++;
                for (int j = 0; j < dimension; j++) {
                    sums.add(nearest * dimension + j, rows[i * dimension + j]);
                }
            }
        }

        /** The clusters of two parts together; the first is changed. */
        static PartialClusters sum(PartialClusters some, PartialClusters others) {
            some.sums.addAll(others.sums);
            for (int cluster = 0; cluster < some.sizes.length; cluster++) {
                some.sizes[cluster] += others.sizes[cluster];
            }
            return some;
        }

        /** The means of the clusters; one without rows stays where it was. */
        FeatureMatrix centers(FeatureMatrix before) {
            float[] centers = before.toArray();
            for (int at = 0; at < centers.length; at++) {
                long size = sizes[at / dimension];
                if (size > 0) {
                    centers[at] = (float) (sums.get(at) / (double) size);
                }
            }
            return FeatureMatrix.owning(before.rows(), dimension, centers);
        }
    }

    /**
     * A uniform sample of rows without replacement that depends on their ids and the seed alone: each row draws a number from
     * the stream "anchor-row-ID", and those with the smallest are taken.
     */
    private static final class SampledRows implements Serializable {
        private static final Comparator<Row> ORDER =
                Comparator.<Row>comparingLong(row -> row.number).thenComparingLong(row -> row.id);

        private final int most;
        private final TreeSet<Row> rows = new TreeSet<>((Comparator<Row> & Serializable) SampledRows::compare);

        private SampledRows(int most) {
            this.most = most;
        }

        private static int compare(Row some, Row other) {
            return ORDER.compare(some, other);
        }

        /** A row with its number. */
        private static final class Row implements Serializable {
            private final long number;
            private final long id;
            private final float[] values;

            Row(long number, long id, float[] values) {
                this.number = number;
                this.id = id;
                this.values = values;
            }
        }

        /** The sample of a part. */
        static Iterator<SampledRows> of(Iterator<FeatureBlock> blocks, int most, long seed) {
            SampledRows sample = new SampledRows(most);
            RandomStreams streams = new RandomStreams(seed);
            while (blocks.hasNext()) {
                FeatureBlock block = blocks.next();
                for (int i = 0; i < block.ids().size(); i++) {
                    long id = block.ids().get(i);
                    long number = streams.stream("anchor-row-" + id).nextLong();
                    if (sample.rows.size() < most || number <= sample.rows.last().number) {
                        float[] values = new float[block.features().dimension()];
                        block.features().copyRow(i, values);
                        sample.add(new Row(number, id, values));
                    }
                }
            }
            return List.of(sample).iterator();
        }

        private void add(Row row) {
            rows.add(row);
            if (rows.size() > most) {
                rows.pollLast();
            }
        }

        /** The sample of two parts together; the first is changed. */
        static SampledRows merge(SampledRows some, SampledRows others) {
            others.rows.forEach(some::add);
            return some;
        }

        /** The rows by ascending id. */
        FeatureMatrix toMatrix() {
            return FeatureMatrix.copyOf(rows.stream()
                    .sorted(Comparator.comparingLong(row -> row.id))
                    .map(row -> row.values)
                    .toArray(float[][]::new));
        }

        int size() {
            return rows.size();
        }
    }
}
