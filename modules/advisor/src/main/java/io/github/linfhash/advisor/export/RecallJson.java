package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import java.util.Locale;
import java.util.Map;

/** The recall of one quantizer among the neighbors of a database, as {@code advise} writes it of each. */
public final class RecallJson {
    private static final JsonMapper JSON = new JsonMapper();

    private RecallJson() {}

    /**
     * The vectors and queries that were measured on.
     *
     * @param rows of the database
     * @param trainingRows those that the quantizer was fitted to
     */
    public record Vectors(long rows, int dimension, int trainingRows, int queries, Similarity similarity) {}

    /**
     * The measured quantizer.
     *
     * @param options the quantizer's record of options
     * @param bytes of a code, side information included
     */
    public record Quantizer(String name, Record options, int bytes, long seed) {}

    /**
     * The recall with its sizes, as indented JSON that ends in a line break.
     *
     * @param neighbors k
     * @param recall for each oversampling
     */
    public static String of(Vectors vectors, Quantizer quantizer, int neighbors, Map<Integer, CrossedMean> recall) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("vectors")
                .put("rows", vectors.rows())
                .put("dimension", vectors.dimension())
                .put("trainingRows", vectors.trainingRows())
                .put("queries", vectors.queries())
                .put("similarity", vectors.similarity().name().toLowerCase(Locale.ROOT));
        json.put("neighbors", neighbors).put("name", quantizer.name());
        AdviceJson.addOptions(json, quantizer.options());
        json.put("bytes", quantizer.bytes());
        AdviceJson.add(json, recall);
        return StrictReader.toJson(json.put("seed", quantizer.seed())) + "\n";
    }
}
