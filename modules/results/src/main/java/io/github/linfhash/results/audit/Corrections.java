package io.github.linfhash.results.audit;

import io.github.linfhash.results.audit.AuditSettings.TableFacts;
import io.github.linfhash.results.audit.TableAudit.Finding;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The published numbers that cannot be right, each with what is right where that follows from the rest of the table. */
public final class Corrections {
    private final List<Finding> findings;

    private Corrections(List<Finding> findings) {
        this.findings = findings;
    }

    /** Returns the corrections that follow from the audit of a table. */
    public static Corrections of(PublishedTable table) {
        return new Corrections(TableAudit.findings(table, TableFacts.of(table.dataset())));
    }

    /** The correction of a published number; empty if the number may be right. */
    public Optional<Correction> find(PublishedCell cell) {
        OptionalDouble right = OptionalDouble.empty();
        List<String> reasons = new ArrayList<>();
        for (Finding finding : findings) {
            if (isAbout(finding, cell)) {
                Double corrected = finding.corrected().get(cell.metric());
                right = corrected == null ? right : OptionalDouble.of(corrected);
                reasons.add(finding.sentence());
            }
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(new Correction(right, reasons));
    }

    private static boolean isAbout(Finding finding, PublishedCell cell) {
        return finding.method().equals(cell.method())
                && finding.bits() == cell.bits()
                && (finding.corrected().containsKey(cell.metric())
                        || (finding.metrics().contains(cell.metric()) && isImpossible(finding.flag(), cell.metric())));
    }

    /** Whether a finding shows a metric of its to be impossible without saying what is right. */
    private static boolean isImpossible(PublishedFlag flag, String metric) {
        return switch (flag) {
            case RECALL_ABOVE_LARGER_RADIUS -> metric.startsWith("recall@");
            case PRECISION_ABOVE_CEILING -> metric.startsWith("precision@");
            case ABOVE_ANSWERABLE, OUT_OF_RANGE -> true;
            default -> false;
        };
    }

    /**
     * The correction of a published number that cannot be right.
     *
     * @param fraction the number that follows from the rest of the table, as a fraction; empty if none follows
     * @param reasons the sentences of the audit that show it
     */
    public record Correction(OptionalDouble fraction, List<String> reasons) {
        public Correction {
            reasons = List.copyOf(reasons);
        }
    }
}
