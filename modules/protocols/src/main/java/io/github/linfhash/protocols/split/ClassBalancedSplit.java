package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.StratifiedSample;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * A split that draws equally many queries and equally many training images from each class.
 *
 * <p>Drawn from the stream "split": for each class in ascending order, {@link StratifiedSample} draws {@code
 * queriesPerClass + trainingPerClass} of its rows; the first are queries, the rest is for training. Within each part the
 * rows are then in ascending order.
 *
 * @param queriesPerClass at least 1
 * @param trainingPerClass at least 1
 * @param trainingRows whether the training images are in the database
 * @param duplicates what becomes of rows that are duplicates of each other; null keeps them
 */
public record ClassBalancedSplit(
        int queriesPerClass,
        int trainingPerClass,
        TrainingRows trainingRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DuplicateRule duplicates)
        implements SplitRule {
    public ClassBalancedSplit {
        if (queriesPerClass < 1 || trainingPerClass < 1) {
            throw new InputException("the split needs queries and training images of each class: expected at least 1 "
                    + "of each, found " + queriesPerClass + " and " + trainingPerClass);
        }
        // So that a file which says what is so anyway has the same rules as one that does not.
        duplicates = duplicates == DuplicateRule.KEEP ? null : duplicates;
    }

    /** The same with duplicates kept. */
    public ClassBalancedSplit(int queriesPerClass, int trainingPerClass, TrainingRows trainingRows) {
        this(queriesPerClass, trainingPerClass, trainingRows, null);
    }

    /**
     * Draws a split.
     *
     * @throws InputException if a class has too few images, or nothing is left for the database
     */
    @Override
    public Split draw(Labels labels, RandomStreams streams) {
        UniformRandomProvider random = streams.stream(STREAM);
        List<int[]> samples = StratifiedSample.draw(truth(labels), queriesPerClass + trainingPerClass, random);
        int[] query = StratifiedSample.ascending(samples, 0, queriesPerClass);
        int[] training = StratifiedSample.ascending(samples, queriesPerClass, queriesPerClass + trainingPerClass);
        BitSet queries = new BitSet();
        Arrays.stream(query).forEach(queries::set);
        int[] others = IntStream.range(0, labels.size())
                .filter(row -> !queries.get(row))
                .toArray();
        return Split.of(labels.size(), training, query, TrainingRows.database(trainingRows, others, training));
    }

    @Override
    public ClassLabels truth(Labels labels) {
        return LabelSample.classes(labels, "class-balanced");
    }

    @Override
    public DuplicateRule duplicateRule() {
        return duplicates == null ? DuplicateRule.KEEP : duplicates;
    }

    @Override
    public boolean allows(boolean labelSets) {
        return !labelSets;
    }
}
