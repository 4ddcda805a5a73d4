package io.github.linfhash.core.results;

import io.github.linfhash.codes.NonFiniteException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one run.
 *
 * @param key which run
 * @param splitHash SHA-256 of the split's row indices
 * @param codesHash SHA-256 of the packed query codes followed by the database codes; null if the run failed
 * @param parameters the number of learned parameters; 0 if the run failed
 * @param modelBytes the bytes of the learned arrays that encoding needs; null if the run failed or where that is not known
 * @param metrics values by metric key; empty if the run failed
 * @param curves what training recorded for each epoch, by name
 * @param seconds wall-clock times by phase: train, encode, evaluate
 * @param failure why the run failed, in one sentence, or null if it did not
 * @param device what its method was trained on, {@link #CPU} for the processor; null where that is not known
 */
public record RunResult(
        RunKey key,
        String splitHash,
        @Nullable String codesHash,
        long parameters,
        @Nullable Long modelBytes,
        Map<String, Double> metrics,
        Map<String, double[]> curves,
        Map<String, Double> seconds,
        @Nullable String failure,
        @Nullable String device) {
    /** The name of the processor among devices. */
    public static final String CPU = "cpu";

    /**
     * Copies the maps.
     *
     * @throws NonFiniteException if a metric or a training curve is NaN or infinite
     */
    public RunResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new NonFiniteException(key + ": metric " + name + " is " + value);
            }
        });
        curves.forEach((name, values) -> {
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new NonFiniteException(key + ": training recorded " + value + " for " + name);
                }
            }
        });
    }

    /** A run on the processor that measured something. */
    public static RunResult measured(
            RunKey key,
            String splitHash,
            String codesHash,
            long parameters,
            @Nullable Long modelBytes,
            Map<String, Double> metrics,
            Map<String, double[]> curves,
            Map<String, Double> seconds) {
        return new RunResult(key, splitHash, codesHash, parameters, modelBytes, metrics, curves, seconds, null, CPU);
    }

    /** A run on the processor that measured nothing, for a reason in one sentence. */
    public static RunResult failed(RunKey key, String splitHash, String reason) {
        return new RunResult(key, splitHash, null, 0, null, Map.of(), Map.of(), Map.of(), reason, CPU);
    }

    /** Returns this run, trained on another device; null where that is not known. */
    public RunResult trainedOn(@Nullable String other) {
        return new RunResult(
                key, splitHash, codesHash, parameters, modelBytes, metrics, curves, seconds, failure, other);
    }

    /** Returns this run with other metrics, curves and times. */
    public RunResult with(
            Map<String, Double> otherMetrics, Map<String, double[]> otherCurves, Map<String, Double> otherSeconds) {
        return new RunResult(
                key,
                splitHash,
                codesHash,
                parameters,
                modelBytes,
                otherMetrics,
                otherCurves,
                otherSeconds,
                failure,
                device);
    }

    public boolean failed() {
        return failure != null;
    }
}
