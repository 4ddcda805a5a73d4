package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.evaluation.Quantity.Direction;
import io.github.linfhash.core.evaluation.Quantity.Kind;
import io.github.linfhash.core.evaluation.Quantity.Role;
import io.github.linfhash.core.evaluation.Quantity.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics of every run, in the order in which they are reported, those on request, and what else runs measure. A new metric is
 * one line in {@link #ON_REQUEST}, or in {@link #ALL} if every run is to have it from now on: there the last of those of its
 * source, as files of single queries have their columns in this order, and runs have the metrics of distances before those of
 * outputs.
 */
public final class StandardMetrics {
    /** Mean average precision of the whole ranking. */
    public static final Metric MAP = fraction("map", "mAP", "mAP", RankMeasure.averagePrecision());

    /** Mean precision within Hamming radius 2. */
    public static final Metric PRECISION_2 = precision(2);

    /** Mean recall within Hamming radius 2. */
    public static final Metric RECALL_2 = recall(2);

    /** Mean precision of equal codes. */
    public static final Metric PRECISION_0 = precision(0);

    /** Mean precision of the first 5,000. */
    public static final Metric PRECISION_TOP_5000 =
            fraction("precisionTop5000", "Precision of the first 5,000", "MP@5K", RankMeasure.precision(5000));

    /** Mean average precision of the ranking by real outputs. */
    public static final Metric REAL_MAP = new Metric(
            result("realMap", Words.of("mAP of the real outputs", "realMap"), Kind.FRACTION, Direction.HIGHER),
            Metric.Source.OUTPUTS,
            StandardMetrics::realMap);

    /** All of them. */
    public static final List<Metric> ALL = List.of(
            MAP,
            PRECISION_2,
            RECALL_2,
            f1(2),
            PRECISION_0,
            recall(0),
            f1(0),
            emptyBalls(2),
            emptyBalls(0),
            uniqueCodes(),
            fraction("mapOptimistic", "mAP, best order of ties", "mapOptimistic", map(Ties.OPTIMISTIC)),
            fraction("mapPessimistic", "mAP, worst order of ties", "mapPessimistic", map(Ties.PESSIMISTIC)),
            // A bare function: results never kept its values of single queries.
            fraction(
                    "precisionTop100",
                    "Precision of the first 100",
                    "precisionTop100",
                    RankMeasure.precision(100)::mean),
            fraction("map@10", "mAP of the first 10", "mAP@10", RankMeasure.averagePrecision(10)),
            PRECISION_TOP_5000,
            pooledRecall(2),
            pooledRecall(0),
            number(
                    "meanDistance",
                    "Mean distance of relevant pairs, bits",
                    "Mean dist., bits",
                    Direction.LOWER,
                    new RelevantDistance()),
            REAL_MAP);

    /**
     * Metrics that are measured where a protocol names them among its {@code metrics}, and of codes that are given: whoever does
     * not ask keeps the numbers, and the files, that there were before them.
     */
    public static final List<Metric> ON_REQUEST = List.of(
            fraction("map@1000", "mAP of the first 1,000", "mAP@1K", RankMeasure.averagePrecision(1000)),
            fraction("map@5000", "mAP of the first 5,000", "mAP@5K", RankMeasure.averagePrecision(5000)),
            fraction("precisionTop1000", "Precision of the first 1,000", "MP@1K", RankMeasure.precision(1000)),
            fraction("recallTop1000", "Recall of the first 1,000", "MR@1K", RankMeasure.recall(1000)),
            fraction("recallTop5000", "Recall of the first 5,000", "MR@5K", RankMeasure.recall(5000)),
            fraction(
                    "lookupSuccess@2",
                    "Queries with something relevant within radius 2",
                    "Lookup success",
                    new LookupSuccess(2)),
            ofBits("bitBias", "Bias of the bits, mean", "Bit bias", BitStatistics::bias),
            ofBits("bitCorrelation", "Correlation of bits, mean", "Bit corr.", BitStatistics::correlation));

    /**
     * Mean average precision by the distance that a method's own publication ranks by, of methods that have one ({@link
     * io.github.linfhash.core.method.MethodDistance}); measured where a protocol names it among its {@code metrics}.
     */
    public static final Quantity OWN_MAP = result(
            "ownMap",
            Words.of("mAP by the distance of the method's publication", "mAP, own dist."),
            Kind.FRACTION,
            Direction.HIGHER);

    /** The quantization error that runs of encoders have among their metrics; no retrieval tells it. */
    public static final Quantity QUANTIZATION = result(
            OutputCurves.SCALED_QUANTIZATION,
            Words.of("Quantization error of the queries, of scaled outputs", OutputCurves.SCALED_QUANTIZATION),
            Kind.FRACTION,
            Direction.LOWER);

    /** How many candidates a search takes by code for each neighbor that is wanted, of {@link #NEIGHBOR_RECALLS}. */
    public static final List<Integer> OVERSAMPLINGS = List.of(1, 2, 3, 5, 10);

    /** The share of the nearest float neighbors among the best by code, for each of {@link #OVERSAMPLINGS}. */
    public static final List<Quantity> NEIGHBOR_RECALLS =
            OVERSAMPLINGS.stream().map(StandardMetrics::neighborRecall).toList();

    /** Mean precision of the first 10 by code, of protocols with neighbors. */
    public static final Quantity PRECISION_TOP_10 =
            result("precisionTop10", Words.of("Precision of the first 10", "P of 10"), Kind.FRACTION, Direction.HIGHER);

    /** The bytes that the code of one vector takes, side information included, of protocols with neighbors. */
    public static final Quantity BYTES = new Quantity(
            "codeBytes",
            Words.of("Bytes of a code, side information included", "Bytes"),
            Kind.COUNT,
            Direction.NONE,
            Role.DIAGNOSTIC,
            false);

    /**
     * The bytes of a code and, in equal shares, those of the arrays that encoding needs, at the number of vectors of the run's database.
     * A model of half a megabyte is 46 bytes a vector at ten thousand vectors, and nothing at ten million.
     */
    public static final Quantity BYTES_AT_N = new Quantity(
            "bytesAtN",
            Words.of("Bytes of a code and its share of the model's, at this number of vectors", "Bytes at n"),
            Kind.NUMBER,
            Direction.NONE,
            Role.DIAGNOSTIC,
            false);

    /** The metrics of runs of protocols with neighbors, beside {@link #ALL} or in place of them. */
    public static final List<Quantity> OF_NEIGHBORS = Stream.concat(
                    NEIGHBOR_RECALLS.stream(), Stream.of(PRECISION_TOP_10, BYTES, BYTES_AT_N))
            .toList();

    /**
     * The keys of the numbers that are means over queries, in the order of the columns of files of single queries: those of all runs, of
     * runs with neighbors, and on request.
     */
    public static final List<List<String>> OVER_QUERIES = List.of(
            overQueries(ALL),
            OF_NEIGHBORS.stream()
                    .filter(quantity -> quantity.role() != Role.DIAGNOSTIC)
                    .map(Quantity::key)
                    .toList(),
            overQueries(ON_REQUEST));

    /** The wall-clock time of a run's training. */
    public static final Quantity TRAIN = seconds("train", "Train");

    /** The wall-clock time of encoding queries and database. */
    public static final Quantity ENCODE = seconds("encode", "Encode");

    /** The wall-clock time of the evaluation. */
    public static final Quantity EVALUATE = seconds("evaluate", "Evaluate");

    /** The phases of a run, in the order in which they happen. */
    public static final List<Quantity> PHASES = List.of(TRAIN, ENCODE, EVALUATE);

    /** The number of learned parameters. */
    public static final Quantity PARAMETERS =
            result("parameters", Words.of("Parameters", "Parameters"), Kind.COUNT, Direction.NONE);

    /** All that can stand among a run's metrics, in the order of results.json. */
    private static final Map<String, Quantity> BY_KEY = Stream.of(
                    ALL.stream().map(Metric::quantity),
                    Stream.of(QUANTIZATION),
                    ON_REQUEST.stream().map(Metric::quantity),
                    Stream.of(OWN_MAP),
                    OF_NEIGHBORS.stream())
            .flatMap(Function.identity())
            .collect(Collectors.toMap(Quantity::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    /** The metrics that a summary shows unless a protocol says otherwise: the columns of Table 2 of Wang et al. (IJCAI 2016). */
    private static final List<String> HEADLINE =
            List.of("map", "precision@2", "recall@2", "f1@2", "precision@0", "recall@0", "f1@0");

    private static final Pattern FOUND_IN_BALL = Pattern.compile("(?:recall|recallPooled|f1|lookupSuccess)@(\\d+)");

    private StandardMetrics() {}

    private static List<String> overQueries(List<Metric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.measure() instanceof Metric.QueryMeasure)
                .map(Metric::key)
                .toList();
    }

    /** Returns whether equal codes have equal values of a metric; continuous outputs may differ where their signs do not. */
    public static boolean followsFromCodes(String key) {
        return !key.equals(REAL_MAP.quantity().key()) && !key.equals(QUANTIZATION.key());
    }

    /**
     * A Hamming ball, by the metrics that describe it.
     *
     * @param precision the mean precision of the balls
     * @param emptyBalls the share of the queries whose ball is empty
     */
    public record Ball(Quantity precision, Quantity emptyBalls) {}

    /** The Hamming ball in which a quantity counts relevant finds, as recall, F1 and look-up success do; empty for all others. */
    public static Optional<Ball> ballOf(Quantity quantity) {
        Matcher key = FOUND_IN_BALL.matcher(quantity.key());
        return key.matches()
                ? Optional.of(new Ball(quantity("precision@" + key.group(1)), quantity("emptyBalls@" + key.group(1))))
                : Optional.empty();
    }

    /** The keys of the metrics that a summary shows unless a protocol says otherwise, in their order. */
    public static List<String> headline() {
        return HEADLINE;
    }

    /**
     * The values by key, in the order of {@link #ALL}, under the standard conventions, of all metrics of distances; and of
     * those of outputs, where the retrieval has any.
     */
    public static Map<String, Double> evaluate(Retrieval retrieval) {
        return evaluate(retrieval, Conventions.STANDARD);
    }

    /** Returns the values by key under any conventions; NaN where no query is left to average. */
    public static Map<String, Double> evaluate(Retrieval retrieval, Conventions conventions) {
        return Metric.Value.byKey(measure(List.of(), retrieval, conventions));
    }

    /**
     * The values of all metrics that can be computed, in the order of {@link #ALL}, then of those {@link #ON_REQUEST} that are asked for.
     *
     * @param asked keys of metrics of any kind
     * @throws IllegalStateException if bits are asked for, and the retrieval was counted elsewhere
     */
    public static List<Metric.Value> measure(Collection<String> asked, Retrieval retrieval, Conventions conventions) {
        return Stream.concat(
                        ALL.stream()
                                .filter(metric -> metric.source() == Metric.Source.DISTANCES || retrieval.hasOutputs()),
                        ON_REQUEST.stream().filter(metric -> asked.contains(metric.key())))
                .map(metric -> metric.measured(retrieval, conventions))
                .toList();
    }

    /**
     * The values by key of those {@link #ON_REQUEST} that are asked for, in their order.
     *
     * @param asked keys of metrics of any kind
     * @throws IllegalStateException if bits are asked for, and the retrieval was counted elsewhere
     */
    public static Map<String, Double> onRequest(
            Collection<String> asked, Retrieval retrieval, Conventions conventions) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : ON_REQUEST) {
            if (asked.contains(metric.key())) {
                values.put(metric.key(), metric.of(retrieval, conventions));
            }
        }
        return values;
    }

    /** The keys of those {@link #ON_REQUEST}, in their order, and of {@link #OWN_MAP}. */
    public static List<String> keysOnRequest() {
        return Stream.concat(ON_REQUEST.stream().map(Metric::key), Stream.of(OWN_MAP.key()))
                .toList();
    }

    /** Returns the quantity of a key among a run's metrics; for a key of another version, one with no other name and no direction. */
    public static Quantity quantity(String key) {
        return BY_KEY.getOrDefault(key, Quantity.unknown(key));
    }

    /** The keys of all that can stand among a run's metrics, in the order of results.json. */
    public static List<String> keys() {
        return List.copyOf(BY_KEY.keySet());
    }

    private static double realMap(Retrieval retrieval, Conventions conventions) {
        Retrieval searched = retrieval.under(conventions.selfMatch());
        return RankMeasure.mean(searched.realAveragePrecisions(conventions.ties()));
    }

    private static Metric.Measure map(Ties ties) {
        RankMeasure averagePrecision = RankMeasure.averagePrecision();
        return (retrieval, conventions) -> averagePrecision.mean(retrieval, conventions.with(ties));
    }

    private static Metric fraction(String key, String title, String head, Metric.Measure measure) {
        return new Metric(
                result(key, Words.of(title, head), Kind.FRACTION, Direction.HIGHER), Metric.Source.DISTANCES, measure);
    }

    private static Metric number(String key, String title, String head, Direction better, Metric.Measure measure) {
        return new Metric(result(key, Words.of(title, head), Kind.NUMBER, better), Metric.Source.DISTANCES, measure);
    }

    private static Metric precision(int radius) {
        return ball(
                radius,
                "precision",
                "Precision",
                "Prec.",
                Role.RESULT,
                false,
                new BallMetrics.Measure(BallMetrics.Measure.Kind.PRECISION, radius));
    }

    private static Metric recall(int radius) {
        return ball(
                radius,
                "recall",
                "Recall",
                "Recall",
                Role.RESULT,
                true,
                new BallMetrics.Measure(BallMetrics.Measure.Kind.RECALL, radius));
    }

    private static Metric f1(int radius) {
        return ball(
                radius,
                "f1",
                "F1",
                "F1",
                Role.DERIVED,
                true,
                (r, c) -> BallMetrics.at(r, radius, c).f1());
    }

    private static Metric pooledRecall(int radius) {
        return ball(
                radius,
                "recallPooled",
                "Recall, pooled",
                "recallPooled",
                Role.RESULT,
                true,
                (r, c) -> BallMetrics.at(r, radius, c.with(Average.MICRO)).recall());
    }

    private static Metric ball(
            int radius, String stem, String name, String head, Role role, boolean byHits, Metric.Measure measure) {
        Words words = new Words(
                name + where(radius),
                name,
                radius == 0 ? "Hamming radius = 0" : "Hamming radius \u2264 " + radius,
                head);
        return new Metric(
                new Quantity(stem + "@" + radius, words, Kind.FRACTION, Direction.HIGHER, role, byHits),
                Metric.Source.DISTANCES,
                measure);
    }

    private static Metric emptyBalls(int radius) {
        String name = "Empty balls";
        Words words = new Words(name + where(radius), name, name, radius == 0 ? "r = 0" : "r \u2264 " + radius);
        return new Metric(
                new Quantity("emptyBalls@" + radius, words, Kind.FRACTION, Direction.LOWER, Role.DIAGNOSTIC, false),
                Metric.Source.DISTANCES,
                (r, c) -> BallMetrics.at(r, radius, c).emptyBalls());
    }

    private static Metric uniqueCodes() {
        Words words = Words.of("Unique codes", "Unique codes");
        return new Metric(
                new Quantity("uniqueCodes", words, Kind.COUNT, Direction.NONE, Role.DIAGNOSTIC, false),
                Metric.Source.DISTANCES,
                (r, c) -> r.uniqueCodes());
    }

    /** A number of the database's bits, which helps to read the others. */
    private static Metric ofBits(String key, String title, String head, ToDoubleFunction<BitStatistics> number) {
        return new Metric(
                new Quantity(key, Words.of(title, head), Kind.FRACTION, Direction.LOWER, Role.DIAGNOSTIC, false),
                Metric.Source.DISTANCES,
                (r, c) -> number.applyAsDouble(BitStatistics.of(r.database())));
    }

    private static Quantity neighborRecall(int oversampling) {
        Words words = new Words(
                "Recall of neighbors, oversampling " + oversampling,
                "Recall of neighbors",
                "Recall of neighbors",
                "\u00d7" + oversampling);
        boolean plain = oversampling == OVERSAMPLINGS.get(0);
        return new Quantity(
                "neighborRecall@" + oversampling,
                words,
                Kind.FRACTION,
                Direction.HIGHER,
                plain ? Role.RESULT : Role.DERIVED,
                false);
    }

    private static Quantity seconds(String key, String title) {
        return result(key, Words.of(title, title), Kind.SECONDS, Direction.LOWER);
    }

    private static Quantity result(String key, Words words, Kind kind, Direction direction) {
        return new Quantity(key, words, kind, direction, Role.RESULT, false);
    }

    private static String where(int radius) {
        return radius == 0 ? ", radius 0" : ", radius at most " + radius;
    }
}
