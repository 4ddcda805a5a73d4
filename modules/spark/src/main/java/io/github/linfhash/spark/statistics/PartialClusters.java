package io.github.linfhash.spark.statistics;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.linalg.SquaredDistances;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/** For each centre, how many rows are nearest to it, and their sum; as they travel between machines. */
final class PartialClusters implements Serializable {
    private final int dimension;
    private final long[] sizes;
    private final CompensatedSums sums;

    private PartialClusters(int clusters, int dimension) {
        this.dimension = dimension;
        this.sizes = new long[clusters];
        this.sums = new CompensatedSums(Math.multiplyExact(clusters, dimension));
    }

    /** Assigns the rows of a part to their nearest centres; of equally near ones the first. */
    static Iterator<PartialClusters> of(Iterator<FeatureBlock> blocks, FeatureMatrix centres) {
        BlasCheck.requireSound();
        PartialClusters part = new PartialClusters(centres.rows(), centres.dimension());
        SquaredDistances distances = new SquaredDistances(centres);
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
    FeatureMatrix centres(FeatureMatrix before) {
        float[] centres = before.toArray();
        for (int at = 0; at < centres.length; at++) {
            long size = sizes[at / dimension];
            if (size > 0) {
                centres[at] = (float) (sums.get(at) / (double) size);
            }
        }
        return FeatureMatrix.owning(before.rows(), dimension, centres);
    }
}
