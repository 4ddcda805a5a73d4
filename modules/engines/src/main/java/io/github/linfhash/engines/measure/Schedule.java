package io.github.linfhash.engines.measure;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.ParameterSearch.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Shares the time among builds of all rows, the smallest indexes first. Each type that is still to come has an equal share of the time that is left.
 * Those that need more wait for what the others leave, and no type is built twice before all have been built once.
 */
final class Schedule {
    /** A build of all rows takes longer than by their number, as a graph is larger. */
    static final double GROWTH = 1.4;

    private static final double MINUTE = 60;

    private final List<Double> targets;
    private final int rows;
    private final Budget budget;
    private final Progress progress;
    private final Steps steps;
    private final Build build;

    /** The most seconds that a measurement of a build of all rows took, without the build. */
    private double longest;

    /** The most seconds of a measurement, divided by the weight of its searches. */
    private double perWeight;

    /** Builds with all rows and measures. */
    @FunctionalInterface
    interface Build {
        /**
         * Builds and measures.
         *
         * @param seconds after which the build is stopped
         * @param why it is stopped then, as the end of a sentence
         * @return what was measured, and the seconds that took without the build; empty if it failed or was stopped
         */
        Optional<Done> run(IndexSpec spec, double seconds, String why);
    }

    /**
     * A measured build.
     *
     * @param measured its operating points
     * @param seconds that measuring them took, without the build
     */
    record Done(List<Measured> measured, double seconds) {}

    Schedule(List<Double> targets, int rows, Budget budget, Progress progress, Steps steps, Build build) {
        this.targets = targets;
        this.rows = rows;
        this.budget = budget;
        this.progress = progress;
        this.steps = steps;
        this.build = build;
    }

    private double hardest() {
        return targets.get(targets.size() - 1);
    }

