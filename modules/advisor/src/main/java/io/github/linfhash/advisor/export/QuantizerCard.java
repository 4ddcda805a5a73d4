package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code quantizer.json}; docs/quantizers-reference.md describes it. Keys of groups without a key of their own stand at the top.
 *
 * @param fit the quantizer
 * @param input how a vector is prepared
 * @param encoding how a prepared vector becomes a code
 * @param estimate the distance of a query to a code
 * @param codes the form of a code
 * @param files the other files
 * @param program what wrote it
 */
record QuantizerCard(
        @JsonUnwrapped Fit fit,
        String input,
        String encoding,
        String estimate,
        QuantizerParts.CodeForm codes,
        @JsonUnwrapped Files files,
        Program program) {
    static final String SCHEMA = "linfhash-quantizer/1";

    /**
     * A fitted quantizer.
     *
     * @param schema {@value #SCHEMA}
     * @param quantizer its name
     * @param options all of them, by name
     * @param similarity by which vectors are compared
     * @param seed of what is random
     * @param vectors those that it was fitted to, and that the codes are of
     * @param bytes of a vector's code, per-vector metadata included
     */
    record Fit(
            String schema,
            String quantizer,
            Map<String, Object> options,
            Similarity similarity,
            long seed,
            Vectors vectors,
            int bytes) {}

    /**
     * The other files of the folder.
     *
     * @param arrays the NumPy files
     * @param others the other files with their descriptions
     * @param leftOut the files that only other quantizers have, with the reason
     * @param sha256 of all these files, by name
     */
    record Files(
            Map<String, Array> arrays,
            Map<String, String> others,
            Map<String, String> leftOut,
            Map<String, String> sha256) {}

    /**
     * The vectors.
     *
     * @param sha256 over their raw values
     * @param prefixOf the dimension of the vectors of which these are the first coordinates; null if these are whole
     */
    record Vectors(
            int rows,
            int dimension,
            String sha256,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer prefixOf) {}

    /** An array's type, as NumPy calls it, and its sizes. */
    record Array(String type, List<Integer> shape) {}

    /** The program's version, the commit that it was built from, and the command without paths. */
    record Program(String version, String commit, String command) {}
}
