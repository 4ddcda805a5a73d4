package io.github.linfhash.spark.recall;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.PackedVectors;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Encodes blocks by a broadcast quantizer, and estimates the distances of queries to their codes.
 *
 * @param queryVectors prepared
 * @param name names the database for messages
 */
record BlockEstimates(
        Broadcast<PortableQuantizer> quantizer,
        Broadcast<PackedVectors> queryVectors,
        Similarity similarity,
        String name)
        implements Serializable {
    /** The distances to the codes of a block's rows; a row's code does not depend on the others. */
    Quantizer.Estimates of(FeatureBlock block) {
        FeatureMatrix queries = queryVectors.value().toMatrix();
        FeatureMatrix vectors = block.prepared(similarity, name);
        return TaskThread.run(() -> quantizer.value().encode(vectors).estimates(queries));
    }
}
