package io.github.linfhash.protocols.split;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A rule for rows of two data sets, one after the other: queries are drawn from those of the second, and everything else from those of
 * the first. No protocol names it; the key {@code data.queries} makes it of the protocol's own rule.
 *
 * @param rule draws within each of the data sets
 * @param searched how many rows the first data set has
 */
public record OtherQueriesSplit(RandomSplit rule, int searched) implements SplitRule {
    @Override
    public int[] queries(Labels labels, RandomStreams streams) {
        int[] drawn = rule.queries(labels.select(rows(searched, labels.size())), streams);
        return Arrays.stream(drawn).map(row -> searched + row).toArray();
    }

    /** No row of the first data set is a query, so that none is reserved. */
    @Override
    public Split split(Labels labels, int[] query, BitSet reserved, RandomStreams streams) {
        Split own = rule.split(labels.select(rows(0, searched)), new int[0], new BitSet(), streams);
        return Split.of(labels.size(), own.training(), query, own.database());
    }

    private static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    @Override
    public @Nullable DuplicateRule duplicates() {
        return rule.duplicates();
    }

    @Override
    public Labels truth(Labels labels) {
        return rule.truth(labels);
    }

    @Override
    public boolean allows(boolean labelSets) {
        return rule.allows(labelSets);
    }
}
