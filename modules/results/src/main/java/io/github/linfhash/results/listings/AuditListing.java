package io.github.linfhash.results.listings;

import io.github.linfhash.results.audit.AuditText;
import io.github.linfhash.results.audit.Finding;
import io.github.linfhash.results.audit.TableFindings;
import java.util.List;

/** The findings of an audit as a table. */
public final class AuditListing {
    private AuditListing() {}

    /** A row for each finding. */
    public static Listing of(List<TableFindings> audited) {
        Listing listing = new Listing("table", "method", "bits", "metrics", "finding", "what", "why", "suggested");
        for (TableFindings one : audited) {
            for (Finding finding : one.findings()) {
                listing.add(
                        one.table().id(),
                        finding.method(),
                        finding.bits() == 0 ? "" : finding.bits(),
                        String.join(" ", finding.metrics()),
                        finding.flag().key(),
                        finding.sentence(),
                        finding.arithmetic(),
                        AuditText.suggestion(finding));
            }
        }
        return listing;
    }
}
