package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A split that samples queries from all vectors, regardless of labels. The others form the database; it contains
 * the training vectors unless {@code trainingRows} excludes them.
 *
 * <p>Queries are drawn from the stream "split", training rows among those that are a query of no seed from the stream
 * "split/training". Within each part the rows are then in ascending order.
 *
 * @param queries number of queries
 * @param training number of labeled training vectors
 * @param trainingRows whether the training vectors are in the database; null means they are
 * @param duplicates treatment of vectors that are duplicates of each other; null keeps them
 */
public record RandomSplit(
        @Range(least = 1) int queries,
        @Range(least = 1) int training,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainingRows trainingRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DuplicateRule duplicates)
        implements SplitRule {
    public RandomSplit {
        Ranges.check(RandomSplit.class, queries, training, trainingRows, duplicates);
        duplicates = duplicates == DuplicateRule.KEEP ? null : duplicates;
        trainingRows = TrainingRows.unlessInDatabase(trainingRows);
    }

    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        int rows = labels.size();
        if (queries >= rows) {
            throw new InputException("the split needs more than " + queries + " vectors, as its " + queries
                    + " queries are not searched; the data have " + rows + ", so lower split.queries or add vectors");
        }
        return LabelSample.draw(IntStream.range(0, rows).toArray(), queries, streams.stream(QUERY_STREAM));
    }

    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        int rows = labels.size();
        int[] trained =
                LabelSample.training(LabelSample.without(rows, reserved), training, streams.stream(TRAINING_STREAM));
        int[] others = LabelSample.without(rows, LabelSample.setOf(query));
        return Split.of(rows, trained, query, TrainingRows.database(trainingRows, others, trained));
    }

    @Override
    public Labels truth(Labels labels) {
        return labels;
    }

    @Override
    public boolean allows(boolean labelSets) {
        return true;
    }
}
