package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Objects;

/**
 * A quantizer at an oversampling.
 *
 * @param recall the decisive recall of the queries that took no part in the choice
 * @param choosing the decisive recall of the queries that choose
 */
public record Choice(QuantizerResult quantizer, int oversampling, CrossedMean recall, CrossedMean choosing) {
    static Choice of(QuantizerResult quantizer, int oversampling) {
        return new Choice(
                quantizer,
                oversampling,
                Objects.requireNonNull(quantizer.expected().reported().get(oversampling)),
                Objects.requireNonNull(quantizer.expected().choosing().get(oversampling)));
    }
}
