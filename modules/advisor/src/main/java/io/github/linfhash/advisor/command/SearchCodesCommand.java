package io.github.linfhash.advisor.command;

import io.github.linfhash.codes.BinaryCodes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code search} without models. */
@Command(
        name = "search",
        description = "Finds the nearest codes in Hamming distance by exact search; ties are ordered by id.",
        footer = {"  linfhash search --database-codes d.npy --query-codes q.npy --k 3 --format csv"})
public final class SearchCodesCommand extends CodeSearch {
    @Option(names = "--query-codes", paramLabel = "F", required = true, description = "Codes of the queries, as .npy.")
    @SuppressWarnings("NullAway.Init")
    private Path queries;

    @Override
    protected BinaryCodes queries(@Nullable Integer length) {
        return read(queries, length);
    }
}
