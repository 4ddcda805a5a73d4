package io.github.linfhash.results.published;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import io.github.linfhash.results.schema.ProtocolSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * The tables of a publication.
 *
 * @param tables the tables in published order
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
                .orElseThrow(() -> new InputException("expected one of the published tables "
                        + tables.stream().map(PublishedTable::id).toList() + ", found '" + id + "'"));
    }

    /** The reader of printed cells in CSV. */
    private static final class PublishedCsv {
        private static final List<String> COLUMNS =
                List.of("table", "dataset", "method", "bits", "metric", "printed", "flags");

        private final CsvFile file;
        private final Map<String, String> datasets = new LinkedHashMap<>();
        private final Map<String, List<PublishedCell>> cells = new LinkedHashMap<>();
        private final Set<List<Object>> seen = new HashSet<>();

        private PublishedCsv(CsvFile file) {
            this.file = file;
        }

        static PublishedTables read(Path path) throws IOException {
            PublishedCsv reader = new PublishedCsv(new CsvFile(path));
            reader.file.read(reader::requireColumns, reader::add);
            return reader.tables();
        }

        private void requireColumns(List<String> found) {
            if (!found.equals(COLUMNS)) {
                throw new InputException(file.path() + ": expected the columns " + COLUMNS + ", found " + found);
            }
        }

        private void add(CSVRecord line) {
            String table = text(line, "table");
            String dataset = text(line, "dataset");
            if (!dataset.equals(datasets.computeIfAbsent(table, id -> dataset))) {
                throw new InputException(file.place(line) + ": table " + table + " is of '" + datasets.get(table)
                        + "' in the lines above, here of '" + dataset + "'; give each data set a table of its own");
            }
            PublishedCell cell = cell(line);
            if (!seen.add(List.of(table, cell.method(), cell.bits(), cell.metric()))) {
                throw new InputException(file.place(line) + ": the same cell is in a line above; remove one of them");
            }
            cells.computeIfAbsent(table, id -> new ArrayList<>()).add(cell);
        }

        private PublishedCell cell(CSVRecord line) {
            try {
                return new PublishedCell(
                        text(line, "method"),
                        bits(line),
                        text(line, "metric"),
                        new PrintedPercent(line.get("printed")),
                        flags(line));
            } catch (IllegalArgumentException e) {
                throw new InputException(file.place(line) + ": " + e.getMessage(), e);
            }
        }

        private String text(CSVRecord line, String column) {
            String value = line.get(column);
            if (value.isBlank()) {
                throw new InputException(file.place(line) + ": the column '" + column + "' is empty; fill it in");
            }
            return value;
        }

        private int bits(CSVRecord line) {
            String value = line.get("bits");
            if (!value.matches("[1-9]\\d{0,5}")) {
                throw new InputException(file.place(line) + ": expected a code length, found '" + value + "'");
            }
            return Integer.parseInt(value);
        }

        private Set<PublishedFlag> flags(CSVRecord line) {
            Set<PublishedFlag> flags = EnumSet.noneOf(PublishedFlag.class);
            String text = line.get("flags");
            if (!text.isEmpty()) {
                for (String key : text.split(" ", -1)) {
                    flags.add(PublishedFlag.of(key)
                            .orElseThrow(() -> new InputException(file.place(line) + ": unknown flag '" + key
                                    + "'; use some of " + PublishedFlag.keys())));
                }
            }
            return flags;
        }

        private PublishedTables tables() {
            if (cells.isEmpty()) {
                throw new InputException(file.path() + ": expected cells, found a header alone");
            }
            List<PublishedTable> tables = new ArrayList<>();
            cells.forEach((id, values) -> tables.add(new PublishedTable(id, datasets.getOrDefault(id, ""), values)));
            return new PublishedTables(tables);
        }
    }
}
