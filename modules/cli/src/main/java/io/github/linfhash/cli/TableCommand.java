package io.github.linfhash.cli;

import io.github.linfhash.results.listings.Listing;
import io.github.linfhash.results.listings.OutputFormat;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command whose data are tables. */
abstract class TableCommand extends BaseCommand {
    @Option(names = "--format", paramLabel = "F", description = "table, json or csv (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    final OutputFormat format() {
        return format;
    }

    final void print(Listing table) {
        print(format.render(table));
    }

    /** Prints tables by name, in the order of the map. */
    final void print(Map<String, Listing> tables) {
        print(format.render(tables));
    }
}
