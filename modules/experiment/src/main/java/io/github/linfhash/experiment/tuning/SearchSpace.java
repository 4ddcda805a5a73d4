package io.github.linfhash.experiment.tuning;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.io.binding.StrictReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The configurations that a search tries and the rule by which it decides: a file {@code protocols/tuning/NAME.yaml}, fixed before the search.
 *
 * @param schema {@value #SCHEMA}
 * @param description what it is for
 * @param trials configurations that are drawn for each method at each code length; the same number for all
 * @param folds parts of the training images, each held out once
 * @param trainings seeds of training; a configuration that lasts to the end is trained on every fold with every one
 * @param criteria what configurations are ranked by; the mean of the ranks decides
 * @param epochs how the number of epochs is chosen
 * @param bits the code lengths, each searched on its own
 * @param methods for each method, the options that are searched, by path such as {@code training.learningRate}
 */
public record SearchSpace(
        String schema,
        String description,
        int trials,
        int folds,
        int trainings,
        List<Criterion> criteria,
        Epochs epochs,
        List<Integer> bits,
        Map<String, Map<String, SearchRange>> methods) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-tuning/2";

    private static final String LOSS = "training.loss";
    private static final String CLASSIFIER = "classifier";

    /** Where the options of each loss are, by its name. */
    private static final String OF_LOSSES = "training.losses.";

    /**
     * How the number of epochs is chosen: the best configurations are trained for other numbers too, on all folds.
     *
     * @param finalists how many of the best configurations
     * @param factors by which their number of epochs is multiplied
     */
    public record Epochs(int finalists, List<Double> factors) {
        public Epochs {
            require(finalists >= 1, "expected at least 1 finalist, found " + finalists);
            for (double factor : factors) {
                require(factor > 0 && factor <= 64, "expected factors above 0 and at most 64, found " + factor);
            }
            factors = List.copyOf(factors);
        }
    }

    public SearchSpace {
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(trials >= 1 && trials <= 100_000, "expected 1 to 100000 trials, found " + trials);
        require(folds >= 2 && folds <= 100, "expected 2 to 100 folds, found " + folds);
        require(trainings >= 1 && trainings <= 100, "expected 1 to 100 trainings, found " + trainings);
        require(!criteria.isEmpty(), "expected at least one criterion, found none");
        if (criteria.size() > 1 && criteria.contains(Criterion.NEIGHBOR_RECALL)) {
            throw new InputException("criteria: expected " + Criterion.NEIGHBOR_RECALL.key()
                    + " only, as it is measured without labels, found "
                    + criteria.stream().map(Criterion::key).collect(Collectors.joining(", ")));
        }
        require(!bits.isEmpty(), "expected at least one code length, found none");
        for (int length : bits) {
            require(length >= 1 && length <= 4096, "expected code lengths from 1 to 4096, found " + length);
        }
        criteria = List.copyOf(criteria);
        bits = List.copyOf(bits);
        methods = new TreeMap<>(methods);
    }

    /** Reads a file. */
    public static SearchSpace read(Path file) throws IOException {
        return StrictReader.read(file, SearchSpace.class);
    }

    /** Returns this search space at other code lengths. */
    public SearchSpace at(List<Integer> otherBits) {
        return new SearchSpace(schema, description, trials, folds, trainings, criteria, epochs, otherBits, methods);
    }

    /** Returns this search space with another number of configurations. */
    public SearchSpace withTrials(int number) {
        return new SearchSpace(schema, description, number, folds, trainings, criteria, epochs, bits, methods);
    }

    /** Returns this search space with other criteria. */
    public SearchSpace withCriteria(List<Criterion> others) {
        return new SearchSpace(schema, description, trials, folds, trainings, others, epochs, bits, methods);
    }

    /** Whether neighbors decide, and no label is to be looked at. */
    public boolean byNeighbors() {
        return criteria.contains(Criterion.NEIGHBOR_RECALL);
    }

    /**
     * Returns this search space for the tuned methods with one loss alone: the options of other losses, which have no use, are not searched.
     *
     * @param name a loss, one of the values of {@value #LOSS} of every method
     * @param tuned the methods that are tuned
     * @throws InputException if a method does not search its loss, or not this one
     */
    public SearchSpace withLoss(String name, List<String> tuned) {
        Map<String, Map<String, SearchRange>> narrowed = new LinkedHashMap<>();
        for (String method : tuned) {
            Map<String, SearchRange> ranges = of(method);
            SearchRange losses = ranges.get(LOSS);
            if (losses == null || losses.values() == null || !losses.values().contains(name)) {
                throw new InputException("expected a loss of the search space for " + method + ", "
                        + (losses == null ? "which has none" : "one of " + losses) + ", found '" + name + "'");
            }
            ranges.put(LOSS, SearchRange.of(List.of(name)));
            ranges.keySet().removeIf(path -> path.startsWith(OF_LOSSES) && !path.startsWith(OF_LOSSES + name + "."));
            narrowed.put(method, ranges);
        }
        return new SearchSpace(schema, description, trials, folds, trainings, criteria, epochs, bits, narrowed);
    }

    /**
     * Returns this search space for some methods, with certain options fixed at one value each.
     *
     * @param values by path, whether the search space has ranges for them or not
     * @throws InputException if the search space lacks a method
     */
    public SearchSpace withFixed(Map<String, Object> values, List<String> tuned) {
        Map<String, Map<String, SearchRange>> narrowed = new LinkedHashMap<>();
        for (String method : tuned) {
            Map<String, SearchRange> ranges = of(method);
            values.forEach((path, value) -> ranges.put(path, SearchRange.of(List.of(value))));
            narrowed.put(method, ranges);
        }
        return new SearchSpace(schema, description, trials, folds, trainings, criteria, epochs, bits, narrowed);
    }

    /**
     * The searched options of a method, sorted by path, so that the order in the file does not decide what is drawn.
     *
     * @throws InputException if the method is not searched
     */
    public Map<String, SearchRange> of(String method) {
        Map<String, SearchRange> ranges = methods.get(method);
        if (ranges == null) {
            throw new InputException("The search space has no method '" + method + "'"
                    + Suggestion.of(method, methods.keySet()) + "; expected one of "
                    + String.join(", ", methods.keySet()));
        }
        return new TreeMap<>(ranges);
    }

    /**
     * Returns the options that the defaults of a method are tried with: none. Only where the search has one loss or one classifier,
     * the defaults are those for that: they have the options to which the search gives one value, without which the loss may not be
     * trainable, and another classifier would be judged.
     */
    Map<String, Object> defaults(String method) {
        Map<String, Object> fixed = new LinkedHashMap<>();
        of(method).forEach((path, range) -> {
            if (range.values() != null && range.values().size() == 1) {
                fixed.put(path, range.values().get(0));
            }
        });
        return fixed.containsKey(LOSS) || fixed.containsKey(CLASSIFIER) ? fixed : Map.of();
    }

    /**
     * Returns the name of the random stream that a method's configurations are drawn from. A search of one loss has draws of its own: if all
     * losses had the same ones, their luck would be an effect of the method.
     */
    String stream(String method, int bits) {
        String common = "tuning/" + method + "/" + bits;
        Object loss = defaults(method).get(LOSS);
        return loss == null ? common : common + "/" + loss;
    }

    /** Draws one configuration: a value for each searched option, by path. */
    static Map<String, Object> draw(Map<String, SearchRange> ranges, UniformRandomProvider random) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        ranges.forEach((path, range) -> drawn.put(path, range.draw(random)));
        return drawn;
    }

    /**
     * The values that a search may give an option: a list, or an interval.
     *
     * @param values the list; null where an interval is given
     * @param from the least value; null where a list is given
     * @param to the greatest value; null where a list is given
     * @param scale on which values are drawn uniformly; logarithmic where nothing is said
     * @param whole whether values are whole numbers
     * @param least the natural limit below, which the interval is never widened beyond; null where there is none but 0
     * @param most the natural limit above
     */
    public record SearchRange(
            @Nullable List<Object> values,
            @Nullable Double from,
            @Nullable Double to,
            @Nullable Scale scale,
            @Nullable Boolean whole,
            @Nullable Double least,
            @Nullable Double most) {
        private static final int DIGITS = 3;

        /** The share of an interval, on its scale, that counts as its border on either side. */
        private static final double BORDER = 0.01;

        private static final double DECADE = 10;

        /** On which scale values are drawn. */
        public enum Scale {
            /** Uniformly in the logarithm. */
            LOG,
            /** Uniformly. */
            LINEAR
        }

        /** An end of an interval. */
        enum Side {
            LOW,
            HIGH
        }

        public SearchRange {
            boolean list = values != null && !values.isEmpty() && from == null && to == null && scale == null;
            boolean interval = values == null && from != null && to != null && to >= from;
            if (interval && scale != Scale.LINEAR) {
                interval = Objects.requireNonNull(from) > 0;
            }
            if (!list && !interval) {
                throw new IllegalArgumentException(
                        "expected 'values' with at least one, or 'from' and 'to', above 0 unless the scale is linear");
            }
        }

        /** A list. */
        static SearchRange of(List<Object> values) {
            return new SearchRange(values, null, null, null, null, null, null);
        }

        /** An interval on a logarithmic scale. */
        static SearchRange logarithmic(double from, double to) {
            return new SearchRange(null, from, to, null, null, null, null);
        }

        /** Draws a value; those of an interval are rounded to three digits, or to whole numbers. */
        Object draw(UniformRandomProvider random) {
            if (values != null) {
                return values.get(random.nextInt(values.size()));
            }
            double drawn = valueAt(random.nextDouble());
            if (isWhole()) {
                return (int) Math.round(drawn);
            }
            return Double.parseDouble(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", drawn));
        }

        private boolean isWhole() {
            return Boolean.TRUE.equals(whole);
        }

        private double valueAt(double position) {
            double low = start();
            return scale == Scale.LINEAR
                    ? low + position * (end() - low)
                    : Math.exp(Math.log(low) + position * Math.log(end() / low));
        }

        private double start() {
            return Objects.requireNonNull(from);
        }

        private double end() {
            return Objects.requireNonNull(to);
        }

        /** The end that a value lies at, or null: natural limits and lists have no border. */
        @Nullable Side border(Object value) {
            if (values != null || start() == end()) {
                return null;
            }
            double number = ((Number) value).doubleValue();
            if (number <= valueAt(BORDER) && start() > (least == null ? 0 : least)) {
                return Side.LOW;
            }
            return number >= valueAt(1 - BORDER) && end() < (most == null ? Double.POSITIVE_INFINITY : most)
                    ? Side.HIGH
                    : null;
        }

        /** This interval with a decade more at one end, or half of its width where its scale is linear. */
        SearchRange widened(Side side) {
            SearchRange more = beyond(side);
            return side == Side.LOW ? between(more.start(), end()) : between(start(), more.end());
        }

        /** Only what {@link #widened} adds. */
        SearchRange beyond(Side side) {
            double width = (end() - start()) / 2;
            if (side == Side.LOW) {
                double lower = scale == Scale.LINEAR ? start() - width : start() / DECADE;
                return between(Math.max(lower, least == null ? (scale == Scale.LINEAR ? 0 : lower) : least), start());
            }
            double higher = scale == Scale.LINEAR ? end() + width : end() * DECADE;
            return between(end(), Math.min(higher, most == null ? higher : most));
        }

        private SearchRange between(double low, double high) {
            return new SearchRange(null, low, high, scale, whole, least, most);
        }

        @Override
        public String toString() {
            return values != null ? values.toString() : start() + " to " + end();
        }
    }

    /**
     * One configuration that a search tries.
     *
     * @param trial its number: {@link #DEFAULTS} for the method's defaults, from 1 for those that were drawn
     * @param values the drawn options, by path
     * @param method the method with them
     */
    record Configuration(int trial, Map<String, Object> values, ConfiguredMethod<?> method) {
        static final int DEFAULTS = 0;
    }
}
