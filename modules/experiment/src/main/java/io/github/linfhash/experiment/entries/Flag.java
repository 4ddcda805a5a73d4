package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.results.RunKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something about codes that is not forbidden and has to be explained.
 *
 * @param kind what
 * @param runs the runs where it is so, at least one
 */
public record Flag(Kind kind, List<RunKey> runs) {
    public Flag {
        runs = List.copyOf(runs);
    }

    /** What there may be. */
    public enum Kind {
        /** The codes are the labels under other names. */
        LABELS("rows have the same code exactly where they have the same labels, as codes made from the labels of"
                + " queries and database would, or those of a classifier that never errs"),
        /** The ranking has no error. */
        PERFECT("all that is relevant to a query is nearer to it by code than everything else, as codes made from the"
                + " labels of queries and database would have it, or those of a classifier that never errs"),
        /** The codes seem to be of other rows. */
        ORDER(
                "a query's nearest rows by features are no nearer to it by code than any others, as if queries or database"
                        + " were in another order than the task's, or of another seed");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** The sentence for people, without its full stop. */
    public String sentence() {
        return runs.stream()
                        .map(run -> "seed " + run.seed() + " at " + run.bits() + " bits")
                        .collect(Collectors.joining(", "))
                + ": " + kind.words;
    }
}
