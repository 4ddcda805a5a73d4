package io.github.linfhash.protocols.split;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.duplicates.DuplicateRows;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The splits of a data set, one for each seed of a protocol: as its rule draws them, after what the rule does about duplicates.
 *
 * <p>A row that is a query of any of these seeds is a training row of none. So options that were chosen on the training rows of
 * one seed serve all seeds, and the labels of a task of several seeds, taken together, are those of no query.
 */
public final class Splits {
    private final SplitRule rule;
    private final List<Long> seeds;
    private final Labels labels;
    /** Null where duplicates are kept. */
    private final @Nullable DuplicateRows duplicates;
    /** The rows that the rule draws among; null for all. */
    private final int @Nullable [] firsts;

    private final Labels drawn;
    /** The queries of all seeds, by their places among what the rule draws from. */
    private final BitSet reserved = new BitSet();

    private Splits(SplitRule rule, List<Long> seeds, Labels labels, @Nullable DuplicateRows duplicates) {
        this.rule = rule;
        this.seeds = List.copyOf(seeds);
        this.labels = labels;
        this.duplicates = duplicates;
        if (rule.duplicateRule() == DuplicateRule.GROUP && duplicates != null) {
            int[] groups = duplicates.groups();
            this.firsts = IntStream.range(0, groups.length)
                    .filter(row -> groups[row] == row)
                    .toArray();
            // The labels that count are those of all rows, however many are duplicates.
            this.drawn = rule.truth(labels).select(firsts);
        } else {
            this.firsts = null;
            this.drawn = labels;
        }
        for (long seed : this.seeds) {
            Arrays.stream(rule.queries(drawn, new RandomStreams(seed))).forEach(reserved::set);
        }
    }

    /**
     * The splits of a rule.
     *
     * @param seeds all seeds of the protocol
     * @param raw features of all rows, where duplicates are looked for if the rule does something about them
     * @param labels all labels of each row
     * @throws InputException if the labels are of another kind than the rule needs, or do not suffice for the queries
     */
    public static Splits of(SplitRule rule, List<Long> seeds, FeatureMatrix raw, Labels labels) {
        return new Splits(
                rule, seeds, labels, rule.duplicateRule() == DuplicateRule.KEEP ? null : DuplicateRows.of(raw));
    }

    /** Returns the splits of a rule, with duplicates that are already known. */
    public static Splits of(SplitRule rule, List<Long> seeds, DuplicateRows duplicates, Labels labels) {
        return new Splits(rule, seeds, labels, rule.duplicateRule() == DuplicateRule.KEEP ? null : duplicates);
    }

    /** Returns the splits of a rule with duplicates kept, whatever the rule does about them. */
    public static Splits keepingDuplicates(SplitRule rule, List<Long> seeds, Labels labels) {
        return new Splits(rule, seeds, labels, null);
    }

    /**
     * Draws the split of a seed.
     *
     * @throws InputException if the seed is none of the protocol's, or the rows do not suffice
     */
    public Split draw(long seed) {
        requireSeed(seeds, seed);
        return drawForTuning(seed);
    }

    /**
     * Draws the split of any seed, to tune on. No training vector is a query of this seed or one of the protocol.
     *
     * @throws InputException if the rows do not suffice
     */
    public Split drawForTuning(long seed) {
        RandomStreams streams = new RandomStreams(seed);
        int[] queries = rule.queries(drawn, streams);
        BitSet taken = (BitSet) reserved.clone();
        Arrays.stream(queries).forEach(taken::set);
        Split split = rule.split(drawn, queries, taken, streams);
        if (duplicates == null) {
            return split;
        }
        return firsts == null
                ? withoutDuplicates(split, duplicates)
                : withDuplicates(split, firsts, duplicates.groups());
    }

    /**
     * Draws the split of each seed of the protocol.
     *
     * @throws InputException if the rows do not suffice
     */
    public Map<Long, Split> all() {
        Map<Long, Split> all = new LinkedHashMap<>();
        seeds.forEach(seed -> all.put(seed, draw(seed)));
        return all;
    }

    /**
     * Requires that a seed is one of a protocol's.
     *
     * @throws InputException if it is not
     */
    public static void requireSeed(List<Long> ofProtocol, long seed) {
        if (!ofProtocol.contains(seed)) {
            throw new InputException("Seeds: expected seeds of the protocol, " + ofProtocol + ", found " + seed
                    + "; for other seeds, copy the protocol's file and change 'seeds' there");
        }
    }

    private Split withoutDuplicates(Split split, DuplicateRows known) {
        Set<Integer> ofQueries = new HashSet<>(
                known.between(split.query(), split.searchableOrTraining()).rows());
        Set<Integer> ofReserved = new HashSet<>(
                known.between(reserved.stream().toArray(), split.training()).rows());
        int[] training = Arrays.stream(split.training())
                .filter(row -> !ofReserved.contains(row))
                .toArray();
        int[] database = Arrays.stream(split.database())
                .filter(row -> !ofQueries.contains(row))
                .toArray();
        if (training.length == 0 || database.length == 0) {
            throw new InputException("split.duplicates: expected training and database vectors"
                    + " that are not duplicates of queries, found "
                    + training.length + " and " + database.length + "; try 'group' instead of 'drop'");
        }
        return Split.of(split.rows(), training, split.query(), database);
    }

    /** The split of rows drawn among the first of each group; the other rows of a group in the database are there, too. */
    private Split withDuplicates(Split split, int[] places, int[] groups) {
        Labels truth = rule.truth(labels);
        BitSet searched = new BitSet(groups.length);
        Arrays.stream(split.database()).forEach(place -> searched.set(places[place]));
        int[] database = IntStream.range(0, groups.length)
                .filter(row -> searched.get(groups[row]) && hasPart(truth, row))
                .toArray();
        return Split.of(groups.length, rows(places, split.training()), rows(places, split.query()), database);
    }

    private static int[] rows(int[] firsts, int[] places) {
        return Arrays.stream(places).map(place -> firsts[place]).toArray();
    }

    /** Rows without any label that counts have no part in a split. */
    private static boolean hasPart(Labels truth, int row) {
        return !(truth instanceof LabelSets sets) || sets.count(row) > 0;
    }
}
