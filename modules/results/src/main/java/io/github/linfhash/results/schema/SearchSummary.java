package io.github.linfhash.results.schema;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search of hyperparameters that gave a configuration its options. Every component is null where no trace of the search is known.
 *
 * @param trace SHA-256 of the file of its trace
 * @param protocol the name of the protocol on whose training rows it searched
 * @param seed its seed
 * @param trials configurations that it drew first at each code length
 * @param folds parts of the training rows, each held out once
 * @param trainings trainings of a configuration on each fold
 * @param criteria keys of the metrics that decided
 * @param bits the code lengths that it searched, each on its own
 */
public record SearchSummary(
        @Nullable String trace,
        @Nullable String protocol,
        @Nullable Long seed,
        @Nullable Integer trials,
        @Nullable Integer folds,
        @Nullable Integer trainings,
        @Nullable List<String> criteria,
        @Nullable List<Integer> bits) {
    /** A search of which no trace is known. */
    public static final SearchSummary UNTRACED = new SearchSummary(null, null, null, null, null, null, null, null);

    public SearchSummary {
        if (trace != null) {
            Results.requireHash("trace", trace);
        }
        Stream.of(trials, folds, trainings)
                .filter(number -> number != null)
                .forEach(number -> Results.requirePositive("size of a tuning run", number));
        criteria = criteria == null ? null : List.copyOf(criteria);
        bits = bits == null ? null : List.copyOf(bits);
    }
}
