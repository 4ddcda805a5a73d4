package io.github.linfhash.results.audit;

import io.github.linfhash.io.binding.StrictReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audited tables as JSON. */
public final class AuditJson {
    private AuditJson() {}

    /**
     * A list with an object for each table: table, dataset, numbers, and findings, a list of objects with flag, meaning,
     * method, bits (null where the table does not say), metrics, sentence, why, and corrected, an object of fractions.
     */
    public static String render(List<TableFindings> tables) {
        return StrictReader.toJsonFile(tables.stream().map(AuditJson::table).toList());
    }

    private record Table(String table, String dataset, int numbers, List<Found> findings) {}

    private record Found(
            String flag,
            String meaning,
            String method,
            @Nullable Integer bits,
            List<String> metrics,
            String sentence,
            String why,
            Map<String, Double> corrected) {}

    private static Table table(TableFindings audited) {
        return new Table(
                audited.table().id(),
                audited.table().dataset(),
                audited.table().cells().size(),
                audited.findings().stream().map(AuditJson::found).toList());
    }

    private static Found found(Finding finding) {
        return new Found(
                finding.flag().key(),
                finding.flag().sentence(),
                finding.method(),
                finding.bits() == 0 ? null : finding.bits(),
                finding.metrics(),
                finding.sentence(),
                finding.arithmetic(),
                finding.corrected());
    }
}
