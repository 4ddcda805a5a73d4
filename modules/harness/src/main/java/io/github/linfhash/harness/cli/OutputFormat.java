package io.github.linfhash.harness.cli;

/** How a table is printed. */
enum OutputFormat {
    TABLE,
    JSON,
    CSV
}
