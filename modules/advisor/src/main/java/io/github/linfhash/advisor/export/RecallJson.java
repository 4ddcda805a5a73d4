package io.github.linfhash.advisor.export;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.codes.Similarity;

/**
 * The recall of one quantizer among the neighbors of a database, in the form of {@code advise}.
 *
 * @param neighbors k
 */
public record RecallJson(
        Vectors vectors,
        int neighbors,
        @JsonUnwrapped Quantizer quantizer,
        @JsonUnwrapped AdviceJson.Means recall,
        long seed) {
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
    public record Quantizer(
            String name,

            @JsonSerialize(using = QuantizerResult.OptionsJson.class)
            Record options,

            int bytes) {}

    /** Returns indented JSON that ends in a line break. */
    public String text() {
        return AdviceJson.text(this);
    }
}
