package io.github.linfhash.protocols.split;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.duplicates.DuplicateRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** The splits of a data set, one for each seed: as its rule draws them, after what the rule does about duplicates. */
public final class Splits {
    private final Drawing drawing;

    private Splits(Drawing drawing) {
        this.drawing = drawing;
    }

    @FunctionalInterface
    private interface Drawing {
        Split draw(RandomStreams streams);
    }

    /**
     * The splits of a rule.
     *
     * @param raw features of all rows, where duplicates are looked for if the rule does something about them
     * @param labels all labels of each row
     */
    public static Splits of(SplitRule rule, FeatureMatrix raw, Labels labels) {
        return rule.duplicateRule() == DuplicateRule.KEEP
                ? new Splits(streams -> rule.draw(labels, streams))
                : of(rule, DuplicateRows.of(raw), labels);
    }

    /** The same with duplicates that are known. */
    public static Splits of(SplitRule rule, DuplicateRows duplicates, Labels labels) {
        return switch (rule.duplicateRule()) {
            case KEEP -> new Splits(streams -> rule.draw(labels, streams));
            case DROP -> new Splits(streams -> withoutDuplicates(rule.draw(labels, streams), duplicates));
            case GROUP -> grouped(rule, duplicates.groups(), labels);
        };
    }

    /**
     * Draws the split of a seed.
     *
     * @throws InputException if the labels are of another kind than the rule needs, or the rows do not suffice
     */
    public Split draw(long seed) {
        return drawing.draw(new RandomStreams(seed));
    }

    private static Split withoutDuplicates(Split split, DuplicateRows duplicates) {
        Set<Integer> shared = new HashSet<>(
                duplicates.between(split.query(), split.searchableOrTraining()).rows());
        int[] training = Arrays.stream(split.training())
                .filter(row -> !shared.contains(row))
                .toArray();
        int[] database = Arrays.stream(split.database())
                .filter(row -> !shared.contains(row))
                .toArray();
        if (training.length == 0 || database.length == 0) {
            throw new InputException("split.duplicates: expected with drop rows to train on and a database that are no "
                    + "duplicates of queries, found " + training.length + " and " + database.length
                    + "; group draws among groups of duplicates");
        }
        return Split.of(split.rows(), training, split.query(), database);
    }

    /** Draws among the first rows of the groups; the other rows of a group in the database are there, too. */
    private static Splits grouped(SplitRule rule, int[] groups, Labels labels) {
        int[] firsts = IntStream.range(0, groups.length)
                .filter(row -> groups[row] == row)
                .toArray();
        // The labels that count are those of all rows, however many are duplicates.
        Labels truth = rule.truth(labels);
        Labels drawn = truth.select(firsts);
        return new Splits(streams -> {
            Split split = rule.draw(drawn, streams);
            BitSet searched = new BitSet(groups.length);
            Arrays.stream(split.database()).forEach(place -> searched.set(firsts[place]));
            int[] database = IntStream.range(0, groups.length)
                    .filter(row -> searched.get(groups[row]) && hasPart(truth, row))
                    .toArray();
            return Split.of(groups.length, rows(firsts, split.training()), rows(firsts, split.query()), database);
        });
    }

    private static int[] rows(int[] firsts, int[] places) {
        return Arrays.stream(places).map(place -> firsts[place]).toArray();
    }

    /** Rows without any label that counts have no part in a split. */
    private static boolean hasPart(Labels truth, int row) {
        return !(truth instanceof LabelSets sets) || sets.count(row) > 0;
    }
}
