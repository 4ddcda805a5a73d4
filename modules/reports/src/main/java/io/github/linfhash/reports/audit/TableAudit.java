package io.github.linfhash.reports.audit;

import io.github.linfhash.reports.published.PublishedTable;
import java.util.List;
import java.util.Optional;

/**
 * The audit of a printed table: every finding follows from the printed digits, the rounding that they allow, and what is
 * known of the protocol. Flags that a table already carries are not looked at.
 */
public final class TableAudit {
    private static final List<Check> CHECKS =
            List.of(new HarmonicMeanCheck(), new PrecisionUnitCheck(), new RecallOrderCheck(), new SelfMatchCheck());

    private TableAudit() {}

    /**
     * All findings, check by check, each in printed order.
     *
     * @param table the table
     * @param facts what is known of the protocol; without it, units of precision cannot be checked
     */
    public static List<Finding> findings(PublishedTable table, Optional<TableFacts> facts) {
        AuditedTable audited = AuditedTable.of(table, facts);
        return CHECKS.stream()
                .flatMap(check -> check.findings(audited).stream())
                .toList();
    }
}
