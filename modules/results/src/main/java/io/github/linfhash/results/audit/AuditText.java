package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PercentText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Audited tables as text for a console. */
public final class AuditText {
    private AuditText() {}

    /** What is wrong, why, and what would be right; a last line that counts. */
    public static String render(List<TableFindings> tables) {
        StringBuilder text = new StringBuilder();
        for (TableFindings audited : tables) {
            text.append(heading(audited)).append('\n');
            audited.findings().forEach(finding -> text.append(block(finding)));
            text.append('\n');
        }
        int findings =
                tables.stream().mapToInt(audited -> audited.findings().size()).sum();
        return text + (findings == 0 ? "Nothing found." : findings + " findings.") + "\n";
    }

    private static String heading(TableFindings audited) {
        String dataset = audited.table().dataset().isEmpty()
                ? ""
                : ", " + audited.table().dataset();
        return audited.table().id() + dataset + ": " + audited.table().cells().size() + " numbers"
                + audited.settings().facts().map(facts -> "; " + known(facts)).orElse("; sizes unknown");
    }

    /** What was taken for known. */
    static String known(TableFacts facts) {
        return String.format(
                Locale.ROOT,
                "%,d queries, each with %,d relevant of %,d items",
                facts.queries(),
                facts.relevant(),
                facts.database());
    }

    private static String block(Finding finding) {
        String suggested = suggestion(finding);
        return "  " + finding.flag().key() + ": " + finding.sentence() + "\n      why: " + finding.arithmetic() + "\n"
                + (suggested.isEmpty() ? "" : "      suggested: " + suggested + "\n");
    }

    /** What would be right, in percent; empty where nothing follows from the rest. */
    public static String suggestion(Finding finding) {
        return finding.metrics().stream()
                .filter(metric -> finding.corrected(metric).isPresent())
                .map(metric ->
                        metric + " " + PercentText.of(finding.corrected(metric).orElseThrow()) + " %")
                .collect(Collectors.joining(", "));
    }
}
