package io.github.linfhash.experiment.draft;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.DuplicateFacts;
import io.github.linfhash.protocols.split.ClassBalancedSplit;
import io.github.linfhash.protocols.split.DuplicateRule;
import io.github.linfhash.protocols.split.LabelBalancedSplit;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.protocols.split.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A split that the data allow under every seed, as near to the paper's as they do.
 *
 * @param rule how rows are drawn
 * @param why what is known of the classes or labels, and how the counts follow from it; sentences for people
 * @param training labeled training rows of each split
 * @param database rows of the database of each split
 */
record SplitDraft(SplitRule rule, List<String> why, int training, int database) {
    /** As in Table 2 of the paper: 100 queries and 200 training rows of each class. */
    private static final int MOST_QUERIES = 100;

    private static final int MOST_TRAINING_PER_CLASS = 200;
    private static final int MOST_QUERIES_IN_ALL = 2000;
    private static final int MOST_TRAINING_IN_ALL = 5000;
    private static final int MOST_TRAINING_OF_SETS = 2000;
    /** As many as the paper takes of NUS-WIDE. */
    private static final int MOST_LABELS = 21;

    private static final int FEWEST_ROWS_OF_A_LABEL = 10;

    /**
     * Drafts a split.
     *
     * @throws InputException if the data do not allow any
     */
    static SplitDraft of(DataSketch data, List<Long> seeds) {
        SplitDraft kept = of(data, data.labels(), DuplicateRule.KEEP, seeds);
        Labels distinct = data.distinctLabels();
        if (distinct.size() == data.rows()) {
            return kept.saying("No row is an exact or near duplicate of another.");
        }
        String found = "Duplicates: " + DuplicateFacts.groups(data.duplicates()) + "; with 'keep', "
                + DuplicateFacts.of(kept.rule(), data.duplicates(), data.labels(), seeds) + ".";
        try {
            return of(data, distinct, DuplicateRule.GROUP, seeds)
                    .saying(found
                            + " 'group' takes each group for one row: all of it is on one side; 'drop' leaves out of the"
                            + " database what is a duplicate of a query.");
        } catch (InputException e) {
            return kept.saying(
                    found + " They are kept, as without them there are too few rows: " + e.getMessage() + ".");
        }
    }

    private SplitDraft saying(String sentence) {
        List<String> more = new ArrayList<>(why);
        more.add(sentence);
        return new SplitDraft(rule, more, training, database);
    }

    /** Drafts a split with the counts that some rows allow: all of them, or one of each group of duplicates. */
    private static SplitDraft of(DataSketch data, Labels rows, DuplicateRule duplicates, List<Long> seeds) {
        return data.hasClasses()
                ? ofClasses(data, (ClassLabels) rows, duplicates, seeds)
                : ofSets(data, (LabelSets) rows, duplicates, seeds);
    }

