package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of features or codes with the files that have its rows' labels.
 *
 * @param labels those with a label of one of its rows at least, in order; none if there are no labels
 */
record LabeledShard(Shard data, List<Shard> labels) implements Serializable {
    /**
     * Finds the labels of each file; labels may be cut into files in another way.
     *
     * @throws InputException if there is not a label for each row
     */
    static List<LabeledShard> pair(ShardFolder data, @Nullable ShardFolder labels) {
        if (labels == null) {
            return data.shards().stream()
                    .map(shard -> new LabeledShard(shard, List.of()))
                    .toList();
        }
        if (labels.rows() != data.rows()) {
            throw new InputException(labels.path() + ": expected labels for the " + data.rows() + " rows of "
                    + data.path() + ", found " + labels.rows());
        }
        return data.shards().stream()
                .map(shard -> new LabeledShard(
                        shard, labels.shards().stream().filter(shard::overlaps).toList()))
                .toList();
    }
}
