package io.github.linfhash.engines.measure;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type of index, such as {@code hnsw-bit}: one curve of a chart.
 *
 * @param name METHOD-CODE
 * @param graph whether a search follows links, so that it hardly takes longer among more rows
 * @param coded whether it compares codes, of which an exact scan misses neighbors
 * @param mostDimensions the most dimensions of vectors that it takes
 * @param parameters of a build
 * @param effort the parameter that makes a search more thorough; null where there is no choice, as in a scan
 * @param mostCandidates the most rows that a search rescores by their vectors
 */
public record IndexType(
        String name,
        boolean graph,
        boolean coded,
        int mostDimensions,
        List<Parameter> parameters,
        @Nullable Parameter effort,
        int mostCandidates) {
    /** The effort of a search that has no choice. */
    public static final int NO_EFFORT = 1;

    /** Keys of a setting in measure.json, which no parameter may have. */
    static final Set<String> TAKEN = Set.of(
            "type",
            "candidates",
            "choosingRecall",
            "recall",
            "interval",
            "distanceRatio",
            "indexBytes",
            "heapBytes",
            "buildSeconds",
            "p50Millis",
            "p95Millis",
            "queriesPerSecond",
            "clients",
            "queriesPerSecondOfClients",
            "loss",
            "target",
            "reached",
            "builds",
            "create",
            "search",
            "price",
            "growth",
            "buildMemoryBytes",
            "builtInMemory",
            "blocksHit",
            "blocksRead",
            "indexUsed");

    private static final Pattern SNAKE = Pattern.compile("_([a-z0-9])");

    public IndexType {
        parameters = List.copyOf(parameters);
    }

    /**
     * A number of a build or of a search, or a choice between yes and no.
     *
     * @param name as lines to paste have it, such as {@code hnsw.ef_search}
     * @param least the smallest value
     * @param most the largest value
     * @param flag whether it is a choice, in which 1 is yes and 0 is no
     */
    public record Parameter(String name, int least, int most, boolean flag) {
        /** A number. */
        public static Parameter number(String name, int least, int most) {
            return new Parameter(name, least, most, false);
        }

        /** A choice between yes and no. */
        public static Parameter flag(String name) {
            return new Parameter(name, 0, 1, true);
        }

        /** The key in JSON: the name after its last dot, in camel case, such as {@code efSearch}. */
        public String key() {
            return SNAKE.matcher(name.substring(name.lastIndexOf('.') + 1))
                    .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        }

        /** A value of it in words. */
        String text(int value) {
            return !flag ? name + " = " + value : value == 0 ? "not " + name : name;
        }
    }

    /** Whether it is an exact scan, which needs no index. */
    public boolean exact() {
        return !graph && !coded && effort == null;
    }

    /** The parameters of a build and the effort. */
    List<Parameter> all() {
        return effort == null
                ? parameters
                : Stream.concat(parameters.stream(), Stream.of(effort)).toList();
    }

    /** Returns the key that two parameters have, or a parameter and measure.json; null if there is none. */
    public @Nullable String doubleKey() {
        Set<String> seen = new HashSet<>(TAKEN);
        return all().stream()
                .map(Parameter::key)
                .filter(key -> !seen.add(key))
                .findFirst()
                .orElse(null);
    }

    /** The word for the parameter that makes a search more thorough. */
    public String effortName() {
        return effort == null ? "scan" : effort.name();
    }

    @Override
    public String toString() {
        return name;
    }
}
