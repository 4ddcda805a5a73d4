package io.github.linfhash.advisor.export;

import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.List;
import java.util.Map;

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

    /** The vectors, with SHA-256 over their raw values. */
    record Vectors(int rows, int dimension, String sha256) {}

    /** An array's type, as NumPy calls it, and its sizes. */
    record Array(String type, List<Integer> shape) {}

    /** The program's version, the commit that it was built from, and the command without paths. */
    record Program(String version, String commit, String command) {}
}
