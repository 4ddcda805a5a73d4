package io.github.linfhash.protocols.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.protocols.split.SplitRule.TrainingRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * A split whose queries stay in the database, so that each finds itself. Under this interpretation, results that
 * Table 3 of Wang et al. (IJCAI 2016) takes from earlier work saturate.
 *
 * <p>Queries are drawn from the stream "split". For each label of the data set in its order, {@code queriesPerLabel} different rows
 * that carry it are queries, or all of them where there are fewer; a row that carries several labels may be drawn for
 * more than one and is then several queries. The database is all rows. The labeled training rows are drawn from the stream
 * "split/training", from the rows that carry at least one of the most frequent labels and are a query of no seed. Relevance knows the most frequent
 * labels alone, so that a query with none of them has nothing relevant, not even itself.
 *
 * @param mostFrequent number of labels that define relevance: the most frequent ones
 * @param queriesPerLabel number of queries of each label
 * @param training number of labeled training vectors
 * @param trainingRows whether the training vectors are in the database; null means they are
 */
public record CopiedQueriesSplit(
        @Range(least = 1) int mostFrequent,
        @Range(least = 1) int queriesPerLabel,
        @Range(least = 1) int training,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainingRows trainingRows)
        implements SplitRule {
    public CopiedQueriesSplit {
        Ranges.check(CopiedQueriesSplit.class, mostFrequent, queriesPerLabel, training, trainingRows);
        trainingRows = TrainingRows.unlessInDatabase(trainingRows);
    }

    @Override
    public LabelSets truth(Labels labels) {
        return LabelSample.mostFrequent(LabelSample.sets(labels, "copied-queries"), mostFrequent);
    }

    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        LabelSets all = LabelSample.sets(labels, "copied-queries");
        UniformRandomProvider random = streams.stream(QUERY_STREAM);
        int[] queries = IntStream.range(0, all.labels())
                .flatMap(label ->
                        Arrays.stream(LabelSample.draw(LabelSample.carrying(all, label), queriesPerLabel, random)))
                .toArray();
        if (queries.length == 0) {
            throw new InputException("the split has no queries: expected a row that carries a label, found none");
        }
        return queries;
    }

    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        LabelSets truth = truth(labels);
        int[] free = IntStream.range(0, truth.size())
                .filter(row -> truth.count(row) > 0 && !reserved.get(row))
                .toArray();
        int[] trained = LabelSample.training(free, training, streams.stream(TRAINING_STREAM));
        int[] rows = IntStream.range(0, truth.size()).toArray();
        return Split.keepingQueries(truth.size(), trained, query, TrainingRows.database(trainingRows, rows, trained));
    }

    @Override
    public boolean allows(boolean labelSets) {
        return labelSets;
    }

    @Override
    public boolean keepsQueries() {
        return true;
    }
}
