package io.github.linfhash.spark.encoding;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.FeatureBlock;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Encodes blocks by a broadcast model.
 *
 * @param name names the vectors for messages
 */
public record BlockEncoding(Broadcast<BroadcastModel> broadcast, String name) implements Serializable {
    /** The codes of a block's rows. */
    public CodeBlock encode(FeatureBlock block) {
        return new CodeBlock(block.ids(), encode(block.features()), block.labels());
    }

    /** The codes of some rows; a row's code does not depend on the others. */
    public BinaryCodes encode(FeatureMatrix rows) {
        TrainedModel model = broadcast.value().model();
        return TaskThread.run(() -> model.encode(rows, name));
    }
}
