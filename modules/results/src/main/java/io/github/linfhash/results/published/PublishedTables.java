package io.github.linfhash.results.published;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of a publication.
 *
 * @param tables the tables in printed order
 */
public record PublishedTables(List<PublishedTable> tables) {
    public PublishedTables {
        tables = List.copyOf(tables);
    }

    /**
     * Reads a file of printed cells, strictly; reports/README.md describes its columns.
     *
     * @throws InputException if the file is not such a file; the sentence names file and line
     * @throws IOException if the file cannot be read
     */
    public static PublishedTables read(Path file) throws IOException {
        return PublishedCsv.read(file);
    }

    /**
     * The table that is shown beside the results of a protocol: none beside synthetic data, whose numbers have nothing to
     * do with printed ones.
     *
     * @throws InputException if the protocol names a table that is not here
     */
    public PublishedTable beside(ProtocolSummary protocol) {
        String id = protocol.publishedTable();
        return id == null || protocol.dataset().synthetic() ? PublishedTable.NONE : table(id);
    }

    /**
     * The table of a short name, such as {@code T2}.
     *
     * @throws InputException if there is none
     */
    public PublishedTable table(String id) {
        return tables.stream()
                .filter(table -> table.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InputException("expected one of the printed tables "
                        + tables.stream().map(PublishedTable::id).toList() + ", found '" + id + "'"));
    }
}
