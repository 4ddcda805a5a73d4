package io.github.linfhash.spark.statistics;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.FeatureSource;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
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
        Broadcast<double[]> center = context.broadcast(mean);
        PartialMoments products = features.blocks()
                .mapPartitions(blocks -> PartialMoments.ofProducts(blocks, center.value()))
                .treeReduce(PartialMoments::sum);
        return new FeatureMoments(columns.rows(), mean, products.means());
    }

    /** A number of rows and sums over them, as they travel between machines. */
    private static final class PartialMoments implements Serializable {
        private final CompensatedSums sums;
        private long rows;

        private PartialMoments(int size) {
            this.sums = new CompensatedSums(size);
        }

        long rows() {
            return rows;
        }

        /** The sums divided by the number of rows. */
        double[] means() {
            return sums.dividedBy(rows);
        }

        /** The sums of the values of each column over a part. */
        static Iterator<PartialMoments> ofColumns(Iterator<FeatureBlock> blocks, int dimension) {
            PartialMoments part = new PartialMoments(dimension);
            while (blocks.hasNext()) {
                FeatureMatrix features = blocks.next().features();
                float[] values = features.toArray();
                for (int i = 0; i < values.length; i++) {
                    part.sums.add(i % dimension, values[i]);
                }
                part.rows += features.rows();
            }
            return List.of(part).iterator();
        }

        /** The sums of the products of each two centered columns over a part, d x d. */
        static Iterator<PartialMoments> ofProducts(Iterator<FeatureBlock> blocks, double[] mean) {
            BlasCheck.requireSound();
            PartialMoments part = new PartialMoments(Math.multiplyExact(mean.length, mean.length));
            while (blocks.hasNext()) {
                FeatureMatrix features = blocks.next().features();
                double[] block = TaskThread.run(() -> Moments.covariance(features, mean));
                for (int at = 0; at < block.length; at++) {
                    part.sums.add(at, block[at] * features.rows());
                }
                part.rows += features.rows();
            }
            return List.of(part).iterator();
        }

        /** The sums over two parts together; the first is changed. */
        static PartialMoments sum(PartialMoments some, PartialMoments others) {
            some.sums.addAll(others.sums);
            some.rows += others.rows;
            return some;
        }
    }
}
