package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Queries as codes, or as vectors with the model that encodes them; a group of options of which one is required. */
public final class CodeQueries {
    @Option(names = "--query-codes", paramLabel = "F", description = "Codes of the queries, as .npy.")
    private @Nullable Path codes;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable ModelVectors encoded;

    /** Whether a model encodes them, which decides their length. */
    boolean areEncoded() {
        return encoded != null;
    }

    /**
     * Returns the codes of the queries.
     *
     * @param read reads a file of codes
     */
    public BinaryCodes codes(Function<Path, BinaryCodes> read) {
        if (encoded != null) {
            return encoded.encode();
        }
        if (codes == null) {
            throw new IllegalStateException("picocli lets one group through");
        }
        return read.apply(codes);
    }
}
