package io.github.linfhash.experiment.runner;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.device.TrainingDevice;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a comparison: makes and evaluates the codes, and returns the measurements or the reason of a failure.
 *
 * @param participant what makes the codes
 * @param key its name
 */
record Run(Participant participant, RunKey key) {
    /** The run of a participant at a code length with a seed. */
    static Run of(Participant participant, int bits, long seed) {
        String entry = participant.entry();
        return new Run(participant, new RunKey(RunKey.methodOf(entry), RunKey.variantOf(entry), bits, seed));
    }

    /** SHA-256 of everything that decides the codes except the program, the data, the rules and {@link #key}. */
    String hash() {
        return participant.hash(key.bits(), key.seed());
    }

    /** Returns the supervision of the participant. */
    Supervision supervision() {
        return participant.configuration(List.of(key.bits())).supervision();
    }

    /** Returns the name of the device that trains the participant; null if unknown. */
    @Nullable String trainedOn(TrainingDevice device) {
        return participant.trainedOn(key.bits(), device);
    }

    /**
     * Carries the run out. A training that fails for reasons of its own (non-finite values, data that the method cannot
     * work with) gives a failed result, which is never scored.
     *
     * @param measuring makes and measures the codes
     * @param inspection receives the codes after everything is measured
     */
    RunResult carryOut(PreparedSplit split, Supplier<MeasuredRun> measuring, Inspection inspection) throws IOException {
        try {
            MeasuredRun measured = measuring.get();
            RunResult result = RunResult.measured(
                    key,
                    split.splitHash(),
                    measured.codesHash(),
                    measured.parameters(),
                    measured.modelBytes(),
                    Metric.Value.byKey(measured.metrics()),
                    measured.curves(),
                    measured.seconds());
            inspection.inspect(result, measured);
            return result;
        } catch (NonFiniteException | InputException e) {
            return RunResult.failed(key, split.splitHash(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /** Receives the codes of a run that did not fail. */
    @FunctionalInterface
    interface Inspection {
        void inspect(RunResult result, MeasuredRun measured) throws IOException;
    }

    /** SHA-256 of the packed query codes followed by the database codes. */
    static String hash(BinaryCodes queries, BinaryCodes database) {
        MessageDigest digest = Digests.sha256();
        digest.update(queries.toBytes());
        digest.update(database.toBytes());
        return HexFormat.of().formatHex(digest.digest());
    }
}
