package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Map;

/** The recall of one quantizer among the neighbors of a database, in the form of {@code advise}. */
public final class RecallJson {
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
     * Returns the recall with its sizes, as indented JSON that ends in a line break.
     *
     * @param neighbors k
     * @param recall for each oversampling
     */
    public static String of(Vectors vectors, Quantizer quantizer, int neighbors, Map<Integer, CrossedMean> recall) {
        return AdviceJson.text(new Report(
                vectors,
                neighbors,
                quantizer.name(),
                quantizer.options(),
                quantizer.bytes(),
                AdviceJson.Means.of(recall),
                quantizer.seed()));
    }

    private record Report(
            Vectors vectors,
            int neighbors,
            String name,

            @JsonSerialize(using = QuantizerResult.OptionsJson.class)
            Record options,

            int bytes,
            @JsonUnwrapped AdviceJson.Means recall,
            long seed) {}
}
