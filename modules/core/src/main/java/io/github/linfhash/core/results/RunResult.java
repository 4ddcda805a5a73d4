package io.github.linfhash.core.results;

import io.github.linfhash.codes.NonFiniteException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run measured.
 *
 * @param key which run
 * @param splitHash SHA-256 of the split's row indices
 * @param codesHash SHA-256 of the packed query codes followed by the database codes; null if the run failed
 * @param parameters the number of learned parameters; 0 if the run failed
 * @param metrics values by metric key; empty if the run failed
 * @param curves what training recorded for each epoch, by name
 * @param seconds wall-clock times by phase: train, encode, evaluate
 * @param failure why the run failed, in one sentence, or null if it did not
 * @param device what its method was trained on, or empty for the processor
 */
public record RunResult(
        RunKey key,
        String splitHash,
        @Nullable String codesHash,
        long parameters,
        Map<String, Double> metrics,
        Map<String, double[]> curves,
        Map<String, Double> seconds,
        @Nullable String failure,
        String device) {
    /** A run on the processor. */
    public RunResult(
            RunKey key,
            String splitHash,
            @Nullable String codesHash,
            long parameters,
            Map<String, Double> metrics,
            Map<String, double[]> curves,
            Map<String, Double> seconds,
            @Nullable String failure) {
        this(key, splitHash, codesHash, parameters, metrics, curves, seconds, failure, "");
    }

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

    /** The same on a device. */
    public RunResult trainedOn(String other) {
        return new RunResult(key, splitHash, codesHash, parameters, metrics, curves, seconds, failure, other);
    }

    public boolean failed() {
        return failure != null;
    }
}
