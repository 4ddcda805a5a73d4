package io.github.linfhash.advisor.export;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.io.onnx.OnnxGraph;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder with all that other programs need to make a quantizer's codes, and the codes of its vectors.
 *
 * @param quantizer what was fitted
 * @param similarity by what vectors are compared
 * @param seed of what is random
 * @param floats whether the table for pgvector has the floats, too
 * @param ids of the vectors in the table for pgvector; empty for their numbers
 * @param command that makes it, without paths
 * @param prefixOf the dimension of the vectors of which these are the first coordinates; null if these are whole
 */
public record QuantizerFolder(
        QuantizerSpec.Configured quantizer,
        Similarity similarity,
        long seed,
        boolean floats,
        List<String> ids,
        String command,
        @Nullable Integer prefixOf) {
    /** The file that describes the others. */
    public static final String CARD = "quantizer.json";

    private static final int VALUES_AT_A_TIME = 1 << 22;
    private static final int BYTES_AT_A_TIME = 1 << 26;
    private static final int ROWS_AT_A_TIME = 1 << 12;
    private static final String GRAPH = "encoder.onnx";
    private static final String RAW_CODES = "codes.bin";
    private static final String ARRAY = ".npy";
    private static final String PYTHON = "linfhash_codes.py";

    /** The names of all files that there may be. */
    public static final List<String> FILES = List.of(
            "rotation.npy",
            "center.npy",
            "codebooks.npy",
            "starts.npy",
            "codes.npy",
            "terms.npy",
            "factors.npy",
            "scales.npy",
            FittedRecord.MEAN,
            GRAPH,
            PYTHON,
            RAW_CODES,
            PgvectorFiles.ROWS,
            PgvectorFiles.TABLE,
            PgvectorFiles.QUERY,
            CARD);

    /**
     * Checks that there is a table for the floats or ids, and that all vectors can be encoded, so that nothing is written otherwise.
     *
     * @param prepared the vectors, as {@link PreparedVectors#of} gives them
     * @throws InputException if there is none, or a vector that is read from a file only now is not valid
     */
    public void check(PortableQuantizer fitted, FeatureMatrix prepared) {
        requireTable(fitted, prepared.dimension());
        if (!prepared.isInMemory()) {
            RowBlocks.ofWidth(prepared.rows(), prepared.dimension())
                    .blocks()
                    .forEach(block -> prepared.part(block.from(), block.size()).inMemory());
        }
    }

    private void requireTable(PortableQuantizer fitted, int dimension) {
        boolean hamming = fitted.parts().codes().hamming();
        if ((floats || !ids.isEmpty()) && !hamming) {
            throw new InputException((floats ? "--with-vectors" : "--ids")
                    + ": expected a quantizer with Hamming distance, as pgvector requires, found "
                    + quantizer.name() + " " + StrictReader.toYamlFlow(options(quantizer.options())));
        }
        if (floats && dimension > PgvectorFiles.MOST_DIMENSIONS) {
            throw new InputException("--with-vectors: expected vectors of at most " + PgvectorFiles.MOST_DIMENSIONS
                    + " dimensions, as pgvector requires, found " + dimension);
        }
    }

    /**
     * Writes the files; those of an earlier quantizer that this one has not go. The last one is {@value #CARD}, so that a folder that has
     * it is whole.
     *
     * @param folder is made if it is not there; nobody else may write to it meanwhile
     * @param vectors n x d, raw
     * @param prepared the same as {@link PreparedVectors#of} gives them
     * @throws InputException if there is no table for the floats or ids
     */
    public void write(Path folder, FeatureMatrix vectors, FeatureMatrix prepared, PortableQuantizer fitted)
            throws IOException {
        QuantizerParts parts = fitted.parts();
        requireTable(fitted, vectors.dimension());
        Map<String, NpyArray> model = parts.arrays();
        // In the same order in every run.
        Map<String, NpyArray> first =
                new TreeMap<>(fitted.arrays(prepared.part(0, 1).inMemory()));
        Map<String, QuantizerCard.Array> arrays = new LinkedHashMap<>();
        model.forEach((name, array) -> arrays.put(name + ARRAY, described(array, array.shape())));
        first.forEach((name, array) -> arrays.put(name + ARRAY, described(array, shape(array, prepared.rows()))));
        Map<String, String> others = others(parts);
        Files.deleteIfExists(folder.resolve(CARD));
        for (String name : FILES) {
            if (!others.containsKey(name) && !arrays.containsKey(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        for (Map.Entry<String, NpyArray> array : model.entrySet()) {
            NpyFile.write(folder.resolve(array.getKey() + ARRAY), array.getValue());
        }
        new EncodedArrays(fitted, prepared).write(folder, List.copyOf(first.entrySet()), Map.of());
        try (InputStream in = QuantizerFolder.class.getResourceAsStream(PYTHON)) {
            byte[] program = Objects.requireNonNull(in, PYTHON).readAllBytes();
            AtomicFiles.write(folder.resolve(PYTHON), out -> out.write(program));
        }
        if (parts.graph().isPresent()) {
            byte[] graph = model(parts.graph().get());
            AtomicFiles.write(folder.resolve(GRAPH), out -> out.write(graph));
        }
        if (parts.codes().hamming()) {
            Path codes = folder.resolve(QuantizerParts.CODES + ARRAY);
            AtomicFiles.write(folder.resolve(RAW_CODES), out -> {
                try (NpyRows rows = NpyRows.open(codes)) {
                    while (rows.position() < rows.rows()) {
                        rows.next(ROWS_AT_A_TIME).writeTo(out);
                    }
                }
            });
            new PgvectorFiles(parts.codes().numbers(), similarity, floats, plainSigns(parts), ids)
                    .write(folder, codes, vectors);
        }
        Map<String, String> sums = new LinkedHashMap<>();
        for (String name : FILES) {
            if (others.containsKey(name) || arrays.containsKey(name)) {
                sums.put(name, Digests.sha256(folder.resolve(name)));
            }
        }
        QuantizerCard card = card(parts, vectors, fitted.bytes(), arrays, others, sums);
        AtomicFiles.write(folder.resolve(CARD), StrictReader.toJsonFile(card));
    }

    private static QuantizerCard.Array described(NpyArray array, List<Integer> shape) {
        return new QuantizerCard.Array(array.type().shown(), shape);
    }

    /** The shape of an array of so many rows, of which there is one. */
    private static List<Integer> shape(NpyArray ofOne, int rows) {
        List<Integer> shape = new ArrayList<>(ofOne.shape());
        shape.set(0, rows);
        return List.copyOf(shape);
    }

    /** The arrays of the codes of all vectors, of which a part at a time is in memory. */
    private record EncodedArrays(PortableQuantizer fitted, FeatureMatrix prepared) {
        /**
         * Opens a file for each array, and then encodes.
         *
         * @param left the arrays of one vector whose files are not open yet, by name
         * @param open the outputs of the others
         */
        void write(Path folder, List<Map.Entry<String, NpyArray>> left, Map<String, OutputStream> open)
                throws IOException {
            if (left.isEmpty()) {
                encode(open);
                return;
            }
            String name = left.get(0).getKey();
            NpyArray ofOne = left.get(0).getValue();
            NpyFile.write(folder.resolve(name + ARRAY), ofOne.type(), shape(ofOne, prepared.rows()), out -> {
                Map<String, OutputStream> more = new HashMap<>(open);
                more.put(name, out);
                write(folder, left.subList(1, left.size()), more);
            });
        }

        private void encode(Map<String, OutputStream> outputs) throws IOException {
            int atATime =
                    Math.max(1, Math.min(VALUES_AT_A_TIME / prepared.dimension(), BYTES_AT_A_TIME / fitted.bytes()));
            for (RowBlocks.Block block : new RowBlocks(prepared.rows(), atATime).blocks()) {
                Map<String, NpyArray> arrays =
                        fitted.arrays(prepared.part(block.from(), block.size()).inMemory());
                for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                    array.getValue().writeTo(Objects.requireNonNull(outputs.get(array.getKey())));
                }
            }
        }
    }

    /** Returns sentences about what pgvector makes of the vectors itself. */
    public List<String> notes(QuantizerParts parts) {
        return plainSigns(parts)
                ? List.of("No export is needed for pgvector: its binary_quantize(embedding) gives the same bits; "
                        + PgvectorFiles.TABLE + " shows the index and the column.")
                : List.of();
    }

    /** Whether a code is the signs of the vector's first coordinates: nothing is rotated, and nothing is subtracted. */
    private static boolean plainSigns(QuantizerParts parts) {
        return parts.codes().hamming() && parts.arrays().isEmpty();
    }

    private Map<String, String> others(QuantizerParts parts) {
        Map<String, String> others = new LinkedHashMap<>();
        parts.graph()
                .ifPresent(encoding -> others.put(
                        GRAPH,
                        "the encoding; input " + EncodingGraph.VECTORS + ", float32, batch x " + encoding.dimension()
                                + ", raw; outputs "
                                + encoding.outputs().stream()
                                        .map(output -> output.name() + ", "
                                                + output.type().shown() + ", batch x " + output.width())
                                        .collect(Collectors.joining(" and "))));
        others.put(PYTHON, "encodes vectors and estimates distances with NumPy");
        if (parts.codes().hamming()) {
            others.put(RAW_CODES, "codes.npy without its header, one code after another");
            others.put(PgvectorFiles.ROWS, "the rows of a table for pgvector, as COPY reads them");
            others.put(PgvectorFiles.TABLE, "creates this table and fills it");
            others.put(PgvectorFiles.QUERY, "searches the table by Hamming distance");
        }
        return others;
    }

    private Map<String, String> leftOut(QuantizerParts parts) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        if (parts.graph().isEmpty()) {
            leftOut.put(
                    GRAPH, "The encoding searches for the best of many codes, which ONNX operators cannot express.");
        }
        if (!parts.codes().hamming()) {
            for (String name : List.of(RAW_CODES, PgvectorFiles.ROWS, PgvectorFiles.TABLE, PgvectorFiles.QUERY)) {
                leftOut.put(
                        name,
                        "The codes are not compared by Hamming distance, which binary indexes and pgvector's bit type use.");
            }
        }
        return leftOut;
    }

    private byte[] model(EncodingGraph graph) {
        OnnxGraph model = new OnnxGraph(EncodingGraph.OPERATORS);
        model.input(EncodingGraph.VECTORS, graph.dimension());
        graph.constants().forEach(model::constant);
        for (EncodingGraph.Node node : graph.nodes()) {
            if (node.type().isPresent()) {
                model.cast(node.name(), node.type().get(), node.inputs().get(0));
            } else {
                model.node(node.name(), node.operator(), node.attributes(), node.inputs());
            }
        }
        graph.outputs().forEach(output -> model.output(output.name(), output.type(), output.width()));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("linfhash.quantizer", quantizer.name());
        metadata.put("linfhash.options", StrictReader.toJsonLine(quantizer.options()));
        metadata.put("linfhash.seed", Long.toString(seed));
        metadata.put("linfhash.version", AdvisorProgram.version().version());
        metadata.put("linfhash.commit", AdvisorProgram.version().commit());
        metadata.put("linfhash.command", command);
        return model.toFile(AdvisorProgram.version().version(), metadata);
    }

    private QuantizerCard card(
            QuantizerParts parts,
            FeatureMatrix vectors,
            int bytes,
            Map<String, QuantizerCard.Array> arrays,
            Map<String, String> others,
            Map<String, String> sums) {
        ProgramVersion program = AdvisorProgram.version();
        return new QuantizerCard(
                new QuantizerCard.Fit(
                        QuantizerCard.SCHEMA,
                        quantizer.name(),
                        options(quantizer.options()),
                        similarity,
                        seed,
                        new QuantizerCard.Vectors(vectors.rows(), vectors.dimension(), vectors.sha256(), prefixOf),
                        bytes),
                similarity == Similarity.COSINE
                        ? "x = vector / |vector|, computed in float64, in float32; of queries, too"
                        : "x = vector, in float32",
                parts.encoding(),
                parts.estimate(),
                parts.codes(),
                new QuantizerCard.Files(arrays, others, leftOut(parts), sums),
                new QuantizerCard.Program(program.version(), program.commit(), command));
    }

    /** Options by name, as the command line takes them. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> options(Record options) {
        return StrictReader.convert("options", options, LinkedHashMap.class);
    }
}
