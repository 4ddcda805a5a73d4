package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedTable;
import java.util.List;
import java.util.Optional;

/**
 * The audit of a printed table: every finding follows from the printed digits, the rounding that they allow, and what is
 * known of the protocol. Flags that a table already carries are not looked at.
 */
public final class TableAudit {
    private static final List<Check> CHECKS = List.of(
            new HarmonicMeanCheck(),
            new PrecisionUnitCheck(),
            new RankingUnitCheck(),
            new RecallOrderCheck(),
            new SelfMatchCheck(),
            new AnswerableCheck());

    private TableAudit() {}

    /** All findings with nothing known of the protocol but its sizes, if those are. */
    public static List<Finding> findings(PublishedTable table, Optional<TableFacts> facts) {
        return findings(table, AuditSettings.of(facts));
    }

    /** All findings, check by check, each in printed order. */
    public static List<Finding> findings(PublishedTable table, AuditSettings settings) {
        AuditedTable audited = AuditedTable.of(table, settings);
        return CHECKS.stream()
                .flatMap(check -> check.findings(audited).stream())
                .toList();
    }
}
