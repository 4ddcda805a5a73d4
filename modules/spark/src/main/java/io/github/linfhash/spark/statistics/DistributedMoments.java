package io.github.linfhash.spark.statistics;

import io.github.linfhash.spark.blocks.FeatureSource;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Mean and covariance in two passes over the rows. Sums over parts are compensated, so that the mean does not depend on
 * how the rows are cut, and the covariance only by the rounding of float64 products within a block: two cuttings agree
 * within 1e-12 of the largest variance.
 */
public final class DistributedMoments {
    private DistributedMoments() {}

    /** The moments of all rows. */
    public static FeatureMoments of(JavaSparkContext context, FeatureSource features) {
        int dimension = features.dimension();
        PartialMoments columns = features.blocks()
                .mapPartitions(blocks -> PartialMoments.ofColumns(blocks, dimension))
                .treeReduce(PartialMoments::sum);
        double[] mean = columns.means();
        Broadcast<double[]> centre = context.broadcast(mean);
        PartialMoments products = features.blocks()
                .mapPartitions(blocks -> PartialMoments.ofProducts(blocks, centre.value()))
                .treeReduce(PartialMoments::sum);
        return new FeatureMoments(columns.rows(), mean, products.means());
    }
}
