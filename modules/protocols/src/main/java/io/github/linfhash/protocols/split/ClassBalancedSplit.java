package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.StratifiedSample;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A split that samples equally many queries and equally many training images from each class.
 *
 * <p>{@link StratifiedSample} draws {@code queriesPerClass} rows of each class from the stream "split", and {@code
 * trainingPerClass} of those that are a query of no seed from the stream "split/training". Within each part the rows are
 * then in ascending order.
 *
 * @param queriesPerClass number of queries of each class
 * @param trainingPerClass number of labeled training vectors of each class
 * @param trainingRows whether the training vectors are in the database
 * @param duplicates treatment of vectors that are duplicates of each other; null keeps them
 */
public record ClassBalancedSplit(
        @Range(least = 1) int queriesPerClass,
        @Range(least = 1) int trainingPerClass,
        TrainingRows trainingRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DuplicateRule duplicates)
        implements SplitRule {
    public ClassBalancedSplit {
        Ranges.check(ClassBalancedSplit.class, queriesPerClass, trainingPerClass, trainingRows, duplicates);
        // So that a file which says what is so anyway has the same rules as one that does not.
        duplicates = duplicates == DuplicateRule.KEEP ? null : duplicates;
    }

    /** Makes a rule that keeps duplicates. */
    public ClassBalancedSplit(int queriesPerClass, int trainingPerClass, TrainingRows trainingRows) {
        this(queriesPerClass, trainingPerClass, trainingRows, null);
    }

    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        List<int[]> samples = StratifiedSample.draw(truth(labels), queriesPerClass, streams.stream(QUERY_STREAM));
        return StratifiedSample.ascending(samples, 0, queriesPerClass);
    }

    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        int[] training = LabelSample.trainingOfEachClass(
                truth(labels),
                IntStream.range(0, labels.size()).toArray(),
                reserved,
                trainingPerClass,
                streams.stream(TRAINING_STREAM));
        int[] others = LabelSample.without(labels.size(), LabelSample.setOf(query));
        return Split.of(labels.size(), training, query, TrainingRows.database(trainingRows, others, training));
    }

    @Override
    public ClassLabels truth(Labels labels) {
        return LabelSample.classes(labels, "class-balanced");
    }

    @Override
    public boolean allows(boolean labelSets) {
        return !labelSets;
    }
}
