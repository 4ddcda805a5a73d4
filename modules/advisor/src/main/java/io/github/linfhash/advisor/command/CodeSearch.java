package io.github.linfhash.advisor.command;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.codes.HammingSearch;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.NeighborArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.NumberList;
import io.github.linfhash.shell.TableCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The base of commands that find the nearest codes; subclasses provide the codes of the queries. */
public abstract class CodeSearch extends TableCommand {
    /** The most ids that are found for all queries, which are written as one array of whole numbers of 64 bits. */
    private static final int MOST_FOUND = Integer.MAX_VALUE / Long.BYTES - 64;

    @Option(
            names = "--database-codes",
            paramLabel = "F",
            required = true,
            description = "Codes of the database, as .npy.")
    @SuppressWarnings("NullAway.Init")
    private Path codes;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
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

    /**
     * The codes of the queries.
     *
     * @param length the length that was asked for, or null
     */
    protected abstract BinaryCodes queries(@Nullable Integer length);

    /** Returns the option of the queries that determines how long all codes are; null if none does. */
    protected @Nullable String decidesLength() {
        return null;
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
        BinaryCodes wanted = queries(bits);
        String decides = bits == null ? decidesLength() : "--bits";
        BinaryCodes database =
                decides == null ? CodeArrays.read(codes) : CodeArrays.read(codes, wanted.bits(), decides);
        NumberList.requireWithin("--k", k, 1, database.size());
        if ((long) k * wanted.size() > MOST_FOUND) {
            throw new InputException("--k: expected at most " + MOST_FOUND + " neighbors of all queries, found "
                    + wanted.size() + " queries with " + k + " each; pass fewer queries or a smaller --k");
        }
        if (wanted.bits() != database.bits()) {
            throw new InputException(
                    codes + ": expected codes of " + wanted.bits() + " bits as the queries have, found "
                            + database.bits() + "; if the files leave the length open, set --bits");
        }
        HammingNeighbors neighbors = HammingSearch.nearest(wanted, database, k);
        if (out != null) {
            NeighborArrays.write(out, neighbors);
            say("wrote " + out + " (ids and distances, " + neighbors.queries() + " x " + k + ")");
        } else {
            print(listing(neighbors));
        }
        return ExitCodes.OK;
    }

    /** Reads codes of the queries. */
    protected static BinaryCodes read(Path file, @Nullable Integer length) {
        return length == null ? CodeArrays.read(file) : CodeArrays.read(file, length, "--bits");
    }

    private static Listing listing(HammingNeighbors neighbors) {
        Listing listing = new Listing("query", "rank", "id", "distance");
        for (int q = 0; q < neighbors.queries(); q++) {
            for (int rank = 0; rank < neighbors.perQuery(); rank++) {
                listing.add(q, rank, neighbors.id(q, rank), neighbors.distance(q, rank));
            }
        }
        return listing;
    }
}
