package io.github.linfhash.spark.shards;

import io.github.linfhash.core.errors.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of features or codes with the file that has its rows' labels, if there is one.
 *
 * @param labels has as many rows
 */
record LabelledShard(Shard data, @Nullable Shard labels) implements Serializable {
    /**
     * Pairs the files of two folders in their order.
     *
     * @throws InputException if they do not have the same numbers of rows, file by file
     */
    static List<LabelledShard> pair(ShardFolder data, @Nullable ShardFolder labels) {
        if (labels == null) {
            return data.shards().stream()
                    .map(shard -> new LabelledShard(shard, null))
                    .toList();
        }
        if (labels.shards().size() != data.shards().size()) {
            throw new InputException(labels.path() + ": expected a file for each of the "
                    + data.shards().size() + " of " + data.path() + ", found "
                    + labels.shards().size());
        }
        List<LabelledShard> pairs = new ArrayList<>();
        for (int i = 0; i < data.shards().size(); i++) {
            Shard rows = data.shards().get(i);
            Shard truth = labels.shards().get(i);
            if (rows.rows() != truth.rows()) {
                throw new InputException(truth.file() + ": expected labels for the " + rows.rows() + " rows of "
                        + rows.file() + ", found " + truth.rows());
            }
            pairs.add(new LabelledShard(rows, truth));
        }
        return pairs;
    }
}