    /** Builds the best candidates of each type with all rows. */
    void run(Map<IndexType, List<Scored>> scored) {
        List<IndexType> order = scored.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().stream()
                        .mapToLong(one -> one.built().indexBytes())
                        .min()
                        .orElse(Long.MAX_VALUE)))
                .map(Map.Entry::getKey)
                .toList();
        noteTime(order.stream().map(type -> best(ofType(scored, type))).toList());
        Map<IndexType, Scored> first = new LinkedHashMap<>();
        Map<IndexType, List<Measured>> found = new LinkedHashMap<>();
        List<IndexType> waiting = new ArrayList<>();
        try (Progress.Task task = progress.begin("builds of all rows", order.size())) {
            for (int i = 0; i < order.size(); i++) {
                IndexType type = order.get(i);
                int toCome = order.size() - i + waiting.size();
                List<Scored> able = affordable(ofType(scored, type), toCome);
                if (able.isEmpty()) {
                    waiting.add(type);
                } else {
                    first.put(type, best(able));
                    found.put(type, build(best(able), toCome));
                    task.advance(1);
                }
            }
            waiting.sort(Comparator.comparingDouble(type -> seconds(cheapest(ofType(scored, type)))));
            for (int i = 0; i < waiting.size(); i++) {
                IndexType type = waiting.get(i);
                List<Scored> all = ofType(scored, type);
                int toCome = waiting.size() - i;
                List<Scored> able = affordable(all, toCome);
                Scored one = able.isEmpty() ? cheapest(all) : best(able);
                first.put(type, one);
                // The rest of the time has no better use than a build that may just fit.
                found.put(type, fits(one, expected(one) / GROWTH) ? build(one, toCome) : List.of());
                task.advance(1);
            }
        }
        for (IndexType type : order) {
            second(ofType(scored, type), Objects.requireNonNull(first.get(type)), found.getOrDefault(type, List.of()));
        }
    }

    /** Says how long all types would take, if that is more than there is. */
    private void noteTime(List<Scored> all) {
        double needed = budget.used()
                + all.stream()
                        .mapToDouble(one -> expected(one) + one.weight(rows))
                        .sum();
        if (needed > budget.total()) {
            progress.note(String.format(
                    Locale.ROOT,
                    "One build of each type of index takes about %.0f minutes, and --minutes allows %.0f: some types may be left out.",
                    Math.ceil(needed / MINUTE),
                    budget.total() / MINUTE));
        }
    }

    /**
     * Builds larger indexes while there is time and nothing reaches the hardest target.
     *
     * @param larger builds of a type to try, the smallest first
     * @param scored the candidates that each type had
     * @param reached whether something reaches the hardest target
     */
    void runLarger(
            Map<IndexType, List<Scored>> scored, Function<IndexType, List<IndexSpec>> larger, BooleanSupplier reached) {
        List<IndexType> order = scored.keySet().stream()
                .sorted(Comparator.comparingDouble(type -> seconds(cheapest(ofType(scored, type)))))
                .toList();
        int most =
                order.stream().mapToInt(type -> larger.apply(type).size()).max().orElse(0);
        List<String> tooLong = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            for (IndexType type : order) {
                if (!reached.getAsBoolean()
                        && !steps.ended()
                        && i < larger.apply(type).size()) {
                    IndexSpec spec = larger.apply(type).get(i);
                    Scored largest = ofType(scored, type).stream()
                            .max(Comparator.comparingDouble(this::expected))
                            .orElseThrow();
                    // More links and candidates take longer: at least twice as long is allowed for.
                    if (2 * expected(largest) + measuring(largest) <= budget.left()) {
                        run(spec, largest, budget.left(), "at the end of --minutes");
                    } else {
                        tooLong.add(spec.toString());
                    }
                }
            }
        }
        if (!tooLong.isEmpty() && !reached.getAsBoolean()) {
            steps.leaveOut("nothing reaches " + hardest() + ", and too little of --minutes is left for larger builds: "
                    + String.join("; ", tooLong) + ".");
        }
    }

    private Scored best(List<Scored> scored) {
        return ParameterSearch.best(scored, hardest());
    }

    private static List<Scored> ofType(Map<IndexType, List<Scored>> scored, IndexType type) {
        return Objects.requireNonNull(scored.get(type));
    }

    /** The builds whose time is at most the share of one of several types. */
    private List<Scored> affordable(List<Scored> scored, int types) {
        double share = budget.left() / types;
        return scored.stream().filter(one -> seconds(one) <= share).toList();
    }

    private Scored cheapest(List<Scored> scored) {
        return scored.stream().min(Comparator.comparingDouble(this::seconds)).orElseThrow();
    }

    private double seconds(Scored scored) {
        return expected(scored) + measuring(scored);
    }

    /** How many seconds a build with all rows is expected to be measured for, by those that were; 0 before the first one. */
    private double measuring(Scored scored) {
        return Math.min(longest, perWeight * scored.weight(rows));
    }

    /** How many seconds a build with all rows is expected to take. */
    private double expected(Scored scored) {
        return scored.built().seconds() * GROWTH * rows / scored.built().rows();
    }

    /** A second build with all rows: one that is better but did not fit, one for another target or, where the hardest is missed, a larger one. */
    private void second(List<Scored> scored, Scored first, List<Measured> ofFirst) {
        if (ofFirst.isEmpty()) {
            return;
        }
        boolean reached = ofFirst.stream().anyMatch(one -> one.choosing().low() >= hardest());
        Stream<Scored> others = reached
                ? targets.stream().map(target -> ParameterSearch.best(scored, target))
                : scored.stream()
                        .filter(one -> one.built().indexBytes()
                                > ParameterSearch.SAME_SIZE * first.built().indexBytes())
                        .sorted(Comparator.comparingLong(
                                        (Scored one) -> one.built().indexBytes())
                                .thenComparing(one -> -one.order()));
        Optional<Scored> second = Stream.concat(Stream.of(best(scored)), others)
                .filter(one -> !one.spec().equals(first.spec()))
                .findFirst();
        if (second.isPresent() && fits(second.get(), expected(second.get()))) {
            List<Measured> unused = build(second.get(), 1);
        }
    }

    /** Whether there is time for a build that takes some seconds, and for measuring it; says so if not. */
    private boolean fits(Scored scored, double seconds) {
        boolean fits = seconds + measuring(scored) <= budget.left();
        if (!fits) {
            steps.leaveOut(scored.spec()
                    + String.format(
                            Locale.ROOT,
                            ": a build takes about %.0f s and its searches %.0f s, more than is left of --minutes.",
                            seconds,
                            measuring(scored)));
        }
        return fits;
    }

    /**
     * Builds with all rows and measures.
     *
     * @param types how many types are still to come, this one included; if the build takes longer than expected, each other one keeps half
     *     of its share of the time
     */
    private List<Measured> build(Scored scored, int types) {
        double most = budget.left() * (types + 1) / (2 * types);
        return run(
                scored.spec(),
                scored,
                most,
                types == 1
                        ? "at the end of --minutes"
                        : String.format(Locale.ROOT, "after %.0f s, so that other types have time", most));
    }

    private List<Measured> run(IndexSpec spec, Scored like, double most, String why) {
        Optional<Done> done = build.run(spec, most, why);
        done.ifPresent(one -> {
            longest = Math.max(longest, one.seconds());
            perWeight = Math.max(perWeight, one.seconds() / like.weight(rows));
        });
        return done.map(Done::measured).orElse(List.of());
    }
}
