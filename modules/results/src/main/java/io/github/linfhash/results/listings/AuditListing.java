package io.github.linfhash.results.listings;

import io.github.linfhash.results.audit.AuditReport;
import io.github.linfhash.results.audit.Finding;
import io.github.linfhash.results.audit.TableAudit.Audited;
import java.util.List;

/** The findings of an audit as a table. */
public final class AuditListing {
    private AuditListing() {}

    /** A row for each finding. */
    public static Listing of(List<Audited> audited) {
        Listing listing = new Listing("table", "method", "bits", "metrics", "finding", "what", "why", "suggested");
        for (Audited one : audited) {
            for (Finding finding : one.findings()) {
                listing.add(
                        one.table().id(),
                        finding.method(),
                        finding.bits() == 0 ? "" : finding.bits(),
                        String.join(" ", finding.metrics()),
                        finding.flag().key(),
                        finding.sentence(),
                        finding.arithmetic(),
                        AuditReport.suggestion(finding));
            }
        }
        return listing;
    }
}
