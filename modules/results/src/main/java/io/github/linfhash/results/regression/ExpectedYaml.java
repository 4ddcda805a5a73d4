package io.github.linfhash.results.regression;

import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.ToleranceRule.Digits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Expected results as the text of their file: one line a metric, so that a diff reads as a list of what moved. */
public final class ExpectedYaml {
    private ExpectedYaml() {}

    /** The text; reading it gives equal expected results. */
    public static String text(Expected expected) {
        StringBuilder text = new StringBuilder();
        String name = expected.protocol();
        text.append("# What `./linfhash results check --protocol ").append(name).append("` holds a run against.\n");
        text.append(
                "# `linfhash results accept` writes this file. A tolerance may be set by hand, with the key `reason` beside it; it then stays.\n");
        text.append("# Fractions are within 0..1; lists are in the order of seeds.\n");
        text.append("schema: ").append(expected.schema()).append('\n');
        text.append("protocol: ").append(name).append('\n');
        hashes(text, expected.hashes());
        environment(text, expected.environment());
        text.append("seeds: ").append(expected.seeds()).append('\n');
        rule(text, expected.rule());
        text.append("cells:\n");
        expected.cells().forEach(cell -> cell(text, cell));
        return text.toString();
    }

    private static void hashes(StringBuilder text, ExpectedHashes hashes) {
        text.append("hashes:\n");
        text.append("  protocol: ").append(hashes.protocol()).append('\n');
        text.append("  dataset: ").append(hashes.dataset()).append('\n');
        text.append("  features: ").append(hashes.features()).append('\n');
        text.append("  splits:\n");
        hashes.splits()
                .forEach((seed, hash) -> text.append("    ")
                        .append(seed)
                        .append(": ")
                        .append(hash)
                        .append('\n'));
    }

    private static void environment(StringBuilder text, ExpectedEnvironment environment) {
        text.append("environment:\n");
        text.append("  commit: ").append(quoted(environment.commit())).append('\n');
        text.append("  jdk: ").append(quoted(environment.jdk())).append('\n');
        text.append("  cpu: ").append(quoted(environment.cpu())).append('\n');
        text.append("  backend: ").append(quoted(environment.backend())).append('\n');
        text.append("  threads: ").append(environment.threads()).append('\n');
    }

    private static void rule(StringBuilder text, ToleranceRule rule) {
        text.append(
                "# Of a mean over n seeds: max(spreads * sd, floor) / sqrt(n); the floor is that of fractions or counts.\n");
        if (rule.share() != null) {
            text.append(
                    "# That of recall and F1, which move by single hits: share * mean, from 0.000001 to fraction.\n");
        }
        text.append("rule:\n");
        text.append("  spreads: ").append(Digits.text(rule.spreads())).append('\n');
        text.append("  fraction: ").append(Digits.text(rule.fraction())).append('\n');
        if (rule.share() != null) {
            text.append("  share: ").append(Digits.text(rule.share())).append('\n');
        }
        text.append("  count: ").append(Digits.text(rule.count())).append('\n');
        text.append("  reason: ").append(quoted(rule.reason())).append('\n');
    }

    private static void cell(StringBuilder text, ExpectedCell cell) {
        text.append("  - method: ").append(cell.method()).append('\n');
        if (cell.row() != null) {
            text.append("    row: ").append(cell.row()).append('\n');
        }
        text.append("    bits: ").append(cell.bits()).append('\n');
        if (cell.seeds() != null) {
            text.append("    seeds: ").append(cell.seeds()).append('\n');
        }
        if (cell.commit() != null) {
            text.append("    commit: ").append(quoted(cell.commit())).append('\n');
        }
        if (cell.options() != null) {
            text.append("    options: ").append(options(cell.options())).append('\n');
        }
        text.append("    codes:\n");
        cell.codes().forEach(hash -> text.append("      - ").append(hash).append('\n'));
        text.append("    metrics:\n");
        for (Map.Entry<String, ExpectedMetric> entry : cell.metrics().entrySet()) {
            text.append("      ").append(entry.getKey()).append(": {");
            text.append(metric(entry.getValue())).append("}\n");
        }
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + ": " + quoted(option.getValue()))
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

    /** A double-quoted scalar: names of machines hold whatever their makers like. */
    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\x%02x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
