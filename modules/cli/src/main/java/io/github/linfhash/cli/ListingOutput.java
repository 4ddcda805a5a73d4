package io.github.linfhash.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of a command whose table comes out on standard output. */
final class ListingOutput {
    @Option(names = "--format", paramLabel = "F", description = "table, json or csv (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    void print(Listing listing) {
        print(listing.render(format));
    }

    void print(Listings listings) {
        print(listings.render(format));
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
