package io.github.linfhash.shell;

import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command that prints tables. */
public abstract class TableCommand extends BaseCommand {
    @Option(names = "--format", paramLabel = "F", description = "table, json or csv (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    public final OutputFormat format() {
        return format;
    }

    public final void print(Listing table) {
        print(format.render(table));
    }

    /** Prints tables by name, in the order of the map. */
    public final void print(Map<String, Listing> tables) {
        print(format.render(tables));
    }
}
