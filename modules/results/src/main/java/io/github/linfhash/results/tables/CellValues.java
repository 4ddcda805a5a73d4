package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import org.jspecify.annotations.Nullable;

/**
 * One number of one configuration at one code length: a value for each search and seed, with those of the single queries where they are
 * known. A seed gives all methods the same split, so that methods are compared seed by seed and query by query. Searches of two methods share
 * nothing: the difference of two methods holds the searches of each.
 */
public final class CellValues {
    private static final Pattern NUMBERED = Pattern.compile(".*-([1-9][0-9]{0,8})");

    private static final Set<String> OVER_QUERIES =
            StandardMetrics.OVER_QUERIES.stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    /** A value, and one for each query; null where these are not known. */
    private static final class Cell {
        private final double value;
        private final double @Nullable [] queries;

        Cell(double value, double @Nullable [] queries) {
            this.value = value;
            this.queries = queries;
        }

        Cell plus(double times, Cell other) {
            double[] mine = queries;
            double[] others = other.queries;
            return new Cell(
                    value + times * other.value,
                    mine == null || others == null || mine.length != others.length
                            ? null
                            : MathArrays.ebeAdd(mine, MathArrays.scale(times, others)));
        }

        Cell times(double factor) {
            return new Cell(factor * value, queries == null ? null : MathArrays.scale(factor, queries));
        }

        /** Whether both have values of as many queries. */
        boolean agrees(Cell other) {
            double[] mine = queries;
            double[] others = other.queries;
            return mine != null && others != null && mine.length == others.length;
        }
    }

    /** Of each method, whose means over searches are added: the values by search, then by seed. */
    private final List<NavigableMap<Integer, NavigableMap<Long, Cell>>> methods;

    private final CrossedMean.Range range;
    private final int queries;
    private final double share;

    /** Whether the values of single queries are missing here alone, so that an interval would be of another kind than those beside it. */
    private final boolean lacking;

    private CellValues(
            List<NavigableMap<Integer, NavigableMap<Long, Cell>>> methods,
            CrossedMean.Range range,
            int queries,
            double share,
            boolean lacking) {
        this.methods = List.copyOf(methods);
        this.range = range;
        this.queries = queries;
        this.share = share;
        this.lacking = lacking;
    }

    /**
     * The values of a metric among the runs of a configuration at a code length.
     *
     * @param protocol whose splits the runs have
     * @param values of single queries
     */
    public static CellValues ofMetric(
            List<RunResult> runs, Quantity metric, ProtocolSummary protocol, QueryValues values) {
        String key = metric.key();
        return of(
                runs,
                run -> run.metrics().get(key),
                run -> values.of(run, key).orElse(null),
                range(metric),
                protocol,
                lacks(runs, key, protocol, values));
    }

    private static CrossedMean.Range range(Quantity metric) {
        return metric.kind() == Quantity.Kind.FRACTION ? CrossedMean.Range.FRACTION : CrossedMean.Range.ANY;
    }

    private static double share(ProtocolSummary protocol) {
        int rows = protocol.dataset().images();
        // Queries of another data set are sampled from the rows that are not searched.
        int candidates = protocol.conventions().containsKey("data.queries")
                ? rows - protocol.sizes().database()
                : rows;
        return Math.min(1, (double) protocol.sizes().queries() / candidates);
    }

