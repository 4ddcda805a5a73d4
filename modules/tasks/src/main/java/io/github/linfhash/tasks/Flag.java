package io.github.linfhash.tasks;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.tasks.Flags.BestKnown;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A property of external codes that the rules allow but that needs an explanation.
 *
 * @param words the property, for people, without a full stop
 * @param runs the runs whose codes have it, at least one
 */
public record Flag(String words, List<RunKey> runs) {
    /** Codes that are the labels in another notation. */
    static final String LABELS =
            "vectors have the same code if and only if they have the same labels, as if the codes were made from the"
                    + " labels of queries and database, or by a perfect classifier";

    /** Codes whose ranking has no error. */
    static final String PERFECT =
            "all relevant vectors are nearer to a query by code than all others, as if the codes were made from the"
                    + " labels of queries and database, or by a perfect classifier";

    /** Codes that predict labels better than the features do. */
    static final String BEYOND =
            "the nearest vectors by code predict the labels of queries better than the nearest vectors by features, given"
                    + " the labels of the whole database, as if the codes were made from labels of queries";

    /** Codes that depend on the labels of other seeds. */
    static final String OTHER_SEEDS =
            "database vectors that are training vectors of another seed rank better than the others, as if the method was"
                    + " trained on labels of all seeds";

    private static final String NO_NEARER =
            "the nearest vectors of a query by features are no nearer to it by code than any others";

    /** Codes that seem to belong to other vectors. */
    static final String ORDER =
            NO_NEARER + ", as if queries or database were in another order than in the task, or of another seed";

    public Flag {
        runs = List.copyOf(runs);
    }

    /** Describes codes whose mAP is far above the best known one. */
    static String best(double map, BestKnown best) {
        return String.format(
                Locale.ROOT,
                "mAP is %.1f%%, far above the best known result under the same rules, %.1f%% of %s: by more than %d standard"
                        + " deviations over its seeds",
                100 * map,
                100 * best.mean(),
                best.entry(),
                BestKnown.DEVIATIONS);
    }

    /** Describes a part of the split whose codes are all equal. */
    static String constant(String part) {
        return "all codes of the " + part + " are equal, so no vector is nearer to a query than any other";
    }

    /** Describes a part of the split with so few different codes that collapsed training explains it better than another order. */
    static String few(int codes, String rows) {
        return "there are only " + codes + " different codes for the " + rows + ", and " + NO_NEARER
                + ": training may have collapsed, or the order of vectors may differ from the task";
    }

    /** Returns the sentence for people, without its full stop. */
    public String sentence() {
        return runs.stream()
                        .map(run -> "seed " + run.seed() + " at " + run.bits() + " bits")
                        .collect(Collectors.joining(", "))
                + ": " + words;
    }
}
