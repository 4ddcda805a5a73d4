package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.linfhash.core.results.RunKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search of hyperparameters that gave a configuration its options. All but the first, the method and its variant is null where no
 * trace of the search is known.
 *
 * @param name a name of its own, by which runs refer to it
 * @param trace SHA-256 of the file of its trace
 * @param method the name of the method
 * @param variant the variant of the method; empty where it has none
 * @param protocol the name of the protocol on whose training rows it searched
 * @param seed its seed
 * @param trials configurations that it drew first at each code length
 * @param folds parts of the training rows, each held out once
 * @param trainings trainings of a configuration on each fold
 * @param criteria keys of the metrics that decided
 * @param bits the code lengths that it searched, each on its own
 */
public record SearchSummary(
        String name,
        @Nullable String trace,
        String method,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        String variant,

        @Nullable String protocol,
        @Nullable Long seed,
        @Nullable Integer trials,
        @Nullable Integer folds,
        @Nullable Integer trainings,
        @Nullable List<String> criteria,
        @Nullable List<Integer> bits) {
    public SearchSummary {
        if (trace != null) {
            Results.requireHash("trace", trace);
        }
        Stream.of(trials, folds, trainings)
                .filter(number -> number != null)
                .forEach(number -> Results.requirePositive("size of a search", number));
        criteria = criteria == null ? null : List.copyOf(criteria);
        bits = bits == null ? null : List.copyOf(bits);
    }

    /** A search of which no trace is known. */
    public static SearchSummary untraced(String name, String method, String variant) {
        return new SearchSummary(name, null, method, variant, null, null, null, null, null, null, null);
    }

    /** The configuration whose options it chose: {@code METHOD}, or {@code METHOD:VARIANT} where it has a variant. */
    public String entry() {
        return RunKey.entry(method, variant);
    }
}
