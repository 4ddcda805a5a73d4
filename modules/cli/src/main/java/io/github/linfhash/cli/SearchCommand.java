package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.CodeSearch;
import io.github.linfhash.codes.BinaryCodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code linfhash search}: nearest neighbors among codes. */
@Command(
        name = "search",
        customSynopsis = {
            "linfhash search [OPTIONS] --database-codes F",
            "      (--query-codes F | --model F --vectors FILE)"
        },
        description = "Finds the nearest codes in Hamming distance by exact search; ties are ordered by id.",
        footer = {
            "  linfhash search --database-codes codes.npy --model my.linfhash --vectors q.npy --k 10 --out neighbors.npz",
            "      ids (int64) and distances (int32), one row per query",
            "  linfhash search --database-codes d.npy --query-codes q.npy --k 3 --format csv"
        })
final class SearchCommand extends CodeSearch {
    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private CodeQueries queries;

    @Override
    protected BinaryCodes queries(@Nullable Integer length) {
        return queries.codes(file -> read(file, length));
    }

    @Override
    protected @Nullable String decidesLength() {
        return queries.areEncoded() ? "--model" : null;
    }
}
