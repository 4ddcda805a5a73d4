package io.github.linfhash.cli;

import io.github.linfhash.results.tables.SummaryTable;

/** How a table is printed on standard output. */
enum OutputFormat {
    TABLE,
    JSON,
    CSV;

    String render(SummaryTable table) {
        return switch (this) {
            case TABLE -> table.text();
            case JSON -> table.json();
            case CSV -> table.csv();
        };
    }
}
