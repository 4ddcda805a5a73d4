package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.results.schema.MethodSummary;
import org.jspecify.annotations.Nullable;

/** What the codes of one run come from: a training, a quantizer, a program that is no part of linfhash,
 * or files that were made elsewhere. */
sealed interface CodeSource
        permits CodeMaker.Cell, Comparison.Cell, Comparison.TrainedCell, ExternalCodes.Pair, QuantizerCell {
    /** The name of the run. */
    RunKey key();

    /** SHA-256 of all that decides the codes beside code, data, rules and {@link #key}. */
    String hash();

    /** What results say of the method. */
    MethodSummary summary();

    /** Returns the name of what trains the method: of the device where it can, else of the processor; null where that is not known. */
    @Nullable String trainedOn(TrainingDevice device);

    /** Returns the name of the search that chose the method's options; null if none did. */
    default @Nullable String search() {
        return null;
    }

    /** Whether its codes are compared by Hamming distance, so that all metrics and a profile of them can be told. */
    default boolean hamming() {
        return true;
    }

    /**
     * Makes the codes of queries and database, and measures them.
     *
     * @param conventions what the metrics are computed under
     * @throws io.github.linfhash.core.errors.InputException if they cannot be made
     * @throws io.github.linfhash.codes.NonFiniteException if a loss, weight or output becomes NaN or infinite
     */
    Measurement measure(Trial trial, Conventions conventions, TrainingContext context);
}