    /** A metric of a configuration at a code length, summarized; empty if no run has it. */
    public static Optional<Summary> summary(Evidence evidence, String method, int bits, Quantity metric) {
        CellValues values = ofMetric(
                evidence.results().runs(method, bits),
                metric,
                evidence.results().protocol(),
                evidence.queries());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.summary());
    }

    /**
     * Whether values of single queries of this mean are missing of any of these runs while others are kept, or were left out when results
     * were packed: its interval would be one over seeds alone among intervals over seeds and queries.
     */
    private static boolean lacks(List<RunResult> all, String key, ProtocolSummary protocol, QueryValues values) {
        if (!OVER_QUERIES.contains(key)) {
            return false;
        }
        List<RunResult> runs =
                all.stream().filter(run -> run.metrics().containsKey(key)).toList();
        return runs.stream().anyMatch(run -> values.of(run, key).isEmpty())
                && (values.partial()
                        || runs.stream()
                                .anyMatch(run -> protocol.headline().stream()
                                        .anyMatch(other -> values.of(run, other).isPresent())));
    }

    /** The seconds of a phase of these runs. */
    public static CellValues ofSeconds(List<RunResult> runs, Quantity phase) {
        return of(runs, run -> run.seconds().get(phase.key()));
    }

    /** A number of these runs that may be anything; null where a run does not have it. */
    public static CellValues of(List<RunResult> runs, Function<RunResult, @Nullable Double> number) {
        return of(runs, number, run -> null, CrossedMean.Range.ANY, null, false);
    }

    /** Returns the numbers of a metric, as a table of runs has them: by search, then by seed. */
    static CellValues ofMetric(
            Map<Integer, Map<Long, Double>> values, Quantity metric, @Nullable ProtocolSummary protocol) {
        NavigableMap<Integer, NavigableMap<Long, Cell>> cells = new TreeMap<>();
        values.forEach((search, bySeed) -> bySeed.forEach((seed, value) ->
                cells.computeIfAbsent(search, unused -> new TreeMap<>()).put(seed, new Cell(value, null))));
        CrossedMean.Range range = range(metric);
        return new CellValues(
                List.of(cells),
                range,
                range == CrossedMean.Range.FRACTION && protocol != null
                        ? protocol.sizes().queries()
                        : 0,
                0,
                false);
    }

    /**
     * Any number of these runs.
     *
     * @param number null where a run does not have it
     * @param ofQueries one for each query, whose mean it is; null where these are not known
     * @param protocol whose splits the runs have; null where it is no mean over queries
     * @param lacking whether values of single queries are missing here alone
     */
    private static CellValues of(
            List<RunResult> runs,
            Function<RunResult, @Nullable Double> number,
            Function<RunResult, double @Nullable []> ofQueries,
            CrossedMean.Range range,
            @Nullable ProtocolSummary protocol,
            boolean lacking) {
        boolean several =
                runs.stream().map(run -> run.key().variant()).distinct().count() > 1;
        NavigableMap<Integer, NavigableMap<Long, Cell>> cells = new TreeMap<>();
        for (RunResult run : runs) {
            Double value = number.apply(run);
            if (value != null) {
                cells.computeIfAbsent(several ? search(run.key().variant()) : 1, unused -> new TreeMap<>())
                        .put(run.key().seed(), new Cell(value, ofQueries.apply(run)));
            }
        }
        return protocol == null
                ? new CellValues(List.of(cells), range, 0, 0, lacking)
                : new CellValues(List.of(cells), range, protocol.sizes().queries(), share(protocol), lacking);
    }

    /** The number of the search that a variant is of. */
    static int search(String variant) {
        Matcher number = NUMBERED.matcher(variant);
        if (!number.matches()) {
            throw new IllegalArgumentException(
                    "expected variants of one configuration with the numbers of their tuning runs, found '" + variant
                            + "'");
        }
        return Integer.parseInt(number.group(1));
    }

    /** Whether no run has the number, or no seed has it of both of two methods. */
    public boolean isEmpty() {
        return methods.stream().anyMatch(Map::isEmpty) || (methods.size() > 1 && common().isEmpty());
    }

    /** How many searches have the number, of the method with more of them. */
    public int searches() {
        return methods.stream().mapToInt(Map::size).max().orElseThrow();
    }

    /** How many seeds all of these searches have it with. */
    public int seeds() {
        return common().size();
    }

    private Set<Long> common() {
        TreeSet<Long> seeds = new TreeSet<>();
        methods.forEach(cells -> cells.values().forEach(search -> seeds.addAll(search.keySet())));
        methods.forEach(cells -> cells.values().forEach(search -> seeds.retainAll(search.keySet())));
        return methods.stream().anyMatch(Map::isEmpty) ? Set.of() : seeds;
    }

    /** This less another method, for each seed and query that both have, over the searches of each. */
    public CellValues minus(CellValues other) {
        boolean fractions = range == CrossedMean.Range.FRACTION && other.range == range;
        List<NavigableMap<Integer, NavigableMap<Long, Cell>>> both = new ArrayList<>(methods);
        for (NavigableMap<Integer, NavigableMap<Long, Cell>> cells : other.methods) {
            NavigableMap<Integer, NavigableMap<Long, Cell>> negative = new TreeMap<>();
            cells.forEach((search, bySeed) -> {
                NavigableMap<Long, Cell> ofSearch = new TreeMap<>();
                bySeed.forEach((seed, cell) -> ofSearch.put(seed, cell.times(-1)));
                negative.put(search, ofSearch);
            });
            both.add(negative);
        }
        boolean lacks = lacking || other.lacking;
        return fractions
                ? new CellValues(both, CrossedMean.Range.DIFFERENCE, Math.min(queries, other.queries), share, lacks)
                : new CellValues(both, CrossedMean.Range.ANY, 0, share, lacks);
    }

    /** This plus so many times the same at another code length, for each search, seed and query that both have. */
    public CellValues plus(double times, CellValues other) {
        List<NavigableMap<Integer, NavigableMap<Long, Cell>>> sums = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            NavigableMap<Integer, NavigableMap<Long, Cell>> others = other.methods.get(m);
            NavigableMap<Integer, NavigableMap<Long, Cell>> sum = new TreeMap<>();
            methods.get(m).forEach((search, bySeed) -> {
                NavigableMap<Long, Cell> both = new TreeMap<>();
                NavigableMap<Long, Cell> more = others.getOrDefault(search, new TreeMap<>());
                bySeed.forEach((seed, cell) -> {
                    Cell there = more.get(seed);
                    if (there != null) {
                        both.put(seed, cell.plus(times, there));
                    }
                });
                if (!both.isEmpty()) {
                    sum.put(search, both);
                }
            });
            sums.add(sum);
        }
        return new CellValues(sums, CrossedMean.Range.ANY, 0, share, lacking || other.lacking);
    }

    /** Returns the differences to another method, as {@link #minus} does, but positive where this is the better one. */
    public CellValues aheadOf(CellValues other, Quantity.Direction direction) {
        return direction.gain(1) > 0 ? minus(other) : other.minus(this);
    }

    /**
     * The mean over searches and seeds, its spread, and its interval, unless that lacks the queries, or there are fewer than
     * {@value Leads#FEWEST_SEEDS} seeds of one search, of whose spread too little is known. A seed that not all searches have does not count,
     * unless there is no other.
     */
    public Summary summary() {
        boolean few = searches() == 1 && seeds() < Leads.FEWEST_SEEDS;
        return lacking || few ? tested().withoutInterval() : tested();
    }

    /** Returns the summary with the interval that tests use: over seeds alone where values of single queries were not kept. */
    public Summary tested() {
        if (common().isEmpty()) {
            double[] all = methods.size() > 1
                    ? new double[0]
                    : methods.get(0).values().stream()
                            .flatMap(search -> search.values().stream())
                            .mapToDouble(cell -> cell.value)
                            .toArray();
            return Summary.without(all, 0, searches());
        }
        List<double[][]> tables = tables().stream()
                .map(table -> table.stream()
                        .map(search ->
                                search.stream().mapToDouble(cell -> cell.value).toArray())
                        .toArray(double[][]::new))
                .toList();
        double[] all = tables.size() == 1
                ? Arrays.stream(tables.get(0)).flatMapToDouble(Arrays::stream).toArray()
                : ofSeeds(tables);
        List<double[]> runs = tables.stream()
                .map(table -> Arrays.stream(table).mapToDouble(StatUtils::mean).toArray())
                .toList();
        if (runs.stream().anyMatch(TwoGroups::of)) {
            return grouped(Summary.without(all, seeds(), searches()), runs);
        }
        return seeds() == 1
                ? Summary.without(all, 1, searches())
                : Summary.with(all, seeds(), searches(), crossed(tables));
    }

    /** Returns what is known where tuning runs fall into two groups: each of them of one method, and a test by ranks of two. */
    private static Summary grouped(Summary summary, List<double[]> runs) {
        return switch (runs.size()) {
            case 1 -> summary.ofGroups(Arrays.stream(runs.get(0)).boxed().toList(), OptionalDouble.empty());
            // The second method's values are negative, as it is subtracted.
            case 2 ->
                summary.ofGroups(
                        List.of(),
                        OptionalDouble.of(TwoGroups.rankP(
                                runs.get(0),
                                Arrays.stream(runs.get(1)).map(value -> -value).toArray())));
            default -> summary;
        };
    }

    /** The sum over methods of the means over their searches. */
    private static double[] ofSeeds(List<double[][]> tables) {
        double[] sums = new double[tables.get(0)[0].length];
        for (double[][] table : tables) {
            for (double[] search : table) {
                Arrays.setAll(sums, s -> sums[s] + search[s] / table.length);
            }
        }
        return sums;
    }

    /** Whether the values of single queries are known of all that counts. */
    public boolean overQueries() {
        List<List<List<Cell>>> tables = tables();
        List<Cell> first = tables.get(0).get(0);
        return tables.stream()
                .flatMap(List::stream)
                .allMatch(search -> IntStream.range(0, search.size())
                        .allMatch(seed -> search.get(seed).agrees(first.get(seed))));
    }

    private Optional<CrossedMean> crossed(List<double[][]> means) {
        if (!overQueries()) {
            return CrossedMean.ofCells(means, range, queries);
        }
        List<double[][][]> values = tables().stream()
                .map(table -> table.stream()
                        .map(search -> search.stream().map(cell -> cell.queries).toArray(double[][]::new))
                        .toArray(double[][][]::new))
                .toList();
        return CrossedMean.nested(values, range, share);
    }

    /** The cells of each search of each method, of the seeds that all have. */
    private List<List<List<Cell>>> tables() {
        Set<Long> seeds = common();
        return methods.stream()
                .map(cells -> cells.values().stream()
                        .map(search -> seeds.stream().map(search::get).toList())
                        .toList())
                .toList();
    }

    /** The values by search, then by seed, of a method. */
    public Map<Integer, Map<Long, Double>> values() {
        Map<Integer, Map<Long, Double>> values = new TreeMap<>();
        methods.get(0).forEach((search, bySeed) -> {
            Map<Long, Double> ofSearch = new TreeMap<>();
            bySeed.forEach((seed, cell) -> ofSearch.put(seed, cell.value));
            values.put(search, ofSearch);
        });
        return values;
    }
}
