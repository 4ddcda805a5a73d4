package io.github.linfhash.results.audit;

import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.TableAudit.Audited;
import io.github.linfhash.results.audit.TableAudit.Finding;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.published.PublishedFlag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Audited tables as text for a console, as JSON, and as a page of errata in Markdown. */
public final class AuditReport {
    private AuditReport() {}

    /** Formats each finding with its reason and what would be right, and ends with a line that counts the findings. */
    public static String text(List<Audited> tables) {
        StringBuilder text = new StringBuilder();
        for (Audited audited : tables) {
            text.append(heading(audited)).append('\n');
            audited.findings().forEach(finding -> text.append(block(finding)));
            text.append('\n');
        }
        int findings =
                tables.stream().mapToInt(audited -> audited.findings().size()).sum();
        return text + (findings == 0 ? "Nothing found." : findings + " findings.") + "\n";
    }

    private static String heading(Audited audited) {
        String dataset = audited.table().dataset().isEmpty()
                ? ""
                : ", " + audited.table().dataset();
        return audited.table().id() + dataset + ": " + audited.table().cells().size() + " numbers"
                + audited.settings().facts().map(facts -> "; " + known(facts)).orElse("; sizes unknown");
    }

    /** Formats the sizes that were taken for known. */
    static String known(TableFacts facts) {
        return String.format(
                Locale.ROOT,
                "%,d queries, each with %,d relevant items of %,d",
                facts.queries(),
                facts.relevant(),
                facts.database());
    }

    private static String block(Finding finding) {
        String suggested = suggestion(finding);
        return "  " + finding.flag().key() + ": " + finding.sentence() + "\n      why: " + finding.arithmetic() + "\n"
                + (suggested.isEmpty() ? "" : "      suggested: " + suggested + "\n");
    }

    /** Returns the corrected values, in percent; empty where nothing follows from the rest. */
    private static String suggestion(Finding finding) {
        return finding.metrics().stream()
                .filter(metric -> finding.corrected(metric).isPresent())
                .map(metric ->
                        metric + " " + PercentText.of(finding.corrected(metric).orElseThrow()) + "%")
                .collect(Collectors.joining(", "));
    }

    /**
     * A list with an object for each table: table, dataset, numbers, and findings, a list of objects with flag, meaning,
     * method, bits (null where the table does not say), metrics, sentence, why, and corrected, an object of fractions.
     */
    public static String json(List<Audited> tables) {
        return StrictReader.toJsonFile(Listing.of(tables)
                .words("table", audited -> audited.table().id())
                .words("dataset", audited -> audited.table().dataset())
                .number("numbers", audited -> audited.table().cells().size())
                .words(
                        "findings",
                        audited -> Listing.of(audited.findings())
                                .words("flag", finding -> finding.flag().key())
                                .words("meaning", finding -> finding.flag().sentence())
                                .words("method", Finding::method)
                                .number("bits", finding -> finding.bits() == 0 ? null : finding.bits())
                                .words("metrics", Finding::metrics)
                                .words("sentence", Finding::sentence)
                                .words("why", Finding::arithmetic)
                                .words("corrected", Finding::corrected)
                                .objects())
                .objects());
    }

    /** A row for each finding. */
    public static Listing table(List<Audited> audited) {
        Listing listing = new Listing("table", "method", "bits", "metrics", "finding", "what", "why", "suggested");
        for (Audited one : audited) {
            for (Finding finding : one.findings()) {
                listing.add(
                        one.table().id(),
                        finding.method(),
                        finding.bits() == 0 ? null : finding.bits(),
                        String.join(" ", finding.metrics()),
                        finding.flag().key(),
                        finding.sentence(),
                        finding.arithmetic(),
                        suggestion(finding));
            }
        }
        return listing;
    }

    /**
     * The page.
     *
     * @param source the file that the tables came from, as the command names it
     */
    public static String markdown(String source, List<Audited> tables) {
        StringBuilder page = new StringBuilder();
        page.append("# Errata of published tables\n\n");
        page.append("Made by `./linfhash paper audit ").append(source).append(" --format markdown`; do not edit.\n\n");
        page.append(
                "Every entry breaks a relation for all numbers that round to the published ones. precision-as-fraction also"
                        + " requires the\nassumed numbers of queries and relevant items. All numbers are in percent. Without `--format`, the command prints the"
                        + " arithmetic\nof each entry.\n");
        tables.forEach(audited -> section(page, audited));
        legend(page, tables);
        return page.toString();
    }

    private static void section(StringBuilder page, Audited audited) {
        String dataset = audited.table().dataset();
        page.append("\n## ").append(escaped(audited.table().title()));
        page.append(dataset.isEmpty() ? "" : ", " + escaped(dataset)).append("\n\n");
        page.append(audited.table().cells().size()).append(" numbers");
        audited.settings().facts().ifPresent(facts -> page.append("; assumed: ").append(known(facts)));
        page.append(". ").append(audited.findings().size()).append(" findings.\n\n");
        if (!audited.findings().isEmpty()) {
            page.append("| method | bits | published | finding | corrected |\n|---|---|---|---|---|\n");
            audited.findings().forEach(finding -> row(page, audited, finding));
        }
    }

    private static void row(StringBuilder page, Audited audited, Finding finding) {
        String bits = finding.bits() == 0 ? "" : Integer.toString(finding.bits());
        String printed = finding.metrics().stream()
                .map(metric -> metric + " " + printed(audited, finding, metric))
                .collect(Collectors.joining(", "));
        page.append("| ")
                .append(String.join(
                        " | ",
                        escaped(finding.method()),
                        bits,
                        escaped(printed),
                        finding.flag().key(),
                        suggestion(finding)))
                .append(" |\n");
    }

    private static String printed(Audited audited, Finding finding, String metric) {
        return audited.table()
                .find(finding.method(), finding.bits(), metric)
                .map(cell -> cell.printed().text())
                .orElse("");
    }

    private static void legend(StringBuilder page, List<Audited> tables) {
        List<PublishedFlag> flags = Arrays.stream(PublishedFlag.values())
                .filter(flag -> count(flag, tables) > 0)
                .toList();
        page.append("\n## What the findings mean\n\n| finding | times | meaning |\n|---|---|---|\n");
        page.append(flags.stream()
                .map(flag -> "| " + flag.key() + " | " + count(flag, tables) + " | " + flag.sentence() + " |\n")
                .collect(Collectors.joining()));
    }

    private static long count(PublishedFlag flag, List<Audited> tables) {
        return tables.stream()
                .flatMap(audited -> audited.findings().stream())
                .filter(finding -> finding.flag() == flag)
                .count();
    }

    /** Names come from anybody's file: they stay text, and in their cell. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replaceAll("\\R", " ");
    }
}
