package io.github.linfhash.results.regression;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.regression.Acceptance.EffectiveOptions;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The expected results of a protocol: the content of {@code reports/expected/PROTOCOL.yaml}.
 *
 * @param schema {@value #SCHEMA}
 * @param protocol the protocol's name
 * @param hashes what was measured on
 * @param environment what measured; codes are compared bit by bit only where it is the same
 * @param seeds the seeds, in the order of all lists of values; a cell that is not run with all of them names its own
 * @param rule where tolerances come from that were not set by hand
 * @param cells one for each method, or variant of one, and code length
 */
public record Expected(
        String schema,
        String protocol,
        ExpectedHashes hashes,
        ExpectedEnvironment environment,
        List<Long> seeds,
        ToleranceRule rule,
        List<ExpectedCell> cells) {
    /** The schema that this version reads and writes. */
    public static final String SCHEMA = "linfhash-expected/1";

    /** @throws IllegalArgumentException if a seed or a cell occurs twice, or a list has not one value for each seed */
    public Expected {
        seeds = List.copyOf(seeds);
        cells = List.copyOf(cells);
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(
                ProtocolName.is(protocol),
                "expected a protocol's name of " + ProtocolName.FORM + ", found '" + protocol + "'");
        require(
                !seeds.isEmpty() && new HashSet<>(seeds).size() == seeds.size(),
                "expected seeds, each once, found " + seeds);
        require(
                hashes.splits().keySet().equals(new HashSet<>(seeds)),
                "expected a split for each of the seeds " + seeds + ", found those of "
                        + hashes.splits().keySet());
        for (ExpectedCell cell : cells) {
            cell.requireSeeds(seeds);
            cell.requireValues(seeds);
        }
        requireOnce(cells);
    }

    private static void requireOnce(List<ExpectedCell> cells) {
        HashSet<String> seen = new HashSet<>();
        for (ExpectedCell cell : cells) {
            require(seen.add(cell.name()), "expected each cell once, found " + cell.name() + " twice");
        }
    }

    /** Returns the expected results of a method, or of its variant {@code METHOD:VARIANT}, at a code length; empty if there are none. */
    public Optional<ExpectedCell> find(String method, int bits) {
        return cells.stream()
                .filter(cell -> cell.entry().equals(method) && cell.bits() == bits)
                .findFirst();
    }

    /**
     * The expected results of one method at one code length.
     *
     * @param method the method's name
     * @param variant the name of the method's variant; null where the protocol has the method once
     * @param bits the code length N
     * @param codes SHA-256 of the codes of each seed that it is run with
     * @param metrics by metric key
     * @param commit the commit that measured it; null where that is the one of the file's environment
     * @param options what {@link EffectiveOptions} has of the method that was measured; null in files of versions that did not
     *     write it
     * @param seeds the seeds that it is run with, in the order of all lists; null where these are all of the file
     */
    public record ExpectedCell(
            String method,
            @Nullable String variant,
            int bits,
            List<String> codes,
            Map<String, ExpectedMetric> metrics,
            @Nullable String commit,
            @Nullable Map<String, String> options,
            @Nullable List<Long> seeds) {
        /** @throws IllegalArgumentException if a name or a hash is none, or nothing is measured */
        public ExpectedCell {
            codes = List.copyOf(codes);
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            require(
                    method.matches("[a-z][a-z0-9-]*"),
                    "expected a method's name of lower case, digits and hyphens, found '" + method + "'");
            require(
                    variant == null || variant.matches("[a-z][a-z0-9-]*"),
                    "expected a variant's name of lower case, digits and hyphens, found '" + variant + "'");
            require(bits >= 1, "expected a code length of at least 1, found " + bits);
            require(!metrics.isEmpty(), "expected metrics, found none");
            metrics.keySet()
                    .forEach(key -> require(
                            key.matches("[A-Za-z][A-Za-z0-9@]*"), "expected a metric's key, found '" + key + "'"));
            codes.forEach(ExpectedHashes::requireHash);
            options = options == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(options));
            requireNames(options);
            require(commit == null || !commit.isBlank(), "expected a commit, found none");
            seeds = seeds == null ? null : List.copyOf(seeds);
        }

        /** A cell that is run with all seeds. */
        public ExpectedCell(
                String method,
                @Nullable String variant,
                int bits,
                List<String> codes,
                Map<String, ExpectedMetric> metrics,
                @Nullable String commit,
                @Nullable Map<String, String> options) {
            this(method, variant, bits, codes, metrics, commit, options, null);
        }

        private static void requireNames(@Nullable Map<String, String> options) {
            require(
                    options == null
                            || options.keySet().stream().allMatch(option -> option.matches("[A-Za-z][A-Za-z0-9.]*")),
                    "expected names of options, found others");
        }

        /** Returns the name of the method or its variant in results. */
        public String entry() {
            return RunKey.entry(method, variant == null ? "" : variant);
        }

        /** Returns its name in messages. */
        public String name() {
            return entry() + "-" + bits;
        }

        /** Returns this cell for a file whose environment gets another commit, though that did not measure the cell. */
        ExpectedCell movedFrom(String before, String now) {
            String own = commit == null ? before : commit;
            return new ExpectedCell(
                    method, variant, bits, codes, metrics, own.equals(now) ? null : own, options, seeds);
        }

        /** Returns this cell with the tolerances that a rule gives, except those that were set by hand. */
        ExpectedCell under(ToleranceRule rule) {
            Map<String, ExpectedMetric> held = new LinkedHashMap<>();
            metrics.forEach((key, metric) -> held.put(key, metric.under(rule, key)));
            return new ExpectedCell(method, variant, bits, codes, held, commit, options, seeds);
        }

        /** The seeds that it is run with, of all those of the file: the order of its lists of values. */
        List<Long> seedsAmong(List<Long> all) {
            return seeds == null ? all : seeds;
        }

        void requireValues(List<Long> all) {
            int count = seedsAmong(all).size();
            requireOne(count, "codes", codes.size());
            metrics.forEach(
                    (key, metric) -> requireOne(count, key, metric.values().size()));
        }

        void requireSeeds(List<Long> all) {
            require(
                    seeds == null
                            || (!seeds.isEmpty()
                                    && all.stream()
                                            .filter(seeds::contains)
                                            .toList()
                                            .equals(seeds)),
                    name() + ", seeds: expected some of the seeds " + all + " in this order, found " + seeds);
        }

        private void requireOne(int count, String what, int found) {
            require(
                    found == count,
                    name() + ", " + what + ": expected a value for each of " + count + " seeds, found " + found);
        }
    }

    /**
     * The expected values of one metric of a cell.
     *
     * @param mean the mean over seeds
     * @param sd the sample standard deviation over seeds, or null for a single seed
     * @param tolerance how far the mean over all seeds may be from here, up or down, where codes are not the same
     * @param reason why the tolerance is no other; null where the file's rule made it
     * @param values the value of each seed, with {@value Digits#KEPT} significant digits
     */
    public record ExpectedMetric(
            double mean,
            @Nullable Double sd,
            double tolerance,
            @Nullable String reason,
            List<Double> values) {
        /** Rounded values and a rounded mean agree this far, relative to the larger. */
        private static final double ROUNDING = 1e-5;

        /** @throws IllegalArgumentException if a number is not finite, the tolerance is negative, or the mean is another */
        public ExpectedMetric {
            values = List.copyOf(values);
            require(!values.isEmpty(), "expected a value for each seed, found none");
            require(
                    Double.isFinite(mean) && values.stream().allMatch(Double::isFinite),
                    "expected finite numbers, found " + mean + " and " + values);
            require(
                    Double.isFinite(tolerance) && tolerance >= 0,
                    "expected a tolerance of at least 0, found " + tolerance);
            double computed = mean(values);
            require(
                    Math.abs(mean - computed) <= ROUNDING * Math.max(Math.abs(mean), Math.abs(computed)),
                    "expected the mean of " + values + ", found " + mean);
        }

        /** The metric of measured values, with the tolerance that a rule gives. */
        static ExpectedMetric of(String key, List<Double> measured, ToleranceRule rule) {
            List<Double> values = measured.stream().map(Digits::rounded).toList();
            double mean = mean(values);
            Double sd = values.size() < 2 ? null : Digits.rounded(deviation(values, mean));
            return new ExpectedMetric(Digits.rounded(mean), sd, 0, null, values).under(rule, key);
        }

        /** Returns these values with the tolerance that a rule gives, unless the tolerance was set by hand. */
        ExpectedMetric under(ToleranceRule rule, String key) {
            return reason != null
                    ? this
                    : new ExpectedMetric(
                            mean, sd, rule.tolerance(key, mean, sd == null ? 0 : sd, values.size()), null, values);
        }

        /** Returns these values with a tolerance that somebody set by hand. */
        ExpectedMetric withTolerance(double other, String why) {
            return new ExpectedMetric(mean, sd, other, why, values);
        }

        /** The mean over some of the seeds. */
        double mean(IntStream seeds) {
            return seeds.mapToDouble(values::get).average().orElseThrow();
        }

        /** The tolerance of a mean over fewer seeds, which varies more. */
        double tolerance(int seeds) {
            return tolerance * Math.sqrt((double) values.size() / seeds);
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        private static double deviation(List<Double> values, double mean) {
            double squares =
                    values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            return Math.sqrt(squares / (values.size() - 1));
        }
    }

    /**
     * The environment that measured the expected results.
     *
     * @param commit the commit that it was built from, where a cell names no other
     * @param jdk vendor and version of the Java runtime
     * @param cpu the processor
     * @param backend the tensor library's backend
     * @param threads threads of each tensor operation
     */
    public record ExpectedEnvironment(String commit, String jdk, String cpu, String backend, int threads) {
        /** Returns the parts of an environment that are kept with expected results. */
        public static ExpectedEnvironment of(EnvironmentSummary environment) {
            return new ExpectedEnvironment(
                    environment.commit(),
                    environment.jdk(),
                    environment.cpu(),
                    environment.backend(),
                    environment.threads());
        }

        /** Whether the same code gives the same bits there: all but the commit agree. */
        boolean computesLike(ExpectedEnvironment other) {
            return differencesThatDecide(other).isEmpty();
        }

        /** The names of what differs and decides the bits that the same code gives; the commit is not looked at. */
        public List<String> differencesThatDecide(ExpectedEnvironment other) {
            return Stream.of(
                            jdk.equals(other.jdk()) ? "" : "jdk",
                            cpu.equals(other.cpu()) ? "" : "cpu",
                            backend.equals(other.backend()) ? "" : "backend",
                            threads == other.threads() ? "" : "threads")
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /**
     * SHA-256 of what was measured on.
     *
     * @param protocol the rules: data, features, split, conventions
     * @param dataset images and labels
     * @param features the raw features
     * @param splits the row indices of each seed's split
     */
    public record ExpectedHashes(String protocol, String dataset, String features, Map<Long, String> splits) {
        /** @throws IllegalArgumentException if one is no SHA-256 */
        public ExpectedHashes {
            splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
            requireHash(protocol);
            requireHash(dataset);
            requireHash(features);
            splits.values().forEach(ExpectedHashes::requireHash);
        }

        static void requireHash(String hash) {
            require(
                    hash.matches("[0-9a-f]{64}"),
                    "expected a SHA-256 of 64 lower-case hexadecimal digits, found '" + hash + "'");
        }
    }
}
