package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method, or one of its variants, as it took part in a comparison.
 *
 * @param name the method's name in the program
 * @param variant the name of the variant where the method is there with several sets of options; else empty
 * @param title the method's name for people
 * @param citation where it was published
 * @param supervision what it learns from
 * @param options the value of every option, in the order in which the method declares them
 * @param origins where these values come from, for the options of which that is known
 * @param optionsAt by code length, the options that have another value there
 * @param note a sentence for people on what the variant is, or null
 * @param replicates the variant that this one is one of several searches of, such as {@code tuned-map} of {@code tuned-map-2}: tables have
 *     one line for all of them; null for a variant that stands alone
 * @param search the search that chose the options; null if none did
 * @param effort what the searches that chose the options cost; null where that is not known
 */
public record Configuration(
        String name,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        String variant,

        String title,
        String citation,
        Supervision supervision,
        @JsonSetter(contentNulls = Nulls.SET) Map<String, OptionValue> options,
        Map<String, OptionOrigin> origins,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.SET)
        Map<Integer, Map<String, OptionValue>> optionsAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replicates,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SearchSummary search,
        @Nullable Effort effort) {
    public Configuration {
        if (!variant.matches("|[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "expected as variant lower case, digits and hyphens, found '" + variant + "'");
        }
        if (replicates != null && !variant.matches(Pattern.quote(replicates) + "-[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("expected as variant that replicates " + replicates + " the name "
                    + replicates + "-N with the number of the tuning run, found '" + variant + "'");
        }
        options = copy("options", options);
        origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
        optionsAt = copy(optionsAt);
        requireOptions("origins", options.keySet(), origins.keySet());
        requireOptions("other options", options.keySet(), changing(optionsAt));
    }

    /** A method that is there once, with the same options at every code length, chosen at a cost that is not known. */
    public Configuration(
            String name,
            String title,
            String citation,
            Supervision supervision,
            Map<String, OptionValue> options,
            Map<String, OptionOrigin> origins) {
        this(name, "", title, citation, supervision, options, origins, Map.of(), null, null, null, null);
    }

    private static void requireOptions(String component, Set<String> options, Set<String> found) {
        if (!options.containsAll(found)) {
            throw new IllegalArgumentException(
                    "expected as " + component + " those of " + options + ", found " + found);
        }
    }

    private static Map<Integer, Map<String, OptionValue>> copy(
            @Nullable Map<Integer, Map<String, OptionValue>> byBits) {
        Map<Integer, Map<String, OptionValue>> copies = new TreeMap<>();
        present("optionsAt", byBits).forEach((bits, changed) -> {
            Results.requirePositive("code length of other options", bits);
            copies.put(bits, copy("options at " + bits + " bits", changed));
        });
        return Collections.unmodifiableMap(copies);
    }

    /** A copy in the same order. A null, which JSON has for an option that is not set, becomes just that. */
    private static Map<String, OptionValue> copy(String component, @Nullable Map<String, OptionValue> options) {
        Map<String, OptionValue> copy = new LinkedHashMap<>(present(component, options));
        copy.replaceAll((option, value) -> value == null ? OptionValue.of(null) : value);
        return Collections.unmodifiableMap(copy);
    }

    private static <T> T present(String component, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("expected " + component + ", found nothing");
        }
        return value;
    }

    /** The options that have not one value in all runs. */
    public Set<String> changing() {
        return changing(optionsAt);
    }

    private static Set<String> changing(Map<Integer, Map<String, OptionValue>> byBits) {
        return byBits.values().stream()
                .flatMap(changed -> changed.keySet().stream())
                .collect(Collectors.toSet());
    }

    /** All options as the runs of a code length had them. */
    public Map<String, OptionValue> optionsOf(int bits) {
        Map<String, OptionValue> all = new LinkedHashMap<>(options);
        all.putAll(optionsAt.getOrDefault(bits, Map.of()));
        return all;
    }

    /** Whether its codes were made elsewhere and only measured here. */
    public boolean madeElsewhere() {
        return supervision == Supervision.EXTERNAL;
    }

    /** Returns its name in keys and tables: {@code METHOD}, or {@code METHOD:VARIANT} where it has a variant. */
    public String entry() {
        return RunKey.entry(name, variant);
    }

    /** Returns the name, in keys and tables, of the configuration that it is a search of: its own where it stands alone. */
    public String configuration() {
        return replicates == null ? entry() : RunKey.entry(name, replicates);
    }

    /** Returns its name for people: its title, and the variant where it has one. */
    public String label() {
        return variant.isEmpty() ? title : title + ", " + variant.replace('-', ' ');
    }

    /** Returns this method as a variant, with other options at code lengths. */
    public Configuration asVariant(
            String otherVariant, @Nullable String otherNote, Map<Integer, Map<String, OptionValue>> otherOptionsAt) {
        return with(otherVariant, title, otherOptionsAt, otherNote, null, search, effort);
    }

    /** Returns this method with options that were chosen at another cost; null where that is not known. */
    public Configuration withEffort(@Nullable Effort other) {
        return with(variant, title, optionsAt, note, replicates, search, other);
    }

    /** Returns this method with options that another search chose; null if none did. */
    public Configuration withSearch(@Nullable SearchSummary other) {
        return with(variant, title, optionsAt, note, replicates, other, effort);
    }

    /** Returns this method under another name for people. */
    public Configuration withTitle(String other) {
        return with(variant, other, optionsAt, note, replicates, search, effort);
    }

    /** Returns this variant as one of several searches of another, or as one that stands alone where that is null. */
    public Configuration replicating(@Nullable String other) {
        return with(variant, title, optionsAt, note, other, search, effort);
    }

    private Configuration with(
            String otherVariant,
            String otherTitle,
            Map<Integer, Map<String, OptionValue>> at,
            @Nullable String other,
            @Nullable String replicated,
            @Nullable SearchSummary found,
            @Nullable Effort spent) {
        return new Configuration(
                name,
                otherVariant,
                otherTitle,
                citation,
                supervision,
                options,
                origins,
                at,
                other,
                replicated,
                found,
                spent);
    }

    /**
     * The summary of a registered method with the options that it was given.
     *
     * @param chosen the origin of the options that differ from the method's defaults
     */
    public static <O extends Record> Configuration of(MethodSpec<O> spec, O options, OptionOrigin chosen) {
        return new Configuration(
                spec.name(),
                spec.title(),
                spec.citation(),
                spec.supervision(options),
                OptionValue.allOf(options),
                OptionOrigin.allOf(spec.defaults(), options, chosen));
    }

    /**
     * The cost of the searches that chose a configuration's options, over all code lengths and seeds that they searched.
     *
     * @param configurations how many configurations were tried; 0 where nothing was searched
     * @param trainings how many trainings these took
     */
    public record Effort(long configurations, long trainings) {
        /** The effort of options that no search chose. */
        public static final Effort NONE = new Effort(0, 0);

        public Effort {
            if (configurations < 0 || trainings < 0) {
                throw new IllegalArgumentException("expected as effort numbers of at least 0, found " + configurations
                        + " configurations and " + trainings + " trainings");
            }
        }

        /** The effort of both together. */
        public Effort plus(Effort other) {
            return new Effort(configurations + other.configurations, trainings + other.trainings);
        }
    }

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
}