    private static SplitDraft ofClasses(
            DataSketch data, ClassLabels labels, DuplicateRule duplicates, List<Long> seeds) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int label : labels.toArray()) {
            sizes.merge(label, 1, Integer::sum);
        }
        Map.Entry<Integer, Integer> smallest = Collections.min(sizes.entrySet(), Map.Entry.comparingByValue());
        int least = smallest.getValue();
        String name = data.nameOf(smallest.getKey());
        if (sizes.size() < 2 || least < 2) {
            throw new InputException("the labels allow no comparison: expected at least 2 classes of at least 2 rows "
                    + "each, found " + sizes.size() + ", the smallest of which, " + name + ", has " + least);
        }
        int queries = within(1, least / 6, Math.min(MOST_QUERIES, MOST_QUERIES_IN_ALL / sizes.size()));
        int training = within(
                Math.min(2, least - queries),
                Math.min(least / 3, fewestFree(labels, queries, seeds)),
                Math.min(MOST_TRAINING_PER_CLASS, MOST_TRAINING_IN_ALL / sizes.size()));
        List<String> why = List.of(
                sizes.size() + " classes of " + least + " (" + name + ") to " + Collections.max(sizes.values())
                        + rows(duplicates) + ".",
                "A sixth of the smallest class are queries and a third is for training, but at most " + MOST_QUERIES
                        + " and " + MOST_TRAINING_PER_CLASS + " of each class, and " + MOST_QUERIES_IN_ALL + " and "
                        + MOST_TRAINING_IN_ALL + " in all; and no more for training than are a query of no seed.");
        return drawn(new ClassBalancedSplit(queries, training, TrainingRows.IN_DATABASE, duplicates), data, why, seeds);
    }

    /** Of each class, the rows that are a query of no seed: how many there are at least. */
    private static int fewestFree(ClassLabels labels, int queries, List<Long> seeds) {
        SplitRule rule = new ClassBalancedSplit(queries, 1, TrainingRows.IN_DATABASE);
        Set<Integer> ofAnySeed = queries(rule, labels, seeds);
        Map<Integer, Integer> free = new TreeMap<>();
        for (int row = 0; row < labels.size(); row++) {
            free.merge(labels.get(row), ofAnySeed.contains(row) ? 0 : 1, Integer::sum);
        }
        return Collections.min(free.values());
    }

    private static Set<Integer> queries(SplitRule rule, Labels labels, List<Long> seeds) {
        return seeds.stream()
                .flatMap(seed -> Arrays.stream(rule.queries(labels, new RandomStreams(seed)))
                        .boxed())
                .collect(Collectors.toSet());
    }

    private static String rows(DuplicateRule duplicates) {
        return duplicates == DuplicateRule.GROUP ? " different rows" : " rows";
    }

    private static int within(int least, int wanted, int most) {
        return Math.max(least, Math.min(wanted, most));
    }

    private static SplitDraft ofSets(DataSketch data, LabelSets labels, DuplicateRule duplicates, List<Long> seeds) {
        int[] counts = labels.counts();
        int[] frequent = IntStream.range(0, counts.length)
                .filter(label -> counts[label] >= FEWEST_ROWS_OF_A_LABEL)
                .boxed()
                .sorted((a, b) -> Integer.compare(counts[b], counts[a]))
                .limit(MOST_LABELS)
                .mapToInt(Integer::intValue)
                .toArray();
        if (frequent.length < 2) {
            throw new InputException("the labels allow no comparison: expected at least 2 labels of at least "
                    + FEWEST_ROWS_OF_A_LABEL + " rows each, found " + frequent.length);
        }
        int rarest = frequent[frequent.length - 1];
        List<String> why = List.of(
                counts.length + " labels, of which the " + frequent.length + " most frequent count: from "
                        + counts[frequent[0]] + " (" + data.nameOf(frequent[0]) + ") to " + counts[rarest] + " ("
                        + data.nameOf(rarest) + ")" + rows(duplicates) + ".",
                "A quarter of the rarest of them are its queries, but at most " + MOST_QUERIES
                        + " for each label and a tenth of all rows, and fewer where labels would run out of rows; no row"
                        + " is a query twice.");
        int queries = within(1, counts[rarest] / 4, Math.min(MOST_QUERIES, labels.size() / 10 / frequent.length));
        while (queries > 0) {
            try {
                return ofSets(data, labels.size(), frequent.length, queries, why, duplicates, seeds);
            } catch (InputException e) {
                if (queries == 1) {
                    throw e;
                }
                queries /= 2;
            }
        }
        throw new IllegalStateException("the loop ends by a draft or an exception");
    }

    private static SplitDraft ofSets(
            DataSketch data,
            int rows,
            int labels,
            int queries,
            List<String> why,
            DuplicateRule duplicates,
            List<Long> seeds) {
        int database = drawn(new LabelBalancedSplit(labels, queries, 1, null, duplicates), data, why, seeds)
                .database();
        // Of groups of duplicates, one row each can be trained on.
        int ofOtherSeeds = (seeds.size() - 1) * queries * labels;
        int most = Math.max(1, database - (data.rows() - rows) - ofOtherSeeds);
        int training = within(1, most / 2, MOST_TRAINING_OF_SETS);
        return drawn(new LabelBalancedSplit(labels, queries, training, null, duplicates), data, why, seeds);
    }

    /** The draft, once it is known that each seed has such a split. */
    private static SplitDraft drawn(SplitRule rule, DataSketch data, List<String> why, List<Long> seeds) {
        int training = 0;
        int database = 0;
        Splits splits = Splits.of(rule, seeds, data.duplicates(), data.labels());
        for (long seed : seeds) {
            Split split = splits.draw(seed);
            training = split.training().length;
            database = split.database().length;
        }
        return new SplitDraft(rule, why, training, database);
    }
}
