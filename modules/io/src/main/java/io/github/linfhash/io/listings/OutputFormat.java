package io.github.linfhash.io.listings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How tables are printed. */
public enum OutputFormat {
    TABLE,
    JSON,
    CSV;

    private static final JsonMapper MAPPER = new JsonMapper();

    /** A table: aligned columns, a list of objects, or lines of cells. */
    public String render(Listing table) {
        return switch (this) {
            case TABLE -> table.text();
            case JSON -> json(objects(table));
            case CSV -> CsvText.of(table.names(), table.rows());
        };
    }

    /** As tables below their names; as CSV one after another, a line between them empty; as one JSON object of lists. */
    public String render(Map<String, Listing> tables) {
        if (this == JSON) {
            Map<String, Object> lists = new LinkedHashMap<>();
            tables.forEach((name, table) -> lists.put(name, objects(table)));
            return json(lists);
        }
        return tables.entrySet().stream()
                .map(table -> (this == TABLE ? table.getKey() + "\n\n" : "") + render(table.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** The rows: numbers as numbers, null where a cell has nothing, and other cells as texts, as the other formats have them. */
    private static List<Map<String, @Nullable Object>> objects(Listing table) {
        List<Map<String, @Nullable Object>> objects = table.objects();
        objects.forEach(object ->
                object.replaceAll((name, cell) -> cell == null || cell instanceof Number ? cell : cell.toString()));
        return objects;
    }

    private static String json(Object lists) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(lists) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts always have a JSON form", e);
        }
    }
}
