package io.github.linfhash.results.regression;

import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expected results as the text of their file: one line a metric, so that a diff reads as a list of what moved. */
public final class ExpectedYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private ExpectedYaml() {}

    /** Returns the text of reference results; reading it gives equal ones. */
    public static String text(Expected expected) {
        ExpectedHashes hashes = expected.hashes();
        ExpectedEnvironment environment = expected.environment();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                # Reference results of protocol %s, with which `./linfhash results check` compares a run.
                # `linfhash results accept` writes this file. It keeps a tolerance that you set by hand together with the key `reason`.
                # Fractions are within 0..1; lists are in the order of seeds.
                """, expected.protocol()));
        line(text, "schema", expected.schema());
        line(text, "protocol", expected.protocol());
        text.append("hashes:\n");
        line(text, "  protocol", hashes.protocol());
        line(text, "  dataset", hashes.dataset());
        line(text, "  features", hashes.features());
        text.append("  splits:\n");
        hashes.splits().forEach((seed, hash) -> line(text, "    " + seed, hash));
        text.append("environment:\n");
        line(text, "  commit", quoted(environment.commit()));
        line(text, "  jdk", quoted(environment.jdk()));
        line(text, "  cpu", quoted(environment.cpu()));
        line(text, "  backend", quoted(environment.backend()));
        line(text, "  threads", environment.threads());
        line(text, "seeds", expected.seeds());
        rule(text, expected.rule());
        text.append("cells:\n");
        expected.cells().forEach(cell -> cell(text, cell));
        return text.toString();
    }

    /** A key with its value, where it has one. */
    private static void line(StringBuilder text, String key, @Nullable Object value) {
        if (value != null) {
            text.append(key).append(": ").append(value).append('\n');
        }
    }

    private static void rule(StringBuilder text, ToleranceRule rule) {
        Double share = rule.share();
        text.append(
                "# Tolerance of a mean over n seeds: max(spreads * sd, floor) / sqrt(n), where floor is `fraction` or"
                        + " `count`.\n");
        if (share != null) {
            text.append(
                    "# Floor of recall and F1, which move by single hits: share * mean, from 0.000001 to `fraction`.\n");
        }
        text.append("rule:\n");
        line(text, "  spreads", Digits.text(rule.spreads()));
        line(text, "  fraction", Digits.text(rule.fraction()));
        line(text, "  share", share == null ? null : Digits.text(share));
        line(text, "  count", Digits.text(rule.count()));
        line(text, "  reason", quoted(rule.reason()));
    }

    private static void cell(StringBuilder text, ExpectedCell cell) {
        String variant = cell.variant();
        String commit = cell.commit();
        Map<String, String> options = cell.options();
        line(text, "  - method", word(cell.method()));
        line(text, "    variant", variant == null ? null : word(variant));
        line(text, "    bits", cell.bits());
        line(text, "    seeds", cell.seeds());
        line(text, "    commit", commit == null ? null : quoted(commit));
        line(text, "    options", options == null ? null : options(options));
        text.append("    codes:\n");
        cell.codes().forEach(hash -> text.append("      - ").append(hash).append('\n'));
        text.append("    metrics:\n");
        cell.metrics().forEach((key, metric) -> line(text, "      " + key, "{" + metric(metric) + "}"));
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> word(option.getKey()) + ": " + quoted(option.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String metric(ExpectedMetric metric) {
        String sd = metric.sd() == null ? "" : ", sd: " + Digits.text(metric.sd());
        String reason = metric.reason() == null ? "" : ", reason: " + quoted(metric.reason());
        return "mean: " + Digits.text(metric.mean()) + sd + ", tolerance: " + Digits.text(metric.tolerance()) + reason
                + ", values: " + values(metric.values());
    }

    private static String values(List<Double> values) {
        return values.stream().map(Digits::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A name as it is, or quoted where YAML 1.1 reads something else, such as a boolean. */
    private static String word(String name) {
        return PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? name : quoted(name);
    }

    /** A double-quoted scalar: names of machines hold whatever their makers like. */
    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || (c > '~' && c < '\u00a0') || (c >= '\u2028' && c <= '\u2029') || c >= '\ud800') {
                // What YAML takes for the end of a line, or does not print.
                text.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
