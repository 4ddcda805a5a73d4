package io.github.linfhash.spark.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.PackedCodes;
import io.github.linfhash.spark.blocks.PackedLabels;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Counts a part of the database for all queries, block by block: what a task of an evaluation does. */
record PartScan(Broadcast<PackedCodes> queryCodes, Broadcast<PackedLabels> queryLabels) implements Serializable {
    /** One set of histograms, or none where the part is empty. */
    Iterator<PartialHistograms> scan(Iterator<CodeBlock> blocks) {
        BinaryCodes queries = queryCodes.value().toCodes();
        Labels truth = queryLabels.value().toLabels();
        @Nullable DistanceHistograms sum = null;
        while (blocks.hasNext()) {
            CodeBlock block = blocks.next();
            Relevance relevance = Relevance.bySimilarLabels(truth, Objects.requireNonNull(block.labels()));
            DistanceHistograms counts = TaskThread.run(() -> HammingScan.scan(queries, block.codes(), relevance));
            sum = sum == null ? counts : sum.plus(counts);
        }
        return sum == null
                ? List.<PartialHistograms>of().iterator()
                : List.of(new PartialHistograms(sum)).iterator();
    }
}
