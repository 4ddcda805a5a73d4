package io.github.linfhash.engines.measure;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.VectorCollection.Built;
import io.github.linfhash.engines.measure.VectorCollection.Searched;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses parameters of builds by successive halving on a 32nd, a 16th and an eighth of the rows, in which the time to reach a target decides among
 * the smallest indexes.
 */
final class ParameterSearch {
    private static final int LEAST_RUNG = 2_000;
    private static final int LEAST_LAST_RUNG = 1_000;
    private static final double GRAPH_GROWTH = 2;

    /** Seconds; shorter times say little. */
    private static final double LEAST_WEIGHT = 0.001;

    /** Builds whose sizes differ by less are equally large. */
    static final double SAME_SIZE = 1.01;

    /** A graph of all rows needs more effort than one of an eighth. */
    private static final int MOST_RUNG_EFFORT = 400;

    /** The share of the time after which no more rungs begin. */
    private static final double OF_RUNGS = 0.4;

    private final Engine engine;
    private final Measurer.Request request;
    private final Map<IndexType, Grid> grids;
    private final Sweeper sweeper;
    private final Queries choosing;
    private final Budget budget;
    private final Progress progress;
    private final Steps steps;

    ParameterSearch(
            Engine engine,
            Measurer.Request request,
            Map<IndexType, Grid> grids,
            Sweeper sweeper,
            Queries choosing,
            Budget budget,
            Progress progress,
            Steps steps) {
        this.engine = engine;
        this.request = request;
        this.grids = grids;
        this.sweeper = sweeper;
        this.choosing = choosing;
        this.budget = budget;
        this.progress = progress;
        this.steps = steps;
    }

    /**
     * A build of a part of the rows.
     *
     * @param built of the part, by the parameters for all rows
     * @param order of the build among those of its type, the least thorough first
     * @param p95 by target, the smallest one that reaches it; none where nothing does
     * @param searching seconds that all searches of it took
     */
    record Scored(Built built, int order, Map<Double, Double> p95, double searching) {
        IndexSpec spec() {
            return built.spec();
        }

        /** How long searches among all rows take, beside those of another build: those of a graph hardly grow with the rows. */
        double weight(int rows) {
            double growth = spec().type().graph() ? GRAPH_GROWTH : (double) rows / built.rows();
            return Math.max(LEAST_WEIGHT, searching * growth);
        }
    }

    /** The numbers of rows on which parameters of builds are chosen, ascending. */
    static List<Integer> rungs(int rows) {
        List<Integer> rungs = new ArrayList<>(Stream.of(32, 16)
                .map(part -> rows / part)
                .filter(count -> count >= LEAST_RUNG)
                .toList());
        rungs.add(Math.min(rows, Math.max(LEAST_LAST_RUNG, rows / 8)));
        return rungs;
    }

    /** The candidates of each type that are left, measured on the last rung that there was time for. */
    Map<IndexType, List<Scored>> run(List<IndexType> types) {
        if (types.isEmpty()) {
            return Map.of();
        }
        int rows = request.database().rows();
        double end = budget.used() + OF_RUNGS * budget.left();
        Map<IndexType, List<IndexSpec>> specs = new LinkedHashMap<>();
        types.forEach(type -> specs.put(type, grid(type).builds()));
        Map<IndexType, List<Scored>> last = new LinkedHashMap<>();
        for (int count : rungs(rows)) {
            String step = "choosing parameters on " + count + " rows";
            boolean made = steps.attempt(step, () -> {
                steps.begin(step);
                engine.makePart(count);
            });
            if (!made) {
                return last;
            }
            Queries among = choosing.among(count, Sweeper.COARSE_QUERIES);
            Map<IndexType, List<Scored>> now = new LinkedHashMap<>();
            int most = specs.values().stream().mapToInt(List::size).max().orElse(0);
            try (Progress.Task task = progress.begin(
                    step, specs.values().stream().mapToInt(List::size).sum())) {
                for (int i = 0; i < most; i++) {
                    for (IndexType type : List.copyOf(specs.keySet())) {
                        List<IndexSpec> ofType = Objects.requireNonNull(specs.get(type));
                        if (i >= ofType.size()) {
                            continue;
                        }
                        boolean first = !last.containsKey(type) && !now.containsKey(type);
                        if (!steps.ended() && (first || budget.used() < end)) {
                            IndexSpec spec = ofType.get(i);
                            boolean scored = steps.attempt(
                                    spec.toString(),
                                    () -> score(spec, count, among)
                                            .ifPresent(one -> now.computeIfAbsent(type, key -> new ArrayList<>())
                                                    .add(one)));
                            if (!scored) {
                                // An engine that fails once with a type is not asked for it again.
                                specs.remove(type);
                                now.remove(type);
                                last.remove(type);
                            }
                        }
                        task.advance(1);
                    }
                }
            }
            // A rung that was cut short leaves out candidates that no later one knows better.
            now.forEach((type, ofType) -> {
                last.put(type, ofType);
                specs.put(type, half(ofType));
            });
        }
        if (!steps.ended()) {
            steps.attempt("removing a part of the rows", engine::dropPart);
        }
        for (IndexType type : specs.keySet()) {
            if (!last.containsKey(type) && !steps.ended()) {
                steps.leaveOut(type + ": no time left of --minutes.");
            }
        }
        return last;
    }

