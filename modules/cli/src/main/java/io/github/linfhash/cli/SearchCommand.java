package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingSearch;
import io.github.linfhash.codes.Neighbors;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.results.listings.Listing;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash search}: nearest neighbors among codes. */
@Command(
        name = "search",
        description = "Finds the nearest codes in Hamming distance by exact search; ties are ordered by id.",
        footer = {
            "  linfhash search --codes codes.npy --model my.linfhash --vectors q.npy -k 10 --out neighbors.npz",
            "      ids (int64) and distances (int32), one row per query",
            "  linfhash search --codes d.npy --queries q.npy -k 3 --format csv"
        })
final class SearchCommand extends TableCommand {
    @Option(names = "--codes", paramLabel = "F", required = true, description = "Codes of the database, as .npy.")
    @SuppressWarnings("NullAway.Init")
    private Path codes;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Queries queries;

    @Option(names = "-k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private int k = 10;

    @Option(names = "--bits", paramLabel = "N", description = "Code length, if neither files nor model determine it.")
    private @Nullable Integer bits;

    @Option(
            names = "--out",
            paramLabel = "F.npz",
            description = "File for the arrays ids and distances (default: print a table).")
    private @Nullable Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    /** Either of two. */
    private static final class Queries {
        @Option(names = "--queries", paramLabel = "F", description = "Codes of the queries, as .npy.")
        private @Nullable Path codes;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ModelVectors encoded;
    }

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            WrittenFiles.requireEnding(out, ".npz");
            written.check("--out", out);
        }
        if (bits != null) {
            NumberList.requireWithin("--bits", bits, 1, CodeArrays.MOST_BITS);
        }
        BinaryCodes wanted = queries();
        BinaryCodes database = bits == null && queries.encoded == null
                ? CodeArrays.read(codes)
                : CodeArrays.read(codes, wanted.bits(), bits == null ? "--model" : "--bits");
        NumberList.requireWithin("-k", k, 1, database.size());
        if (wanted.bits() != database.bits()) {
            throw new InputException(
                    codes + ": expected codes of " + wanted.bits() + " bits as the queries have, found "
                            + database.bits() + "; if the files leave the length open, set --bits");
        }
        Neighbors neighbors = HammingSearch.nearest(wanted, database, k);
        if (out != null) {
            NeighborArrays.write(out, neighbors);
            say("wrote " + out + " (ids and distances, " + neighbors.queries() + " x " + k + ")");
        } else {
            print(listing(neighbors));
        }
        return ExitCodes.OK;
    }

    private BinaryCodes queries() {
        if (queries.encoded != null) {
            return queries.encoded.encode();
        }
        if (queries.codes == null) {
            throw new IllegalStateException("picocli lets one group through");
        }
        return bits == null ? CodeArrays.read(queries.codes) : CodeArrays.read(queries.codes, bits, "--bits");
    }

    private static Listing listing(Neighbors neighbors) {
        Listing listing = new Listing("query", "rank", "id", "distance");
        for (int q = 0; q < neighbors.queries(); q++) {
            for (int rank = 0; rank < neighbors.perQuery(); rank++) {
                listing.add(q, rank, neighbors.id(q, rank), neighbors.distance(q, rank));
            }
        }
        return listing;
    }
}
