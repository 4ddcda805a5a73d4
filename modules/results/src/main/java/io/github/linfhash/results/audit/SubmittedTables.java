package io.github.linfhash.results.audit;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.published.PublishedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Anybody's tables, ready to be audited; docs/audit-table.md describes the file.
 *
 * @param unit what the numbers of the file are
 * @param tables the tables in the order of the file, in percent
 * @param impossible what is wrong with numbers that are no percentages at all, by table
 * @param measured whether they are means that linfhash itself has written, whose F1 is the mean of the queries' F1
 */
public record SubmittedTables(
        Unit unit, List<PublishedTable> tables, Map<String, List<Finding>> impossible, boolean measured) {
    public SubmittedTables {
        tables = List.copyOf(tables);
        impossible = Map.copyOf(impossible);
    }

    /**
     * Reads a file.
     *
     * @param unit what the numbers are; where it is empty, a column "printed_percent" or "percent", a percent sign or a
     *     number above 1 say percent, else they are fractions
     * @throws InputException if the file is no such table; the sentence names file and line
     * @throws IOException if the file cannot be read
     */
    public static SubmittedTables read(Path file, Optional<Unit> unit) throws IOException {
        return SubmittedCsv.read(file, unit);
    }

    /**
     * One of the tables alone.
     *
     * @throws InputException if there is none of that name
     */
    public SubmittedTables only(String id) {
        List<PublishedTable> chosen =
                tables.stream().filter(table -> table.id().equals(id)).toList();
        if (chosen.isEmpty()) {
            throw new InputException("expected one of the tables "
                    + tables.stream().map(PublishedTable::id).toList() + ", found '" + id + "'");
        }
        return new SubmittedTables(unit, chosen, impossible, measured);
    }

    /** What is wrong with a table's numbers, under the given settings. */
    public TableFindings audit(PublishedTable table, AuditSettings settings) {
        return new TableFindings(
                table,
                settings,
                Stream.concat(
                                impossible.getOrDefault(table.id(), List.of()).stream(),
                                TableAudit.findings(table, settings).stream())
                        .toList());
    }
}
