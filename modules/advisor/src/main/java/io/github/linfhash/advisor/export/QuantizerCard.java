package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code quantizer.json}; docs/quantizers-reference.md describes it.
 *
 * @param schema {@value #SCHEMA}
 * @param quantizer its name
 * @param options all of them, by name
 * @param similarity by what vectors are compared
 * @param seed of what is random
 * @param vectors those that it was fitted to, and that the codes are of
 * @param bytes that a vector's code takes, with what stands beside it
 * @param input what becomes of a vector first
 * @param encoding what becomes of it then
 * @param estimate the distance of a query to a code
 * @param codes the form of a code
 * @param arrays the NumPy files
 * @param others the other files, and what they are
 * @param leftOut the files that there are for other quantizers, and why not for this one
 * @param sha256 of the other files, by name
 * @param program what wrote it
 */
record QuantizerCard(
        String schema,
        String quantizer,
        Map<String, Object> options,
        Similarity similarity,
        long seed,
        Vectors vectors,
        int bytes,
        String input,
        String encoding,
        String estimate,
        QuantizerParts.CodeForm codes,
        Map<String, Array> arrays,
        Map<String, String> others,
        Map<String, String> leftOut,
        Map<String, String> sha256,
        Program program) {
    static final String SCHEMA = "linfhash-quantizer/1";

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
