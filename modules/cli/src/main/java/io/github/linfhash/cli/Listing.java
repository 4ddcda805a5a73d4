package io.github.linfhash.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.errors.PlainText;
import io.github.linfhash.results.tables.CsvText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small table of texts, for the commands that list what there is. */
final class Listing {
    private static final JsonMapper JSON = new JsonMapper();
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Listing(String... columns) {
        this.columns = List.of(columns);
    }

    void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    String render(OutputFormat format) {
        return switch (format) {
            case TABLE -> table();
            case CSV -> CsvText.of(columns, rows);
            case JSON -> json();
        };
    }

    /** Each row in one line, whatever a cell holds. */
    private String table() {
        List<List<String>> lines = Stream.concat(Stream.of(columns), rows.stream())
                .map(row -> row.stream().map(PlainText::line).toList())
                .toList();
        int[] widths = new int[columns.size()];
        for (List<String> row : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : lines) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String json() {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int c = 0; c < row.size(); c++) {
                object.put(columns.get(c), row.get(c));
            }
            objects.add(object);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(objects) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts always have a JSON form", e);
        }
    }
}
