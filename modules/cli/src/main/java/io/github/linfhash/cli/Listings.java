package io.github.linfhash.cli;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several named tables on one output.
 *
 * @param byName the tables, in the order of printing
 */
record Listings(Map<String, Listing> byName) {
    /** As tables below their names; as CSV one after another, a line between them empty; as one JSON object of lists. */
    String render(OutputFormat format) {
        return switch (format) {
            case TABLE -> join("\n", "%s\n\n%s", format);
            case CSV -> join("\n", "%2$s", format);
            case JSON -> "{\n" + join(",\n", "\"%s\" : %s", format).stripTrailing() + "\n}\n";
        };
    }

    private String join(String separator, String pattern, OutputFormat format) {
        return byName.entrySet().stream()
                .map(entry ->
                        String.format(pattern, entry.getKey(), entry.getValue().render(format)))
                .collect(Collectors.joining(separator));
    }
}
