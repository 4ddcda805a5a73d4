package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How two results of the same rules and data differ.
 *
 * @param metrics for each method, code length and metric that both measured
 * @param setting what of environment and options is different
 * @param unmatched runs that one of them alone has, or that failed in one of them
 * @param runs how many runs both have
 * @param sameCodes in how many of them the codes are the same, to the last bit
 */
public record ResultDifferences(
        List<MetricDifference> metrics, List<OtherValue> setting, List<OtherValue> unmatched, int runs, int sameCodes) {
    public ResultDifferences {
        metrics = List.copyOf(metrics);
        setting = List.copyOf(setting);
        unmatched = List.copyOf(unmatched);
    }

    /**
     * Compares.
     *
     * @throws InputException if the hash of protocol, data, features or a seed's split differs, or no run is in both
     */
    public static ResultDifferences of(Results first, Results second) {
        SameRules.require(first, second);
        Map<RunKey, RunResult> a = byKey(first);
        Map<RunKey, RunResult> b = byKey(second);
        Map<RunKey, RunResult> common = new LinkedHashMap<>(a);
        common.keySet().retainAll(b.keySet());
        if (common.isEmpty()) {
            throw new InputException(
                    "Results to compare: expected runs of the same method, bits and seed in both, found"
                            + " none that did not fail");
        }
        common.forEach((key, run) -> requireSameSplit(run, Objects.requireNonNull(b.get(key))));
        int same = (int) common.entrySet().stream()
                .filter(entry -> Objects.equals(
                        entry.getValue().codesHash(),
                        Objects.requireNonNull(b.get(entry.getKey())).codesHash()))
                .count();
        return new ResultDifferences(
                new PairedMetrics(common, b, first.protocol()).differences(),
                OtherValues.of(first, second),
                unmatched(first, second, a, b),
                common.size(),
                same);
    }

    /**
     * Requires that two runs of a seed have the same split.
     *
     * @throws InputException if they have not
     */
    static void requireSameSplit(RunResult a, RunResult b) {
        if (!a.splitHash().equals(b.splitHash())) {
            throw new InputException("Results to compare, seed " + a.key().seed()
                    + ": expected the same hash of the split, found "
                    + a.splitHash().substring(0, 12) + " and "
                    + b.splitHash().substring(0, 12));
        }
    }

    private static Map<RunKey, RunResult> byKey(Results results) {
        Map<RunKey, RunResult> runs = new LinkedHashMap<>();
        results.runs().stream().filter(run -> !run.failed()).forEach(run -> runs.put(run.key(), run));
        return runs;
    }

    private static List<OtherValue> unmatched(
            Results first, Results second, Map<RunKey, RunResult> a, Map<RunKey, RunResult> b) {
        TreeSet<String> names = new TreeSet<>();
        Map<String, String> inFirst = states(first);
        Map<String, String> inSecond = states(second);
        names.addAll(inFirst.keySet());
        names.addAll(inSecond.keySet());
        a.keySet().stream().filter(b::containsKey).map(RunKey::toString).forEach(names::remove);
        return names.stream()
                .map(name -> new OtherValue(
                        name, inFirst.getOrDefault(name, "not run"), inSecond.getOrDefault(name, "not run")))
                .toList();
    }

    private static Map<String, String> states(Results results) {
        Map<String, String> states = new LinkedHashMap<>();
        results.runs().forEach(run -> states.put(run.key().toString(), run.failed() ? "failed" : "measured"));
        return states;
    }

    /** The values of the environment and of the options of methods that differ between two results. */
    private static final class OtherValues {
        private OtherValues() {}

        static List<OtherValue> of(Results first, Results second) {
            Map<String, String> a = values(first);
            Map<String, String> b = values(second);
            Set<String> names = new LinkedHashSet<>(a.keySet());
            names.addAll(b.keySet());
            Map<String, String> devices = devices(second);
            Stream<OtherValue> ofMethods = devices(first).entrySet().stream()
                    .filter(entry -> devices.containsKey(entry.getKey()))
                    .map(entry -> new OtherValue(
                            "device of " + entry.getKey(), entry.getValue(), devices.getOrDefault(entry.getKey(), "")));
            return Stream.concat(
                            names.stream()
                                    .map(name ->
                                            new OtherValue(name, a.getOrDefault(name, ""), b.getOrDefault(name, ""))),
                            ofMethods)
                    .filter(value -> !value.first().equals(value.second()))
                    .toList();
        }

        /** Returns the devices that each method was trained on. */
        private static Map<String, String> devices(Results results) {
            Map<String, Set<String>> devices = new LinkedHashMap<>();
            results.runs()
                    .forEach(run -> devices.computeIfAbsent(run.key().entry(), unused -> new TreeSet<>())
                            .add(Objects.requireNonNullElse(run.device(), "unknown")));
            Map<String, String> texts = new LinkedHashMap<>();
            devices.forEach((method, some) -> texts.put(method, String.join(", ", some)));
            return texts;
        }

        private static Map<String, String> values(Results results) {
            EnvironmentSummary environment = results.environment();
            Map<String, String> values = new LinkedHashMap<>();
            values.put("version", environment.version());
            values.put("commit", environment.commit());
            values.put("jdk", environment.jdk());
            values.put("os", environment.os());
            values.put("cpu", environment.cpu());
            values.put("cores", Integer.toString(environment.cores()));
            values.put("backend", environment.backend());
            values.put("threads", Integer.toString(environment.threads()));
            values.put("workers", Integer.toString(environment.workers()));
            for (Configuration method : results.protocol().methods()) {
                method.options().forEach((name, value) -> values.put(method.entry() + "." + name, value.toString()));
                method.optionsAt()
                        .forEach((bits, changed) -> changed.forEach((name, value) ->
                                values.put(method.entry() + "." + name + " at " + bits + " bits", value.toString())));
            }
            return values;
        }
    }

    /** The metrics of runs that two results share, paired by seed. */
    private static final class PairedMetrics {
        /** A method at a code length. */
        private record Cell(String method, int bits) {}

        private final Map<Cell, List<RunKey>> cells = new LinkedHashMap<>();
        private final Map<RunKey, RunResult> first;
        private final Map<RunKey, RunResult> second;
        private final ProtocolSummary protocol;

        /** The runs of the first by key; the second has at least these. */
        PairedMetrics(Map<RunKey, RunResult> first, Map<RunKey, RunResult> second, ProtocolSummary protocol) {
            this.first = first;
            this.second = second;
            this.protocol = protocol;
            first.keySet()
                    .forEach(
                            key -> cells.computeIfAbsent(new Cell(key.entry(), key.bits()), unused -> new ArrayList<>())
                                    .add(key));
        }

        /** All differences, with Holm's correction over all tests that could be made. */
        List<MetricDifference> differences() {
            List<MetricDifference> all = new ArrayList<>();
            cells.forEach((cell, keys) -> run(first, keys.get(0)).metrics().keySet().stream()
                    .filter(key -> everywhere(keys, key))
                    .forEach(key -> all.add(difference(cell, keys, StandardMetrics.quantity(key)))));
            return MetricDifference.adjusted(all);
        }

        private boolean everywhere(List<RunKey> keys, String metric) {
            return keys.stream()
                    .allMatch(key -> run(first, key).metrics().containsKey(metric)
                            && run(second, key).metrics().containsKey(metric));
        }

        private MetricDifference difference(Cell cell, List<RunKey> keys, Quantity metric) {
            return MetricDifference.of(
                            cell.method(),
                            cell.bits(),
                            metric,
                            keys.stream().map(key -> run(first, key)).toList(),
                            keys.stream().map(key -> run(second, key)).toList(),
                            protocol,
                            QueryValues.NONE,
                            QueryValues.NONE)
                    .orElseThrow();
        }

        private static RunResult run(Map<RunKey, RunResult> runs, RunKey key) {
            return Objects.requireNonNull(runs.get(key));
        }
    }

    /** Differences as text for people: fractions in percent, everything else as it is. */
    public static final class DifferenceText {
        private DifferenceText() {}

        /** Returns the numbers that a reader wants to know first: runs with identical codes, and significant differences. */
        public static String verdict(ResultDifferences differences) {
            long beyond = differences.metrics().stream()
                    .filter(MetricDifference::significant)
                    .count();
            return differences.sameCodes() + " of " + differences.runs()
                    + " runs have identical codes. "
                    + beyond + " of " + differences.metrics().size()
                    + " differences are significant (over seeds, Holm's correction, level 0.05; intervals are not corrected).";
        }

        /** Tables by name: {@code metrics}, {@code setting} and {@code unmatched}. */
        public static Map<String, Listing> tables(ResultDifferences differences) {
            Map<String, Listing> tables = new LinkedHashMap<>();
            tables.put("metrics", table(differences.metrics(), UnaryOperator.identity(), Listing.Column.WORDS));
            tables.put("setting", values(differences.setting()));
            tables.put("unmatched", values(differences.unmatched()));
            return tables;
        }

        private static Listing values(List<OtherValue> values) {
            return Listing.of(values)
                    .words("what", OtherValue::name)
                    .words("first", OtherValue::first)
                    .words("second", OtherValue::second);
        }

        /**
         * A row for each difference.
         *
         * @param heading of a column, by its name in tables for programs
         * @param style of the columns behind the method
         */
        public static Listing table(List<MetricDifference> differences, UnaryOperator<String> heading, String style) {
            Listing.OfRows<MetricDifference> table =
                    Listing.of(differences).head(heading.apply("method"), MetricDifference::method);
            Map<String, Function<MetricDifference, @Nullable Object>> columns = new LinkedHashMap<>();
            columns.put("bits", MetricDifference::bits);
            columns.put("metric", difference -> difference.metric().key());
            columns.put("first", difference -> Listing.number(first(difference)));
            columns.put("second", difference -> Listing.number(second(difference)));
            columns.put("difference", difference -> Listing.number(difference(difference)));
            columns.put("p", difference -> Listing.number(QuantityText.p(difference.adjusted())));
            columns.put("seeds", MetricDifference::seeds);
            columns.put("sameCodes", MetricDifference::sameCodes);
            columns.forEach((name, cell) -> table.column(heading.apply(name), "", style, cell));
            return table;
        }

        /** The mean in the first. */
        public static String first(MetricDifference difference) {
            return number(difference.metric().kind().factor() * difference.first());
        }

        /** The mean in the second. */
        public static String second(MetricDifference difference) {
            return number(difference.metric().kind().factor() * difference.second());
        }

        /** The second less the first, and the half width of its 95% interval. */
        public static String difference(MetricDifference difference) {
            double factor = difference.metric().kind().factor();
            return number(factor * difference.difference()) + half(factor, difference.halfWidth());
        }

        /** A metric's mean over seeds and the half width of its 95% interval. */
        public static String mean(Quantity metric, Summary summary) {
            double factor = metric.kind().factor();
            return number(factor * summary.mean()) + half(factor, summary.halfWidth());
        }

        private static String half(double factor, OptionalDouble halfWidth) {
            return halfWidth.isEmpty() ? "" : " \u00b1 " + number(factor * halfWidth.getAsDouble());
        }

        private static String number(double value) {
            return value == 0 ? "0" : String.format(Locale.ROOT, "%.4g", value);
        }
    }

    /** How one method differs from each method of other results, paired over the searches and seeds that both have. */
    public static final class MethodDifferences {
        private MethodDifferences() {}

        /**
         * Compares a method with each method of other results, the method less the others. The tests of one metric at one code length are
         * a family of their own.
         *
         * @param subject results that have the method
         * @param method the method, by its name or that of its row
         * @param others results of the same rules and data
         * @param metrics what no two share is left out
         * @return the differences by code length, then metric, then other method, whose name they have
         * @throws InputException if rules or data are others, a seed has another split, or no run has its counterpart
         */
        public static List<MetricDifference> of(
                Evidence subject, String method, Evidence others, List<Quantity> metrics) {
            SameRules.require(subject.results(), others.results());
            List<MetricDifference> all = new ArrayList<>();
            for (int bits : subject.results().protocol().bits()) {
                for (Quantity metric : metrics) {
                    all.addAll(family(subject, method, others, bits, metric));
                }
            }
            if (all.isEmpty()) {
                throw new InputException("Results to compare with " + method
                        + ": expected runs of the same bits and seeds, found none that did not fail");
            }
            return all;
        }

        private static List<MetricDifference> family(
                Evidence subject, String method, Evidence against, int bits, Quantity metric) {
            Results others = against.results();
            List<RunResult> mine = measured(subject.results().runs(method, bits), metric);
            List<MetricDifference> differences = new ArrayList<>();
            for (Configuration other : others.protocol().configurations()) {
                List<RunResult> theirs = measured(others.runs(other.entry(), bits), metric);
                MetricDifference.of(
                                other.entry(),
                                bits,
                                metric,
                                theirs,
                                mine,
                                others.protocol(),
                                against.queries(),
                                subject.queries())
                        .ifPresent(differences::add);
            }
            return MetricDifference.adjusted(differences);
        }

        /** The runs that have a metric, which failed ones do not. */
        private static List<RunResult> measured(List<RunResult> runs, Quantity metric) {
            return runs.stream()
                    .filter(run -> !run.failed() && run.metrics().containsKey(metric.key()))
                    .toList();
        }
    }

    /**
     * How a metric of one method at one code length differs between two results.
     *
     * @param method the method's name
     * @param bits the code length N
     * @param metric the metric
     * @param first its mean in the first, over the seeds that both have
     * @param second its mean in the second
     * @param halfWidth how far the 95% interval of the mean difference reaches to either side; empty for a single seed
     * @param adjusted two-sided p of the mean difference being 0 after Holm's correction over its family of tests; empty for a single seed
     * @param tests how many tests the family has
     * @param seeds how many seeds both have
     * @param sameCodes for how many runs the codes are the same, to the last bit
     */
    public record MetricDifference(
            String method,
            int bits,
            Quantity metric,
            double first,
            double second,
            OptionalDouble halfWidth,
            OptionalDouble adjusted,
            int tests,
            int seeds,
            int sameCodes) {
        private static final double LEVEL = 0.05;

        /**
         * How two configurations differ, paired by the seeds that both have.
         *
         * @param first runs that have the metric
         * @param second others that have it
         * @param protocol whose splits all of them have
         * @param valuesOfFirst of single queries
         * @param valuesOfSecond of single queries
         * @return empty if no seed is in both
         * @throws InputException if a seed has another split in the second
         */
        static Optional<MetricDifference> of(
                String method,
                int bits,
                Quantity metric,
                List<RunResult> first,
                List<RunResult> second,
                ProtocolSummary protocol,
                QueryValues valuesOfFirst,
                QueryValues valuesOfSecond) {
            List<RunResult> a = sharing(first, second);
            List<RunResult> b = sharing(second, first);
            if (a.isEmpty()) {
                return Optional.empty();
            }
            int same = 0;
            for (RunResult one : a) {
                boolean found = false;
                for (RunResult other : b) {
                    if (one.key().seed() == other.key().seed()) {
                        ResultDifferences.requireSameSplit(one, other);
                        found |= Objects.equals(one.codesHash(), other.codesHash());
                    }
                }
                same += found ? 1 : 0;
            }
            CellValues ofFirst = CellValues.ofMetric(a, metric, protocol, valuesOfFirst);
            CellValues ofSecond = CellValues.ofMetric(b, metric, protocol, valuesOfSecond);
            CellValues both = ofSecond.minus(ofFirst);
            Summary difference = both.summary();
            return Optional.of(new MetricDifference(
                    method,
                    bits,
                    metric,
                    ofFirst.summary().mean(),
                    ofSecond.summary().mean(),
                    difference.halfWidth(),
                    both.tested().p(0),
                    1,
                    difference.n(),
                    same));
        }

        private static List<RunResult> sharing(List<RunResult> runs, List<RunResult> others) {
            return runs.stream()
                    .filter(run -> others.stream()
                            .anyMatch(other -> other.key().seed() == run.key().seed()))
                    .toList();
        }

        /** Returns the differences with Holm's correction over all tests that could be made. */
        static List<MetricDifference> adjusted(List<MetricDifference> all) {
            List<OptionalDouble> corrected =
                    Holm.adjust(all.stream().map(MetricDifference::adjusted).toList());
            int tests =
                    (int) corrected.stream().filter(OptionalDouble::isPresent).count();
            List<MetricDifference> adjusted = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                adjusted.add(all.get(i).adjustedTo(corrected.get(i), tests));
            }
            return adjusted;
        }

        /** The second less the first. */
        public double difference() {
            return second - first;
        }

        /** Whether both are more different than chance explains. */
        public boolean significant() {
            return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL && difference() != 0;
        }

        private MetricDifference adjustedTo(OptionalDouble p, int family) {
            return new MetricDifference(method, bits, metric, first, second, halfWidth, p, family, seeds, sameCodes);
        }
    }

    /**
     * Something that two results say differently.
     *
     * @param name what
     * @param first what the first says; empty if it does not say anything
     * @param second what the second says
     */
    public record OtherValue(String name, String first, String second) {}
}
