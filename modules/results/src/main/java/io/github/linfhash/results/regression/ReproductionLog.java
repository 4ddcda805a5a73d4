package io.github.linfhash.results.regression;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.audit.Correction;
import io.github.linfhash.results.audit.Corrections;
import io.github.linfhash.results.published.PercentText;
import io.github.linfhash.results.published.PublishedCell;
import io.github.linfhash.results.published.PublishedMethod;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was measured, by what, beside what the paper prints: the held results of all protocols as a page in Markdown. */
public final class ReproductionLog {
    private ReproductionLog() {}

    /** The page; where nothing is held, it says so. */
    public static String markdown(List<LoggedProtocol> protocols) {
        StringBuilder page = new StringBuilder();
        page.append("# Reproduction log\n\n");
        page.append("Made by `./linfhash reproduction-log` from `reports/expected`; do not edit.\n\n");
        page.append(
                "Numbers are in percent, as printed \u2192 measured: the mean \u00b1 half the width of its 95 % interval over seeds. A"
                        + " printed\nnumber that cannot be right is followed by what it is to be read as, in brackets"
                        + " ([errata.md](errata.md)), or by [?].\n");
        if (protocols.isEmpty()) {
            page.append("\nNo results are held yet.\n");
        }
        protocols.forEach(protocol -> section(page, protocol));
        return page.toString();
    }

    private static void section(StringBuilder page, LoggedProtocol protocol) {
        Expected expected = protocol.expected();
        ExpectedEnvironment environment = expected.environment();
        page.append("\n## ")
                .append(escaped(protocol.title()))
                .append(" (`")
                .append(expected.protocol())
                .append("`)\n\n");
        page.append("- Measured at commit `")
                .append(escaped(environment.commit()))
                .append("`, seeds ");
        page.append(expected.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .append('\n');
        otherCommits(expected.cells())
                .forEach((commit, cells) -> page.append("- Measured at commit `")
                        .append(escaped(commit))
                        .append("` instead: ")
                        .append(String.join(", ", cells))
                        .append('\n'));
        page.append("- By ").append(escaped(environment.backend())).append(", ").append(environment.threads());
        page.append(environment.threads() == 1 ? " thread" : " threads").append(" an operation; Java ");
        page.append(escaped(environment.jdk()))
                .append("; ")
                .append(escaped(environment.cpu()))
                .append('\n');
        page.append("- Hashes: protocol `")
                .append(start(expected.hashes().protocol()))
                .append("`, data `");
        page.append(start(expected.hashes().dataset())).append("`, features `");
        page.append(start(expected.hashes().features())).append("`\n");
        boolean beside = !protocol.printed().cells().isEmpty();
        page.append(
                beside
                        ? "- Beside " + protocol.printed().title() + " of the paper, on the same data\n\n"
                        : "- The paper did not measure on these data: nothing of it stands beside the numbers\n\n");
        table(page, protocol, beside ? protocol.printed().metrics() : protocol.metrics());
    }

    /** The cells that another commit measured, such as "`ksh` at 48 bits", by that commit. */
    private static Map<String, List<String>> otherCommits(List<ExpectedCell> cells) {
        Map<String, List<String>> byCommit = new LinkedHashMap<>();
        for (ExpectedCell cell : cells) {
            if (cell.commit() != null) {
                byCommit.computeIfAbsent(cell.commit(), commit -> new ArrayList<>())
                        .add("`" + cell.entry() + "` at " + cell.bits() + " bits");
            }
        }
        return byCommit;
    }

    private static void table(StringBuilder page, LoggedProtocol protocol, List<String> metrics) {
        page.append("| method | bits | ").append(String.join(" | ", metrics)).append(" |\n");
        page.append("|---|---").append("|---".repeat(metrics.size())).append("|\n");
        Corrections corrections = Corrections.of(protocol.printed());
        for (ExpectedCell cell : protocol.expected().cells()) {
            List<String> columns = new ArrayList<>(List.of("`" + cell.entry() + "`", Integer.toString(cell.bits())));
            metrics.forEach(metric -> columns.add(reading(protocol, corrections, cell, metric)));
            page.append("| ").append(String.join(" | ", columns)).append(" |\n");
        }
    }

    private static String reading(LoggedProtocol protocol, Corrections corrections, ExpectedCell cell, String metric) {
        Optional<PublishedCell> printed = PublishedMethod.of(cell.method())
                .flatMap(row -> protocol.printed().find(row.printedName(), cell.bits(), metric));
        String before = printed.map(found -> found.printed().text() + corrected(corrections.find(found)) + " \u2192 ")
                .orElse("");
        ExpectedMetric measured = cell.metrics().get(metric);
        return before + (measured == null ? "not measured" : measured(StandardMetrics.quantity(metric), measured));
    }

    private static String corrected(Optional<Correction> correction) {
        return correction
                .map(found -> found.fraction().isPresent()
                        ? " [" + PercentText.of(found.fraction().getAsDouble()) + "]"
                        : " [?]")
                .orElse("");
    }

    private static String measured(Quantity quantity, ExpectedMetric metric) {
        Summary summary = Summary.of(
                metric.values().stream().mapToDouble(Double::doubleValue).toArray());
        String half = NumberText.halfWidth(quantity, summary);
        return NumberText.mean(quantity, summary) + (half.isEmpty() ? "" : " \u00b1 " + half);
    }

    private static String start(String hash) {
        return hash.substring(0, 12);
    }

    /** Names of machines hold whatever their makers like. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replaceAll("\\R", " ");
    }
}
