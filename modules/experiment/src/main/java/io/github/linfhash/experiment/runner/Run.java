package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunResult;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/** One run: make the codes, evaluate them, and say what was measured or why it failed. */
final class Run {
    private Run() {}

    /**
     * Carries a run out. A training that fails for reasons of its own (non-finite values, data that the method cannot
     * work with) gives a result that says so; it is never scored.
     *
     * @param source what the codes come from
     * @param conventions what the metrics are computed under
     * @param inspection what else is done with the codes, after everything is measured
     */
    static RunResult carryOut(
            CodeSource source, Trial trial, Conventions conventions, TrainingContext context, Inspection inspection)
            throws IOException {
        try {
            return measure(source, trial, conventions, context, inspection);
        } catch (NonFiniteException | InputException e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
            return RunResult.failed(source.key(), trial.splitHash(), reason);
        }
    }

    /** Looks at the codes of a run that did not fail. */
    @FunctionalInterface
    interface Inspection {
        void inspect(RunResult result, Measurement measured) throws IOException;
    }

    private static RunResult measure(
            CodeSource source, Trial trial, Conventions conventions, TrainingContext context, Inspection inspection)
            throws IOException {
        Measurement measured = source.measure(trial, conventions, context);
        RunResult result = RunResult.measured(
                source.key(),
                trial.splitHash(),
                measured.codesHash(),
                measured.parameters(),
                measured.modelBytes(),
                measured.metrics(),
                measured.curves(),
                measured.seconds());
        inspection.inspect(result, measured);
        return result;
    }

    /** SHA-256 of the packed query codes followed by the database codes. */
    static String hash(BinaryCodes queries, BinaryCodes database) {
        MessageDigest digest = Digests.sha256();
        digest.update(queries.toBytes());
        digest.update(database.toBytes());
        return HexFormat.of().formatHex(digest.digest());
    }
}
