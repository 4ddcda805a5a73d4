package io.github.linfhash.engines.measure;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Measurement.Latency;
import io.github.linfhash.engines.measure.Measurement.Losses;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.measure.VectorCollection.Built;
import io.github.linfhash.engines.measure.VectorCollection.Searched;
import io.github.linfhash.engines.measure.VectorCollection.Throughput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Searches in one build: finds the efforts and numbers of candidates that reach targets, and measures them.
 *
 * <p>Candidates are retrieved once for each effort; the recall of every smaller number of candidates follows from the order of the list. Operating
 * points that reach a target are timed by successive halving with the queries that choose; those that are left are measured with the queries that
 * report.
 */
final class Sweeper {
    static final int COARSE_QUERIES = 64;
    private static final int FIRST_ROUND = 32;
    private static final int PLANS = 8;
    private static final double CLIENT_SECONDS = 1;
    private static final int MOST_CLIENTS = 16;

    /** The recalls that curves show beside the targets. */
    private static final List<Double> LADDER = List.of(0.8, 0.9, 0.95, 0.98, 0.99, 0.995);

    /** Recall of a few queries from which on more effort is not worth a look. */
    private static final double ENOUGH = 0.999;

    private static final int SEEN_EFFORT = 100;
    private static final double LEAST_GAIN = 0.0005;

    /** Where recall of a few queries may be if that of all reaches a target: shares of the rest of it. */
    private static final List<Double> AROUND = List.of(-0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9);

    private final Map<IndexType, Grid> grids;
    private final List<Double> targets;
    private final int neighbors;
    private final Queries choosing;
    private final Queries reporting;
    private final int lossQueries;
    private final Map<IndexSpec, Sweep> sweeps = new HashMap<>();

    /** The recall of each reporting query. */
    private final IdentityHashMap<Measured, double[]> ofQueries = new IdentityHashMap<>();

    Sweeper(
            Map<IndexType, Grid> grids,
            List<Double> targets,
            int neighbors,
            Queries choosing,
            Queries reporting,
            int lossQueries) {
        this.grids = grids;
        this.targets = targets;
        this.neighbors = neighbors;
        this.choosing = choosing;
        this.reporting = reporting;
        this.lossQueries = lossQueries;
    }

    /** Recall of a few queries, as far as more effort finds more. */
    Sweep coarse(VectorCollection rows, IndexSpec spec, List<Integer> efforts, Queries queries) throws IOException {
        int count = Math.min(COARSE_QUERIES, queries.size());
        List<OperatingPoint> points = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        int enough = 0;
        double before = 0;
        for (int effort : efforts) {
            List<Integer> candidates = Objects.requireNonNull(grids.get(spec.type())).candidates().stream()
                    .filter(number -> !spec.type().graph() || number <= effort)
                    .toList();
            int most = candidates.get(candidates.size() - 1);
            List<int[]> lists = byCode(rows, new OperatingPoint(spec, effort, most), queries, count);
            for (int number : candidates) {
                points.add(new OperatingPoint(spec, effort, number));
                recalls.add(Queries.mean(queries.recall(lists, number)));
            }
            double best = recalls.get(recalls.size() - 1).mean();
            enough += best >= ENOUGH || (effort > SEEN_EFFORT && best < before + LEAST_GAIN) ? 1 : 0;
            before = best;
            if (enough > 1) {
                break;
            }
        }
        return new Sweep(points, recalls);
    }

    Sweep coarse(VectorCollection rows, IndexSpec spec, Queries queries) throws IOException {
        return coarse(rows, spec, Objects.requireNonNull(grids.get(spec.type())).efforts(), queries);
    }

    private static List<int[]> byCode(VectorCollection rows, OperatingPoint point, Queries queries, int count)
            throws IOException {
        return rows.byCode(point, queries, count, false)
                .orElseThrow(() -> new IllegalStateException("an index returns no candidates"));
    }

    /** Recall of all queries, for the operating points that may reach a target. */
    Sweep precise(VectorCollection rows, IndexSpec spec, Sweep coarse, Queries queries) throws IOException {
        Map<Integer, TreeSet<Integer>> wanted = new TreeMap<>();
        for (double target : targets) {
            for (double share : AROUND) {
                for (OperatingPoint one : coarse.reaching(target + share * (1 - target), CrossedMean::mean)) {
                    wanted.computeIfAbsent(one.effort(), key -> new TreeSet<>()).add(one.candidates());
                }
            }
        }
        OperatingPoint closest = coarse.closest();
        wanted.computeIfAbsent(closest.effort(), key -> new TreeSet<>()).add(closest.candidates());
        List<OperatingPoint> points = new ArrayList<>();
        List<CrossedMean> recalls = new ArrayList<>();
        for (Map.Entry<Integer, TreeSet<Integer>> entry : wanted.entrySet()) {
            OperatingPoint most =
                    new OperatingPoint(spec, entry.getKey(), entry.getValue().last());
            List<int[]> lists = byCode(rows, most, queries, queries.size());
            for (int number : entry.getValue()) {
                points.add(new OperatingPoint(spec, entry.getKey(), number));
                recalls.add(Queries.mean(queries.recall(lists, number)));
            }
        }
        return new Sweep(points, recalls);
    }

