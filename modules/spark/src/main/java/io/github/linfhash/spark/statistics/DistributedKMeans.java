package io.github.linfhash.spark.statistics;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.spark.blocks.FeatureSource;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Lloyd's algorithm over rows that are spread over files, started at a sample of them. Sums are compensated and rounded to
 * float32 once, so that the centres do not depend on how the rows are cut, but for rows that are equally far from two
 * centres within the rounding of float32. A centre that loses all rows stays where it is.
 *
 * @param clusters m, at least 1
 * @param iterations the most moves of the centres; fewer if none moves
 * @param seed of the sample
 */
public record DistributedKMeans(int clusters, int iterations, long seed) {
    /**
     * Finds the centres.
     *
     * @return m x d
     * @throws InputException if there are fewer rows than centres
     */
    public FeatureMatrix centres(JavaSparkContext context, FeatureSource features) {
        FeatureMatrix centres = start(features);
        for (int iteration = 0; iteration < iterations; iteration++) {
            FeatureMatrix moved = move(context, features, centres);
            if (moved.equals(centres)) {
                break;
            }
            centres = moved;
        }
        return centres;
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

    private FeatureMatrix move(JavaSparkContext context, FeatureSource features, FeatureMatrix centres) {
        int dimension = centres.dimension();
        Broadcast<float[]> values = context.broadcast(centres.toArray());
        JavaRDD<PartialClusters> parts = features.blocks()
                .mapPartitions(blocks -> PartialClusters.of(
                        blocks, FeatureMatrix.owning(values.value().length / dimension, dimension, values.value())));
        FeatureMatrix moved = parts.treeReduce(PartialClusters::sum).centres(centres);
        values.destroy();
        return moved;
    }
}
