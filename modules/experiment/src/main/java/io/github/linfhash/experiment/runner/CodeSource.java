package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the codes of one run come from: a training, or files that were made elsewhere. */
sealed interface CodeSource permits Comparison.Cell, ExternalCodes.Pair {
    /** The name of the run. */
    RunKey key();

    /** SHA-256 of all that decides the codes beside code, data, rules and {@link #key}. */
    String hash();

    /** What results say of the method. */
    MethodSummary summary();

    /**
     * Makes the codes of queries and database.
     *
     * @throws io.github.linfhash.core.errors.InputException if they cannot be made
     * @throws io.github.linfhash.core.errors.NonFiniteException if a loss, weight or output becomes NaN or infinite
     */
    Made make(Trial trial, TrainingContext context);

    /**
     * The codes of a run.
     *
     * @param function what made them; null where that is not known
     * @param seconds wall-clock times by phase
     */
    record Made(Encoded queries, Encoded database, @Nullable HashFunction function, Map<String, Double> seconds) {
        long parameters() {
            return function == null ? 0 : function.parameters();
        }

        Map<String, double[]> curves() {
            return function == null ? Map.of() : function.curves();
        }
    }
}
