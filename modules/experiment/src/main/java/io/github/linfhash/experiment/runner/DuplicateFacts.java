package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.data.duplicates.DuplicateRows;
import io.github.linfhash.data.duplicates.DuplicateRows.Overlap;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The facts about duplicates between the queries and the database of a protocol. */
public final class DuplicateFacts {
    private DuplicateFacts() {}

    /**
     * A sentence that counts duplicates for each of some seeds, and says what the rule does about them.
     *
     * @param duplicates of all rows, by their features before any preprocessing
     * @param labels all labels of each row
     * @param seeds the seeds whose splits are looked at
     */
    public static String of(SplitRule rule, DuplicateRows duplicates, Labels labels, List<Long> seeds) {
        return switch (rule.duplicateRule()) {
            case KEEP -> kept(rule, duplicates, labels, seeds);
            case DROP ->
                "split.duplicates is drop: "
                        + range(
                                overlaps(rule, duplicates, labels, seeds),
                                overlap -> overlap.rows().size())
                        + " rows that are exact or near duplicates of a query are left out of the database" + of(seeds);
            case GROUP ->
                "split.duplicates is group: " + groups(duplicates)
                        + ", and no group has a query and a row of the database";
        };
    }

    /** How many rows have duplicates, in a few words. */
    public static String groups(DuplicateRows duplicates) {
        int[] groups = duplicates.groups();
        int distinct = (int) Arrays.stream(groups).distinct().count();
        return groups.length + " rows are " + distinct + " groups of exact or near duplicates";
    }

    private static String kept(SplitRule rule, DuplicateRows duplicates, Labels labels, List<Long> seeds) {
        List<Overlap> overlaps = overlaps(rule, duplicates, labels, seeds);
        if (overlaps.stream().allMatch(overlap -> overlap.exact() + overlap.near() == 0)) {
            return "no query has an exact or near duplicate in the database" + of(seeds);
        }
        int queries = rule.queries(labels, new RandomStreams(seeds.get(0))).length;
        return "of " + queries + " queries, " + range(overlaps, Overlap::exact)
                + " have an exact duplicate in the database and " + range(overlaps, Overlap::near)
                + " others a near one" + of(seeds)
                + ": any code finds these, " + DatasetSummary.TOO_GOOD;
    }

    private static List<Overlap> overlaps(SplitRule rule, DuplicateRows duplicates, Labels labels, List<Long> seeds) {
        Splits splits = Splits.keepingDuplicates(rule, seeds, labels);
        return seeds.stream()
                .map(splits::draw)
                .map(split -> duplicates.between(split.query(), split.database()))
                .toList();
    }

    private static String range(List<Overlap> overlaps, ToIntFunction<Overlap> count) {
        IntSummaryStatistics counts = overlaps.stream().mapToInt(count).summaryStatistics();
        return counts.getMin() == counts.getMax()
                ? String.valueOf(counts.getMin())
                : counts.getMin() + " to " + counts.getMax();
    }

    private static String of(List<Long> seeds) {
        return (seeds.size() == 1 ? " (seed " : " (seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }
}
