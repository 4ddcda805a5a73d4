package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedFlag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Audited tables as a page in Markdown: what is wrong with printed numbers, cell by cell. */
public final class ErrataPage {
    private ErrataPage() {}

    /**
     * The page.
     *
     * @param source the file that the tables came from, as the command names it
     */
    public static String markdown(String source, List<TableFindings> tables) {
        StringBuilder page = new StringBuilder();
        page.append("# Errata of printed tables\n\n");
        page.append("Made by `./linfhash paper audit ").append(source).append(" --format markdown`; do not edit.\n\n");
        page.append(
                "Every entry follows from the printed digits alone: a printed number stands for all numbers that round"
                        + " to it,\nand a relation is broken where no choice among these keeps it. All numbers are in percent.\n");
        tables.forEach(audited -> table(page, audited));
        legend(page, tables);
        return page.toString();
    }

    private static void table(StringBuilder page, TableFindings audited) {
        String dataset = audited.table().dataset();
        page.append("\n## ").append(escaped(audited.table().title()));
        page.append(dataset.isEmpty() ? "" : ", " + escaped(dataset)).append("\n\n");
        page.append(audited.table().cells().size()).append(" numbers");
        audited.settings()
                .facts()
                .ifPresent(facts -> page.append("; taken for known: ").append(AuditText.known(facts)));
        page.append(". ").append(audited.findings().size()).append(" findings.\n\n");
        if (!audited.findings().isEmpty()) {
            page.append("| row | bits | printed | finding | why | corrected |\n|---|---|---|---|---|---|\n");
            audited.findings().forEach(finding -> row(page, audited, finding));
        }
    }

    private static void row(StringBuilder page, TableFindings audited, Finding finding) {
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
                        escaped(finding.arithmetic()),
                        AuditText.suggestion(finding)))
                .append(" |\n");
    }

    private static String printed(TableFindings audited, Finding finding, String metric) {
        return audited.table()
                .find(finding.method(), finding.bits(), metric)
                .map(cell -> cell.printed().text())
                .orElse("");
    }

    private static void legend(StringBuilder page, List<TableFindings> tables) {
        List<PublishedFlag> flags = Arrays.stream(PublishedFlag.values())
                .filter(flag -> count(flag, tables) > 0)
                .toList();
        page.append("\n## What the findings mean\n\n| finding | times | meaning |\n|---|---|---|\n");
        page.append(flags.stream()
                .map(flag -> "| " + flag.key() + " | " + count(flag, tables) + " | " + flag.sentence() + " |\n")
                .collect(Collectors.joining()));
    }

    private static long count(PublishedFlag flag, List<TableFindings> tables) {
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
