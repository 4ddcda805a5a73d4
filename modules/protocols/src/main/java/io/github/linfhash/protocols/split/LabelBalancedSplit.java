package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * A split for label sets that samples equally many queries for each of the most frequent labels.
 *
 * <p>Queries are drawn from the stream "split". The labels take turns from the rarest to the most frequent, so that common labels do
 * not use up the rows of rare ones; each draws {@code queriesPerLabel} of the rows that carry it and are no query yet.
 * No row is a query twice. The database is every other row that carries at least one of the labels; rows with none of
 * them have no part. Of the rows of the database that are a query of no seed, {@code training} are drawn from the stream
 * "split/training" as labeled training rows: the same for all methods that learn from labels, which form their pairs among
 * them; they stay there unless {@code trainingRows} says that the database is without them. All parts are in ascending
 * order.
 *
 * @param mostFrequent number of labels that are used, the most frequent ones; all labels if it is left out
 * @param queriesPerLabel number of queries of each label
 * @param training number of labeled training vectors
 * @param trainingRows whether the training vectors are in the database; null means they are
 * @param duplicates treatment of vectors that are duplicates of each other; null keeps them
 */
public record LabelBalancedSplit(
        @Range(least = 1) @Nullable Integer mostFrequent,
        @Range(least = 1) int queriesPerLabel,
        @Range(least = 1) int training,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainingRows trainingRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DuplicateRule duplicates)
        implements SplitRule {
    public LabelBalancedSplit {
        Ranges.check(LabelBalancedSplit.class, mostFrequent, queriesPerLabel, training, trainingRows, duplicates);
        // So that a file which says what is so anyway has the same rules as one that does not.
        duplicates = duplicates == DuplicateRule.KEEP ? null : duplicates;
        trainingRows = TrainingRows.unlessInDatabase(trainingRows);
    }

    @Override
    public LabelSets truth(Labels labels) {
        LabelSets sets = LabelSample.sets(labels, "label-balanced");
        return LabelSample.mostFrequent(sets, mostFrequent == null ? sets.labels() : mostFrequent);
    }

    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        return queries(truth(labels), streams.stream(QUERY_STREAM)).stream().toArray();
    }

    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        LabelSets truth = truth(labels);
        BitSet queries = LabelSample.setOf(query);
        int[] database = IntStream.range(0, truth.size())
                .filter(row -> truth.count(row) > 0 && !queries.get(row))
                .toArray();
        int[] free = Arrays.stream(database).filter(row -> !reserved.get(row)).toArray();
        int[] trained = LabelSample.training(free, training, streams.stream(TRAINING_STREAM));
        return Split.of(truth.size(), trained, query, TrainingRows.database(trainingRows, database, trained));
    }

    /** {@link LabelSample#mostFrequent} orders labels from the most frequent on, so turns are taken from the end. */
    private BitSet queries(LabelSets truth, UniformRandomProvider random) {
        BitSet queries = new BitSet(truth.size());
        for (int label = truth.labels() - 1; label >= 0; label--) {
            int[] free = Arrays.stream(LabelSample.carrying(truth, label))
                    .filter(row -> !queries.get(row))
                    .toArray();
            if (free.length < queriesPerLabel) {
                throw new InputException("the label at place " + (label + 1) + " of " + truth.labels()
                        + " by frequency has too few rows: expected at least " + queriesPerLabel
                        + " that are no query of another label, found " + free.length);
            }
            Arrays.stream(LabelSample.draw(free, queriesPerLabel, random)).forEach(queries::set);
        }
        return queries;
    }

    @Override
    public boolean allows(boolean labelSets) {
        return labelSets;
    }
}
