package io.github.linfhash.results.schema;

import io.github.linfhash.core.evaluation.CandidateCurves;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The content of a results.json: what was compared, what computed it, and what every run measured.
 *
 * @param protocol what was compared
 * @param environment what computed it
 * @param additions methods that other code or another machine computed later
 * @param runs the runs; kept in the protocol's order of methods, then by bits, then by seed
 */
public record Results(
        ProtocolSummary protocol, EnvironmentSummary environment, List<Addition> additions, List<RunResult> runs) {
    /** Beginnings of the names of curves that are not of training. */
    private static final List<String> OTHER_CURVES =
            List.of(RadiusCurves.PREFIX, CandidateCurves.PREFIX, OutputCurves.PREFIX);

    /**
     * @throws IllegalArgumentException if a name occurs twice, if a run or an addition is not part of the protocol or
     *     occurs twice, or if a run has both measurements and a failure, or neither
     */
    public Results {
        requireDistinct("protocol.methods", protocol.methodNames());
        requireDistinct("protocol.bits", protocol.bits());
        requireDistinct("protocol.seeds", protocol.seeds());
        List<String> added =
                additions.stream().flatMap(one -> one.methods().stream()).toList();
        requireDistinct("additions", added);
        added.forEach(method -> requireOneOf("additions have the method", method, protocol.methodNames()));
        for (Addition one : additions) {
            if (one.environment().evaluator() != environment.evaluator()) {
                throw new IllegalArgumentException("additions: expected version " + environment.evaluator()
                        + " of the evaluator, as of the other methods, found "
                        + one.environment().evaluator());
            }
        }
        additions = List.copyOf(additions);
        requireDistinct("runs", runs.stream().map(RunResult::key).toList());
        runs.forEach(run -> requirePartOf(protocol, run.key()));
        runs.forEach(Results::requireMeasuredOrFailed);
        runs = runs.stream().sorted(order(protocol)).toList();
    }

    /** All were computed by the same code on one machine. */
    public Results(ProtocolSummary protocol, EnvironmentSummary environment, List<RunResult> runs) {
        this(protocol, environment, List.of(), runs);
    }

    /**
     * Methods that were computed later.
     *
     * @param environment what computed them
     * @param methods their entries
     */
    public record Addition(EnvironmentSummary environment, List<String> methods) {
        public Addition {
            methods = List.copyOf(methods);
        }
    }

    /** Returns the environment that computed a method, by its entry. */
    public EnvironmentSummary environment(String method) {
        return additions.stream()
                .filter(one -> one.methods().contains(method))
                .map(Addition::environment)
                .findFirst()
                .orElse(environment);
    }

    /**
     * Returns these results presented as linfhash presents its own methods and protocols today.
     *
     * @param titles by the name of the method
     * @param protocols by the name of the protocol
     */
    public Results presented(Map<String, String> titles, Map<String, ProtocolSummary.Presentation> protocols) {
        List<Configuration> methods = protocol.methods().stream()
                .map(method -> method.madeElsewhere()
                        ? method
                        : method.withTitle(titles.getOrDefault(method.name(), method.title())))
                .toList();
        return new Results(
                protocol.with(protocols.getOrDefault(
                                protocol.name(), new ProtocolSummary.Presentation(protocol.title(), protocol.shown())))
                        .withRuns(protocol.bits(), protocol.seeds(), methods),
                environment,
                additions,
                runs);
    }

    /** The runs of one method, or of its variant {@code METHOD:VARIANT}, at one code length, by search, then by seed. */
    public List<RunResult> runs(String method, int bits) {
        List<String> variants =
                protocol.replicates(method).stream().map(Configuration::entry).toList();
        return runs.stream()
                .filter(run ->
                        run.key().bits() == bits && variants.contains(run.key().entry()))
                .toList();
    }

    /**
     * The configurations that a page opens with at a code length: of each method those that the protocol shows, or, if there are none, the
     * first that was run. What codes of queries scored decides nothing here.
     */
    public List<Configuration> opened(int bits) {
        List<String> shown = Objects.requireNonNullElse(protocol.shown(), List.of());
        Map<String, List<Configuration>> run = new LinkedHashMap<>();
        for (Configuration one : protocol.configurations()) {
            if (!runs(one.entry(), bits).isEmpty()) {
                run.computeIfAbsent(one.name(), unused -> new ArrayList<>()).add(one);
            }
        }
        return run.values().stream()
                .flatMap(all -> {
                    List<Configuration> some = all.stream()
                            .filter(one -> shown.contains(one.variant()))
                            .toList();
                    return (some.isEmpty() ? all.subList(0, 1) : some).stream();
                })
                .toList();
    }

    /** Returns these measurements without the wall-clock times, which differ from one computation to the next. */
    public Results withoutSeconds() {
        return with(run -> run.with(run.metrics(), run.curves(), Map.of()));
    }

    /** Returns these measurements with the curves of training alone, which are short, as repositories keep them. */
    public Results withTrainingCurvesAlone() {
        return with(run -> {
            Map<String, double[]> training = new TreeMap<>(run.curves());
            training.keySet().removeIf(name -> OTHER_CURVES.stream().anyMatch(name::startsWith));
            return run.with(run.metrics(), training, run.seconds());
        });
    }

    private Results with(UnaryOperator<RunResult> change) {
        return new Results(
                protocol, environment, additions, runs.stream().map(change).toList());
    }

    private static Comparator<RunResult> order(ProtocolSummary protocol) {
        List<String> methods = protocol.methodNames();
        return Comparator.<RunResult>comparingInt(
                        run -> methods.indexOf(run.key().entry()))
                .thenComparingInt(run -> run.key().bits())
                .thenComparingLong(run -> run.key().seed());
    }

    private static void requireDistinct(String place, List<?> values) {
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            if (!seen.add(value)) {
                throw new IllegalArgumentException(place + " has " + value + " twice");
            }
        }
    }

    static void requireHash(String component, String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected as " + component
                    + " a SHA-256 of 64 lower-case hexadecimal digits, found '" + hash + "'");
        }
    }

    static void requirePositive(String component, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "expected as " + component + " a whole number of at least 1, found " + number);
        }
    }

    private static void requirePartOf(ProtocolSummary protocol, RunKey key) {
        requireOneOf("run " + key + " has the method", key.entry(), protocol.methodNames());
        requireOneOf("run " + key + " has the bits", key.bits(), protocol.bits());
        requireOneOf("run " + key + " has the seed", key.seed(), protocol.seeds());
    }

    private static <T> void requireOneOf(String place, T value, List<T> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(place + " " + value + ", which is not among the protocol's: " + allowed);
        }
    }

    private static void requireMeasuredOrFailed(RunResult run) {
        boolean measured = run.codesHash() != null && !run.metrics().isEmpty();
        boolean unmeasured = run.codesHash() == null && run.metrics().isEmpty();
        if (run.failed() ? !unmeasured : !measured) {
            throw new IllegalArgumentException("run " + run.key()
                    + " should have either metrics with the hash of its codes, or a failure without both");
        }
    }

    /**
     * The program and the machine that computed the results.
     *
     * @param version linfhash's version
     * @param commit the commit that it was built from, or {@code unknown}; where that does not tell the code, a hash of it
     *     follows
     * @param jdk vendor and version of the Java runtime
     * @param os name, version and architecture of the operating system
     * @param cpu the processor's name
     * @param cores processors that the Java runtime may use
     * @param backend the tensor library's backend
     * @param threads threads of each tensor operation
     * @param workers runs that are computed at the same time
     * @param evaluator the version of what turned codes into numbers, see {@link EvaluatorVersion}
     */
    public record EnvironmentSummary(
            String version,
            String commit,
            String jdk,
            String os,
            String cpu,
            int cores,
            String backend,
            int threads,
            int workers,
            int evaluator) {
        public EnvironmentSummary {
            Results.requirePositive("cores", cores);
            Results.requirePositive("threads", threads);
            Results.requirePositive("workers", workers);
            Results.requirePositive("evaluator", evaluator);
        }
    }

    /** The values of single queries, where they were kept beside the results. */
    @FunctionalInterface
    public interface QueryValues {
        /** Nothing was kept. */
        QueryValues NONE = (run, metric) -> Optional.empty();

        /** All values were left out when results were packed. */
        QueryValues LEFT_OUT = new QueryValues() {
            @Override
            public Optional<double[]> of(RunResult run, String metric) {
                return Optional.empty();
            }

            @Override
            public boolean partial() {
                return true;
            }
        };

        /**
         * One value for each query, in the order of the queries, whose mean is the run's metric; empty if none were kept, or
         * if the metric is no mean over queries.
         *
         * @param metric the key of a metric
         * @throws io.github.linfhash.core.errors.InputException if what was kept is not of this run
         */
        Optional<double[]> of(RunResult run, String metric);

        /** Whether values of some means over queries may have been left out, as {@code results pack} does it. */
        default boolean partial() {
            return false;
        }

        /** These values and, where there are none, others. */
        default QueryValues or(QueryValues others) {
            QueryValues first = this;
            return new QueryValues() {
                @Override
                public Optional<double[]> of(RunResult run, String metric) {
                    return first.of(run, metric).or(() -> others.of(run, metric));
                }

                @Override
                public boolean partial() {
                    return first.partial() || others.partial();
                }
            };
        }
    }
}
