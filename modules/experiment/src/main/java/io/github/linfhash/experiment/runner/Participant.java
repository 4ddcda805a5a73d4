package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.results.schema.Configuration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A participant in a comparison: a method that linfhash trains, a quantizer, or external codes. */
public interface Participant {
    /** Returns the name in results: {@code METHOD}, or {@code METHOD:VARIANT}. */
    String entry();

    /**
     * Describes the participant for results.
     *
     * @param lengths code lengths of the runs of these results
     */
    Configuration configuration(List<Integer> lengths);

    /** Returns the method that is trained, with its options at a code length; empty for a participant without a training of its own. */
    default Optional<HashingMethod> method(int bits) {
        return Optional.empty();
    }

    /** Whether it makes codes of a length with a seed; which of these runs a comparison has, the protocol says. */
    default boolean makes(int bits, long seed) {
        return true;
    }

    /** SHA-256 of all that decides codes that it makes, beside code, data, rules, code length and seed. */
    String hash(int bits, long seed);

    /** Returns the name of what trains it: of the device where it can, else of the processor; null where that is not known. */
    @Nullable String trainedOn(int bits, TrainingDevice device);

    /**
     * Makes the codes of queries and database, and measures them.
     *
     * @param run the name of the run, of a code length and a seed that it makes codes of
     * @param split the rows of its seed
     * @param conventions what the metrics are computed under
     * @throws io.github.linfhash.core.errors.InputException if they cannot be made
     * @throws io.github.linfhash.codes.NonFiniteException if a loss, weight or output becomes NaN or infinite
     */
    MeasuredRun measure(RunKey run, PreparedSplit split, Conventions conventions, TrainingContext context);
}