    private Grid grid(IndexType type) {
        return Objects.requireNonNull(grids.get(type));
    }

    /** Measures a build of a part of the rows; empty if it takes more than is left of the time. */
    private Optional<Scored> score(IndexSpec spec, int count, Queries among) throws IOException {
        steps.begin("building " + spec + " on " + count + " rows");
        VectorCollection rung = engine.part(spec.type(), count);
        Optional<Built> built = rung.build(spec, budget.left());
        if (built.isEmpty()) {
            return Optional.empty();
        }
        double start = budget.used();
        try {
            List<Integer> efforts = grid(spec.type()).efforts().stream()
                    .filter(effort -> !spec.type().graph() || effort <= MOST_RUNG_EFFORT)
                    .toList();
            // Every second one, the last included.
            Sweep sweep = sweeper.coarse(
                    rung,
                    spec,
                    IntStream.range(0, efforts.size())
                            .filter(i -> (efforts.size() - 1 - i) % 2 == 0)
                            .mapToObj(efforts::get)
                            .toList(),
                    among);
            Map<Double, Double> p95 = new LinkedHashMap<>();
            for (double target : request.targets()) {
                List<OperatingPoint> able = sweep.reaching(target, CrossedMean::mean);
                if (!able.isEmpty()) {
                    double best = Double.POSITIVE_INFINITY;
                    for (Searched found : rung.search(able, among, 0, among.size(), request.neighbors())) {
                        best = Math.min(best, Halving.percentile(found.millis(), 0.95));
                    }
                    p95.put(target, best);
                }
            }
            return Optional.of(
                    new Scored(built.get(), grid(spec.type()).builds().indexOf(spec), p95, budget.used() - start));
        } finally {
            rung.dropIndex();
        }
    }

    /** The better half of builds for each target. */
    private List<IndexSpec> half(List<Scored> scored) {
        Set<IndexSpec> kept = new LinkedHashSet<>();
        for (double target : request.targets()) {
            List<Scored> left = new ArrayList<>(scored);
            for (int i = 0; i < (scored.size() + 1) / 2; i++) {
                Scored best = best(left, target);
                kept.add(best.spec());
                left.remove(best);
            }
        }
        return List.copyOf(kept);
    }

    /** The smallest build that reaches a target, of equally small ones the fastest; the largest if none does. */
    static Scored best(List<Scored> scored, double target) {
        List<Scored> able =
                scored.stream().filter(one -> one.p95.containsKey(target)).toList();
        if (able.isEmpty()) {
            return scored.stream()
                    .max(Comparator.comparingLong((Scored one) -> one.built.indexBytes())
                            .thenComparing(Scored::order))
                    .orElseThrow();
        }
        double smallest =
                able.stream().mapToLong(one -> one.built.indexBytes()).min().orElseThrow();
        return able.stream()
                .filter(one -> one.built.indexBytes() <= SAME_SIZE * smallest)
                .min(Comparator.comparingDouble(one -> one.p95.getOrDefault(target, Double.POSITIVE_INFINITY)))
                .orElseThrow();
    }
}
