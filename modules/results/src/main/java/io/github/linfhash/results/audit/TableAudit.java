package io.github.linfhash.results.audit;

import static io.github.linfhash.results.published.PublishedFlag.F1_AS_FRACTION;
import static io.github.linfhash.results.published.PublishedFlag.F1_NOT_HARMONIC_MEAN;
import static io.github.linfhash.results.published.PublishedFlag.RECALL_AS_FRACTION;
import static io.github.linfhash.results.published.PublishedFlag.RECALL_F1_SWAPPED;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.published.PrintedPercent;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The audit of a published table: every finding follows from the published digits, the rounding that they allow, and the known facts
 * about the protocol. The audit ignores flags that the table already has.
 */
public final class TableAudit {
    /** No ranking, however bad, is so many times below chance or below the median of its metric. */
    private static final double FACTOR = 10;

    private static final int FEWEST_GROUPS = 4;

    private TableAudit() {}

    /** Returns all findings from the sizes of the protocol, if they are known. */
    public static List<Finding> findings(PublishedTable table, Optional<TableFacts> facts) {
        return findings(table, AuditSettings.of(facts));
    }

    /** Returns all findings, check by check, each in published order. */
    public static List<Finding> findings(PublishedTable table, AuditSettings settings) {
        AuditedTable audited = AuditedTable.of(table, settings);
        return Stream.of(
                        harmonicMeans(audited),
                        precisionUnits(audited),
                        rankingUnits(audited),
                        recallOrder(audited),
                        selfMatches(audited),
                        aboveAnswerable(audited))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * F1 is the harmonic mean of precision and recall. Where no rounding explains a difference, two usual mistakes are tried first: recall
     * and F1 are swapped, or one of them is printed as a fraction.
     */
    private static List<Finding> harmonicMeans(AuditedTable table) {
        return table.groups().stream()
                .filter(group -> !group.isHarmonic())
                .filter(group -> table.settings().f1OfMeans() || isAboveAnyAverage(group))
                .map(TableAudit::explain)
                .toList();
    }

    /** The harmonic mean is concave: an average of the queries' F1 is not above the F1 of their averages. */
    private static boolean isAboveAnyAverage(BallGroup group) {
        return Interval.of(group.f1()).isAbove(possible(group));
    }

    private static Interval possible(BallGroup group) {
        return Interval.of(group.precision()).harmonicMean(Interval.of(group.recall()));
    }

    private static Finding explain(BallGroup group) {
        Interval precision = Interval.of(group.precision());
        Interval recall = Interval.of(group.recall());
        Interval f1 = Interval.of(group.f1());
        String why = "precision in " + precision + " and recall in " + recall + " give F1 in " + possible(group)
                + ", published is " + f1;
        if (BallGroup.isHarmonic(precision, f1, recall)) {
            return swapped(group, why + "; swapped, it is " + precision.harmonicMean(f1) + " for " + recall);
        }
        if (BallGroup.isHarmonic(precision, recall.times(100), f1)) {
            return finding(
                    RECALL_AS_FRACTION,
                    group,
                    "recall " + group.recall().text() + " fits precision and F1 only as a fraction",
                    why + "; with 100 times the recall, it is " + precision.harmonicMean(recall.times(100)),
                    Map.of("recall@" + group.radius(), 100 * group.recall().fraction()));
        }
        if (BallGroup.isHarmonic(precision, recall, f1.times(100))) {
            return finding(
                    F1_AS_FRACTION,
                    group,
                    "F1 " + group.f1().text() + " fits precision and recall only as a fraction",
                    why + "; a hundred times that is " + f1.times(100),
                    Map.of("f1@" + group.radius(), 100 * group.f1().fraction()));
        }
        return notHarmonicMean(group, possible(group), why);
    }

    private static Finding swapped(BallGroup group, String why) {
        return finding(
                RECALL_F1_SWAPPED,
                group,
                "recall " + group.recall().text() + " and F1 " + group.f1().text()
                        + " fit precision only if they are swapped",
                why,
                Map.of(
                        "recall@" + group.radius(), group.f1().fraction(),
                        "f1@" + group.radius(), group.recall().fraction()));
    }

    private static Finding notHarmonicMean(BallGroup group, Interval possible, String why) {
        double mean = Interval.harmonicMean(
                group.precision().fraction(), group.recall().fraction());
        return finding(
                F1_NOT_HARMONIC_MEAN,
                group,
                "F1 is published as " + group.f1().text()
                        + ", but the harmonic mean of precision and recall is between "
                        + PercentText.of(possible.low() / 100) + " and " + PercentText.of(possible.high() / 100),
                why,
                Map.of("f1@" + group.radius(), mean));
    }

    /**
     * Precision is in percent like everything else.
     *
     * <p>With Q queries and a mean precision p, the precisions of all balls add up to Q p, so no single ball has a higher precision. If
     * Q p is above zero and below the precision of random items, every ball with a hit would be worse than chance: the number must be a
     * fraction.
     */
    private static List<Finding> precisionUnits(AuditedTable table) {
        return table.settings()
                .facts()
                .map(facts -> table.groups().stream()
                        .filter(group -> isFraction(group, facts))
                        .map(group -> precisionAsFraction(group, facts))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isFraction(BallGroup group, TableFacts facts) {
        Interval precision = Interval.of(group.precision());
        double purest = facts.queries() * precision.high() / 100;
        boolean fitsAsFraction = 100 * purest >= facts.chance() && precision.high() <= 1;
        return precision.low() > 0 && purest < facts.chance() && fitsAsFraction;
    }

    private static Finding precisionAsFraction(BallGroup group, TableFacts facts) {
        double percent = 100 * group.precision().fraction();
        String sentence = String.format(
                Locale.ROOT,
                "precision %s%% over %d queries allows at most %.1f%% for one query, which is below chance (%.1f%%);"
                        + " as a fraction it is %.2f%%",
                group.precision().text(),
                facts.queries(),
                facts.queries() * percent,
                100 * facts.chance(),
                100 * percent);
        String why = String.format(
                Locale.ROOT,
                "precision in %s times %d queries is at most %.4g%%, chance is %d of %d, %.4g%%",
                Interval.of(group.precision()),
                facts.queries(),
                facts.queries() * Interval.of(group.precision()).high(),
                facts.relevant(),
                facts.database(),
                100 * facts.chance());
        Interval precision = Interval.of(group.precision()).times(100);
        Interval recall = Interval.of(group.recall());
        Map<String, Double> corrected = new TreeMap<>(Map.of("precision@" + group.radius(), percent));
        // An F1 that fits the fraction alone was computed from it, with a recall in percent.
        if (group.isHarmonic() && !BallGroup.isHarmonic(precision, recall, Interval.of(group.f1()))) {
            why += "; F1 was computed from the fraction, with " + precision + " it is in "
                    + precision.harmonicMean(recall);
            corrected.put(
                    "f1@" + group.radius(),
                    Interval.harmonicMean(percent, group.recall().fraction()));
        }
        return finding(PublishedFlag.PRECISION_AS_FRACTION, group, sentence, why, corrected);
    }

    /**
     * Means over rankings (mAP, precision of the first K) are in percent like everything else: no method ranks far worse than chance. If
     * chance is unknown, the median of the same metric in the table takes its place.
     */
    private static List<Finding> rankingUnits(AuditedTable table) {
        return table.table().cells().stream()
                .filter(cell -> isRanking(cell.metric()))
                .flatMap(cell -> rankingAsFraction(cell, table).stream())
                .toList();
    }

    private static Optional<Finding> rankingAsFraction(PublishedCell cell, AuditedTable table) {
        double usual = table.settings()
                .facts()
                .map(facts -> 100 * facts.chance())
                .orElseGet(() -> median(cell.metric(), table));
        Interval printed = Interval.of(cell.printed());
        boolean isFraction = printed.low() > 0
                && printed.high() * FACTOR < usual
                && 100 * printed.high() * FACTOR >= usual
                && cell.printed().percent().doubleValue() <= 1;
        if (!isFraction) {
            return Optional.empty();
        }
        double corrected = 100 * cell.fraction();
        String basis = table.settings().facts().isPresent() ? "chance" : "the table's median of this metric";
        return Optional.of(finding(
                PublishedFlag.RANKING_AS_FRACTION,
                cell,
                "is a fraction among percentages, " + PercentText.of(corrected) + "%",
                printed + " is more than " + (int) FACTOR + " times below " + basis + ", " + PercentText.of(usual / 100)
                        + "%",
                Map.of(cell.metric(), corrected)));
    }

    private static double median(String metric, AuditedTable table) {
        double[] sorted = table.table().cells().stream()
                .filter(cell -> cell.metric().equals(metric))
                .mapToDouble(cell -> 100 * cell.fraction())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static boolean isRanking(String metric) {
        return metric.startsWith(StandardMetrics.MAP.key()) || metric.startsWith("precisionTop");
    }

    /** A ball contains every smaller ball around the same point, so that recall never falls as the radius grows. */
    private static List<Finding> recallOrder(AuditedTable table) {
        List<PublishedCell> recalls = AuditedTable.cells("recall", table.table());
        return recalls.stream()
                .flatMap(recall -> aboveLargerRadius(recall, recalls, table.table()).stream())
                .toList();
    }

    private static Optional<Finding> aboveLargerRadius(
            PublishedCell smaller, List<PublishedCell> recalls, PublishedTable table) {
        Interval here = Interval.of(smaller.printed());
        int radius = AuditedTable.radius(smaller);
        return recalls.stream()
                .filter(larger -> larger.method().equals(smaller.method())
                        && larger.bits() == smaller.bits()
                        && AuditedTable.radius(larger) > radius)
                .filter(larger -> here.isAbove(Interval.of(larger.printed())))
                .findFirst()
                .map(larger -> new Finding(
                        PublishedFlag.RECALL_ABOVE_LARGER_RADIUS,
                        smaller.method(),
                        smaller.bits(),
                        Stream.of("precision@", "recall@", "f1@")
                                .map(stem -> stem + radius)
                                .filter(key -> table.find(smaller.method(), smaller.bits(), key)
                                        .isPresent())
                                .toList(),
                        place(smaller.method(), smaller.bits(), radius) + ": recall "
                                + smaller.printed().text() + " is above the "
                                + larger.printed().text() + " within radius " + AuditedTable.radius(larger),
                        here + " is above " + Interval.of(larger.printed()),
                        Map.of()));
    }

    /**
     * Queries that are in the database find themselves, and no precision is above the share of queries with anything relevant.
     *
     * <p>Different methods whose codes are too long to collide then print the same saturated numbers: each ball holds the
     * query and nothing else, recall is that of one hit, and precision is 1 for every query with anything relevant and 0 for
     * the others. The most frequent pair of recall and F1 is taken for saturated if {@value #FEWEST_GROUPS} groups of at
     * least two methods print it; the largest precision beside it is then the ceiling of the whole table.
     */
    private static List<Finding> selfMatches(AuditedTable table) {
        List<Finding> findings = new ArrayList<>();
        saturated(table.groups()).ifPresent(saturated -> {
            BallGroup ceiling = ceiling(saturated);
            saturated.forEach(group -> findings.add(selfMatch(group, saturated.size())));
            table.groups().stream()
                    .filter(group -> Interval.of(group.precision()).isAbove(Interval.of(ceiling.precision())))
                    .forEach(group -> findings.add(aboveCeiling(group, ceiling)));
        });
        return findings;
    }

    private static Optional<List<BallGroup>> saturated(List<BallGroup> groups) {
        Map<String, List<BallGroup>> alike = new LinkedHashMap<>();
        for (BallGroup group : groups) {
            if (group.recall().fraction() > 0) {
                String pair = group.recall().text() + " " + group.f1().text();
                alike.computeIfAbsent(pair, key -> new ArrayList<>()).add(group);
            }
        }
        return alike.values().stream()
                .filter(list -> list.size() >= FEWEST_GROUPS)
                .filter(list -> list.stream().map(BallGroup::method).distinct().count() > 1)
                .max((a, b) -> Integer.compare(a.size(), b.size()));
    }

    private static BallGroup ceiling(List<BallGroup> saturated) {
        BallGroup highest = saturated.get(0);
        for (BallGroup group : saturated) {
            if (group.precision().percent().compareTo(highest.precision().percent()) > 0) {
                highest = group;
            }
        }
        return highest;
    }

    private static Finding selfMatch(BallGroup group, int alike) {
        return finding(
                PublishedFlag.SELF_MATCHES,
                group,
                "recall " + group.recall().text() + " and F1 " + group.f1().text() + " are published for " + alike
                        + " groups of several methods: every query seems to find only itself",
                "if each query finds only itself, recall is 1 / relevant for queries with any relevant item and 0 for the"
                        + " others, which is the same for all codes without collisions",
                Map.of());
    }

    private static Finding aboveCeiling(BallGroup group, BallGroup ceiling) {
        return finding(
                PublishedFlag.PRECISION_ABOVE_CEILING,
                group,
                "precision " + group.precision().text() + " is above the "
                        + ceiling.precision().text() + " of " + ceiling.place()
                        + ", where every query with any relevant item has precision 1",
                Interval.of(group.precision()) + " is above " + Interval.of(ceiling.precision()),
                Map.of());
    }

    /** Queries without anything relevant count zero, so that no mean over all queries is above the share of the others. */
    private static List<Finding> aboveAnswerable(AuditedTable table) {
        OptionalDouble answerable = table.settings().answerable();
        if (answerable.isEmpty()) {
            return List.of();
        }
        double ceiling = 100 * answerable.getAsDouble();
        return table.table().cells().stream()
                .filter(cell -> cell.metric().matches("(map|precision|recall|f1).*"))
                .filter(cell -> Interval.of(cell.printed()).isAbove(new Interval(ceiling, ceiling)))
                .map(cell -> aboveAnswerable(cell, ceiling))
                .toList();
    }

    private static Finding aboveAnswerable(PublishedCell cell, double ceiling) {
        Interval printed = Interval.of(cell.printed());
        return finding(
                PublishedFlag.ABOVE_ANSWERABLE,
                cell,
                "is above the share of queries with any relevant item",
                printed + " is above " + new Interval(ceiling, ceiling),
                Map.of());
    }

    private static Finding finding(
            PublishedFlag flag, PublishedCell cell, String what, String arithmetic, Map<String, Double> corrected) {
        return new Finding(
                flag,
                cell.method(),
                cell.bits(),
                List.of(cell.metric()),
                place(cell.method(), cell.bits()) + ": " + cell.metric() + " "
                        + cell.printed().text() + " " + what,
                arithmetic,
                corrected);
    }

    private static Finding finding(
            PublishedFlag flag, BallGroup group, String sentence, String arithmetic, Map<String, Double> corrected) {
        return new Finding(
                flag,
                group.method(),
                group.bits(),
                group.metrics(),
                group.place() + ": " + sentence,
                arithmetic,
                corrected);
    }

    /** Returns the name of a row in messages: the method, and the code length unless it is 0, as the table does not give it. */
    static String place(String method, int bits) {
        return bits == 0 ? method : method + ", " + bits + " bits";
    }

    private static String place(String method, int bits, int radius) {
        return place(method, bits) + ", radius " + radius;
    }

    /**
     * An audited table.
     *
     * @param table the table
     * @param settings what was known of its protocol
     * @param findings what is wrong with it
     */
    public record Audited(PublishedTable table, AuditSettings settings, List<Finding> findings) {
        public Audited {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A published table with its groups of numbers that constrain each other.
     *
     * @param table the table
     * @param groups the balls with precision, recall and F1, in published order
     * @param settings the known facts about its protocol
     */
    private record AuditedTable(PublishedTable table, List<BallGroup> groups, AuditSettings settings) {
        static AuditedTable of(PublishedTable table, AuditSettings settings) {
            return new AuditedTable(
                    table,
                    cells("precision", table).stream()
                            .flatMap(cell -> group(table, cell, radius(cell)).stream())
                            .toList(),
                    settings);
        }

        /** Returns the numbers of a metric of Hamming balls, in published order. */
        static List<PublishedCell> cells(String metric, PublishedTable table) {
            return table.cells().stream()
                    .filter(cell -> cell.metric().matches(metric + "@\\d{1,4}"))
                    .toList();
        }

        /** Returns the radius of the balls that a number is about. */
        static int radius(PublishedCell cell) {
            return Integer.parseInt(cell.metric().substring(cell.metric().indexOf('@') + 1));
        }

        private static Optional<BallGroup> group(PublishedTable table, PublishedCell precision, int radius) {
            Optional<PrintedPercent> recall = printed(table, precision, "recall@" + radius);
            Optional<PrintedPercent> f1 = printed(table, precision, "f1@" + radius);
            return recall.flatMap(r -> f1.map(
                    f -> new BallGroup(precision.method(), precision.bits(), radius, precision.printed(), r, f)));
        }

        private static Optional<PrintedPercent> printed(PublishedTable table, PublishedCell row, String metric) {
            return table.find(row.method(), row.bits(), metric).map(PublishedCell::printed);
        }
    }

    /**
     * The published precision, recall and F1 of one method's Hamming balls, which constrain each other.
     *
     * @param method the row's name as published
     * @param bits the code length N
     * @param radius the radius of the balls
     * @param precision the mean precision
     * @param recall the mean recall
     * @param f1 their harmonic mean
     */
    private record BallGroup(
            String method, int bits, int radius, PrintedPercent precision, PrintedPercent recall, PrintedPercent f1) {
        /** Returns its name in messages. */
        String place() {
            return TableAudit.place(method, bits, radius);
        }

        /** The keys of its metrics. */
        List<String> metrics() {
            return List.of("precision@" + radius, "recall@" + radius, "f1@" + radius);
        }

        /** Whether a value of precision and a value of recall within rounding have a harmonic mean that rounds to F1. */
        boolean isHarmonic() {
            return isHarmonic(Interval.of(precision), Interval.of(recall), Interval.of(f1));
        }

        static boolean isHarmonic(Interval precision, Interval recall, Interval f1) {
            return precision.harmonicMean(recall).overlaps(f1);
        }
    }

    /**
     * All values that a published number may stand for, in percent.
     *
     * @param low the smallest
     * @param high the largest
     */
    private record Interval(double low, double high) {
        /** Room for the rounding of double arithmetic, relative to the values: far below any printed digit. */
        private static final double SLACK = 1e-12;

        /** Returns the values that round to the published digits. */
        static Interval of(PrintedPercent printed) {
            BigDecimal low = printed.percent().subtract(printed.halfUnit()).max(BigDecimal.ZERO);
            return new Interval(
                    low.doubleValue(), printed.percent().add(printed.halfUnit()).doubleValue());
        }

        /** All harmonic means of a value here and a value there: the mean grows with both. */
        Interval harmonicMean(Interval other) {
            return new Interval(harmonicMean(low, other.low), harmonicMean(high, other.high));
        }

        /** All values times a positive factor. */
        Interval times(double factor) {
            return new Interval(low * factor, high * factor);
        }

        /** Whether some value is in both. */
        boolean overlaps(Interval other) {
            return !isAbove(other) && !other.isAbove(this);
        }

        /** Whether every value here is larger than every value there. */
        boolean isAbove(Interval other) {
            return low > other.high * (1 + SLACK);
        }

        /** Both ends in percent, with the digits that tell them apart. */
        @Override
        public String toString() {
            return "[" + text(low) + ", " + text(high) + "]";
        }

        private static String text(double percent) {
            BigDecimal rounded =
                    new BigDecimal(percent).round(new MathContext(6)).stripTrailingZeros();
            boolean plain = percent == 0 || percent >= 1e-3;
            return plain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
        }

        static double harmonicMean(double a, double b) {
            return a + b == 0 ? 0 : 2 * a * b / (a + b);
        }
    }

    /**
     * Something that is wrong with published numbers.
     *
     * @param flag what
     * @param method the row's name as published
     * @param bits the code length N; 0 where the table does not say
     * @param metrics the keys of the metrics that the finding is about
     * @param sentence what was found, with the numbers that show it
     * @param arithmetic why: what the published digits may stand for, and what follows
     * @param corrected what would be right, as fractions by metric key; empty where nothing follows from the rest
     */
    public record Finding(
            PublishedFlag flag,
            String method,
            int bits,
            List<String> metrics,
            String sentence,
            String arithmetic,
            Map<String, Double> corrected) {
        public Finding {
            metrics = List.copyOf(metrics);
            corrected = Collections.unmodifiableMap(new TreeMap<>(corrected));
        }

        /** Returns the corrected value of a metric, as a fraction; empty if it does not follow from the rest. */
        public Optional<Double> corrected(String metric) {
            return Optional.ofNullable(corrected.get(metric));
        }
    }
}