    /** The recall of the choosing queries in a build of all rows that was measured. */
    Sweep of(IndexSpec spec) {
        return Objects.requireNonNull(sweeps.get(spec));
    }

    /** The recall of each reporting query at an operating point that was measured. */
    double[] recalls(Measured measured) {
        return Objects.requireNonNull(ofQueries.get(measured));
    }

    /** Measures a build of all rows. */
    List<Measured> measure(VectorCollection rows, Built built) throws IOException {
        IndexSpec spec = built.spec();
        Sweep coarse = coarse(rows, spec, choosing);
        boolean exact = spec.type().exact();
        Sweep precise = exact ? coarse : precise(rows, spec, coarse, choosing);
        sweeps.put(spec, precise);
        Set<OperatingPoint> chosen = new LinkedHashSet<>();
        for (double target : exact ? List.<Double>of() : LADDER) {
            fastest(rows, coarse.reaching(target, CrossedMean::mean), 2 * FIRST_ROUND, chosen);
        }
        for (double target : exact ? List.<Double>of() : targets) {
            fastest(rows, precise.reaching(target, CrossedMean::low), choosing.size(), chosen);
        }
        chosen.add(coarse.closest());
        List<OperatingPoint> points = List.copyOf(chosen);
        int queries = exact ? Math.min(Measurement.EXACT_QUERIES, reporting.size()) : reporting.size();
        List<Searched> found = rows.search(points, reporting, 0, queries, neighbors);
        List<Measurement.@Nullable Plan> plans = new ArrayList<>();
        for (OperatingPoint point : points) {
            plans.add(rows.plan(point, choosing, Math.min(PLANS, choosing.size()), neighbors));
        }
        Throughput throughputs = throughputs(rows, points, found);
        List<@Nullable Losses> losses = losses(rows, points, found);
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double[] recall = reporting.recall(found.get(i).lists(), neighbors);
            Measured one = new Measured(
                    points.get(i),
                    built,
                    (precise.points().contains(points.get(i)) ? precise : coarse).of(points.get(i)),
                    Queries.mean(recall),
                    Latency.of(found.get(i).millis()),
                    new Throughput(List.of(throughputs.perSecond().get(i)), throughputs.clients()),
                    plans.get(i),
                    losses.get(i),
                    reporting.distanceRatio(found.get(i).lists()));
            ofQueries.put(one, recall);
            measured.add(one);
        }
        return measured;
    }

    private void fastest(VectorCollection rows, List<OperatingPoint> able, int queries, Set<OperatingPoint> chosen)
            throws IOException {
        if (!able.isEmpty()) {
            chosen.add(Halving.fastest(
                    able,
                    FIRST_ROUND,
                    Math.min(queries, choosing.size()),
                    (points, from, to) -> rows.search(points, choosing, from, to, neighbors).stream()
                            .map(Searched::millis)
                            .toList()));
        }
    }

    /** Searches per second of as many clients as there are processors and the engine allows. */
    private Throughput throughputs(VectorCollection rows, List<OperatingPoint> points, List<Searched> found)
            throws IOException {
        // Each client asks all queries about once, if that takes no longer.
        double[] seconds = found.stream()
                .mapToDouble(one ->
                        Math.min(CLIENT_SECONDS, Arrays.stream(one.millis()).sum() / 1000))
                .toArray();
        int most = Math.min(MOST_CLIENTS, Runtime.getRuntime().availableProcessors());
        return rows.perSecond(points, seconds, reporting, neighbors, most);
    }

    /**
     * For each operating point the recall that codes lose, found by an exact scan of them, and what the index loses in addition; null where the
     * engine has no such scan.
     */
    private List<@Nullable Losses> losses(VectorCollection rows, List<OperatingPoint> points, List<Searched> found)
            throws IOException {
        IndexType type = points.get(0).index().type();
        int most = points.stream().mapToInt(OperatingPoint::candidates).max().orElseThrow();
        int queries = Math.min(lossQueries, found.get(0).lists().size());
        Optional<List<int[]>> exact = type.coded()
                ? rows.byCode(
                        new OperatingPoint(points.get(0).index(), points.get(0).effort(), most),
                        reporting,
                        queries,
                        true)
                : Optional.of(List.of());
        List<@Nullable Losses> losses = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            int candidates = points.get(i).candidates();
            double code = type.coded() && exact.isPresent() ? mean(reporting.recall(exact.get(), candidates)) : 1;
            double all = mean(reporting.recall(found.get(i).lists().subList(0, queries), neighbors));
            losses.add(exact.isEmpty() ? null : new Losses(1 - code, code - all));
        }
        return losses;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
