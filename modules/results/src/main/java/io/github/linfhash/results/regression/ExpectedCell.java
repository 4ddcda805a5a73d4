package io.github.linfhash.results.regression;

import io.github.linfhash.core.results.RunKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one method at one code length.
 *
 * @param method the method's name
 * @param row the name of the method's row; null where the protocol has the method once
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
        @Nullable String row,
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
        Expected.require(
                method.matches("[a-z][a-z0-9-]*"),
                "expected a method's name of lower case, digits and hyphens, found '" + method + "'");
        Expected.require(
                row == null || row.matches("[a-z][a-z0-9-]*"),
                "expected a row's name of lower case, digits and hyphens, found '" + row + "'");
        Expected.require(bits >= 1, "expected a code length of at least 1, found " + bits);
        Expected.require(!metrics.isEmpty(), "expected metrics, found none");
        metrics.keySet()
                .forEach(key -> Expected.require(
                        key.matches("[A-Za-z][A-Za-z0-9@]*"), "expected a metric's key, found '" + key + "'"));
        codes.forEach(ExpectedHashes::requireHash);
        options = options == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(options));
        requireNames(options);
        Expected.require(commit == null || !commit.isBlank(), "expected a commit, found none");
        seeds = seeds == null ? null : List.copyOf(seeds);
    }

    /** A cell that is run with all seeds. */
    public ExpectedCell(
            String method,
            @Nullable String row,
            int bits,
            List<String> codes,
            Map<String, ExpectedMetric> metrics,
            @Nullable String commit,
            @Nullable Map<String, String> options) {
        this(method, row, bits, codes, metrics, commit, options, null);
    }

    private static void requireNames(@Nullable Map<String, String> options) {
        Expected.require(
                options == null
                        || options.keySet().stream().allMatch(option -> option.matches("[A-Za-z][A-Za-z0-9.]*")),
                "expected names of options, found others");
    }

    /** What results call the method or its row. */
    public String entry() {
        return RunKey.entry(method, row == null ? "" : row);
    }

    /** What messages call it. */
    public String name() {
        return entry() + "-" + bits;
    }

    /** The same cell in a file whose environment gets another commit, though that did not measure the cell. */
    ExpectedCell movedFrom(String before, String now) {
        String own = commit == null ? before : commit;
        return new ExpectedCell(method, row, bits, codes, metrics, own.equals(now) ? null : own, options, seeds);
    }

    /** The same cell with the tolerances that a rule gives, but for those that were set by hand. */
    ExpectedCell under(ToleranceRule rule) {
        Map<String, ExpectedMetric> held = new LinkedHashMap<>();
        metrics.forEach((key, metric) -> held.put(key, metric.under(rule, key)));
        return new ExpectedCell(method, row, bits, codes, held, commit, options, seeds);
    }

    /** The seeds that it is run with, of all those of the file: the order of its lists of values. */
    List<Long> seedsAmong(List<Long> all) {
        return seeds == null ? all : seeds;
    }

    void requireValues(List<Long> all) {
        int count = seedsAmong(all).size();
        requireOne(count, "codes", codes.size());
        metrics.forEach((key, metric) -> requireOne(count, key, metric.values().size()));
    }

    void requireSeeds(List<Long> all) {
        Expected.require(
                seeds == null
                        || (!seeds.isEmpty()
                                && all.stream().filter(seeds::contains).toList().equals(seeds)),
                name() + ", seeds: expected some of the seeds " + all + " in this order, found " + seeds);
    }

    private void requireOne(int count, String what, int found) {
        Expected.require(
                found == count,
                name() + ", " + what + ": expected a value for each of " + count + " seeds, found " + found);
    }
}
