package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.OtherQueriesSplit;
import io.github.linfhash.protocols.split.RandomSplit;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.neighbors.NeighborCache.NeighborSearch;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import org.jspecify.annotations.Nullable;

/**
 * The features of all rows of a data set, before any split.
 *
 * @param raw features as extracted or given, n x d, rows in the order of the files
 * @param mirrored features of the same images mirrored left to right, row for row, or null where the protocol does not
 *     add them to training
 * @param labels all labels of each row
 * @param dataset what the rows are
 * @param features what the features are
 * @param search finds the exact neighbors of rows, where a protocol speaks of any
 * @param searchable how many rows may be searched and trained on; those after them are of the data set that queries are from
 */
public record FeatureData(
        FeatureMatrix raw,
        @Nullable FeatureMatrix mirrored,
        Labels labels,
        DatasetSummary dataset,
        FeatureSummary features,
        NeighborSearch search,
        int searchable) {
    /** The labels of each row that a protocol goes by. */
    public Labels truth(Protocol protocol) {
        return protocol.split().truth(labels);
    }

    /** The labels that methods learn from: those of some rows, in runs as in the search of options. */
    public Labels trainingLabels(Protocol protocol, int[] rows) {
        return truth(protocol).select(rows);
    }

    /**
     * The splits of a protocol.
     *
     * @throws io.github.linfhash.core.errors.InputException if the labels are of another kind than its rule needs, or do not
     *     suffice
     */
    public Splits splits(Protocol protocol) {
        return Splits.of(rule(protocol, labels.size(), searchable), protocol.seeds(), raw, labels);
    }

    /** The rule that draws a protocol's splits: its own, or what data.queries makes of it. */
    static SplitRule rule(Protocol protocol, int rows, int searchable) {
        return searchable < rows && protocol.split() instanceof RandomSplit split
                ? new OtherQueriesSplit(split, searchable)
                : protocol.split();
    }
}
