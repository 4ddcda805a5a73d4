package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedTable;
import java.util.List;

/**
 * An audited table.
 *
 * @param table the table
 * @param settings what was known of its protocol
 * @param findings what is wrong with it
 */
public record TableFindings(PublishedTable table, AuditSettings settings, List<Finding> findings) {
    public TableFindings {
        findings = List.copyOf(findings);
    }
}
