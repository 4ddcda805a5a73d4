package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.entries.Flags.BestKnown;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something about codes that is not forbidden and has to be explained.
 *
 * @param words what, for people, without a full stop
 * @param runs the runs where it is so, at least one
 */
public record Flag(String words, List<RunKey> runs) {
    /** The codes are the labels under other names. */
    static final String LABELS =
            "rows have the same code exactly where they have the same labels, as codes made from the"
                    + " labels of queries and database would, or those of a classifier that never errs";

    /** The ranking has no error. */
    static final String PERFECT =
            "all that is relevant to a query is nearer to it by code than everything else, as codes"
                    + " made from the labels of queries and database would have it, or those of a classifier that never errs";

    /** The codes are the better judge of labels. */
    static final String BEYOND =
            "the nearest rows by code tell the labels of queries better than the nearest rows by features do, though both"
                    + " were given the labels of the whole database, as codes made from labels of queries would";

    /** The codes know the labels of other seeds. */
    static final String OTHER_SEEDS =
            "rows of the database that are training rows of another seed are in better places than the others, as if"
                    + " labels of all seeds had been learned from";

    private static final String NO_NEARER =
            "a query's nearest rows by features are no nearer to it by code than any others";

    /** The codes seem to be of other rows. */
    static final String ORDER =
            NO_NEARER + ", as if queries or database were in another order than the task's, or of another seed";

    public Flag {
        runs = List.copyOf(runs);
    }

    /** The codes are far better than all others that are known. */
    static String best(double map, BestKnown best) {
        return String.format(
                Locale.ROOT,
                "mAP is %.1f %%, far above the best that is known by the same rules, %.1f %% of %s: by more than %d standard"
                        + " deviations over its seeds",
                100 * map,
                100 * best.mean(),
                best.entry(),
                BestKnown.DEVIATIONS);
    }

    /** All codes of a part of the split are equal. */
    static String constant(String part) {
        return "all codes of the " + part + " are equal, so that no row is nearer to a query than any other";
    }

    /** A part of the split has so few different codes that another order is not the first explanation. */
    static String few(int codes, String rows) {
        return "there are only " + codes + " different codes for the " + rows + ", and " + NO_NEARER
                + ": training may have collapsed, or rows may be in another order than the task's";
    }

    /** The sentence for people, without its full stop. */
    public String sentence() {
        return runs.stream()
                        .map(run -> "seed " + run.seed() + " at " + run.bits() + " bits")
                        .collect(Collectors.joining(", "))
                + ": " + words;
    }
}
