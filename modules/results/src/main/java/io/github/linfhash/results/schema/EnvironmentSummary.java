package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import org.jspecify.annotations.Nullable;

/**
 * What computed the results.
 *
 * @param version linfhash's version
 * @param commit the commit that it was built from, or {@code unknown}; where that does not tell the code, a hash of it
 *     follows
 * @param jdk vendor and version of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param cpu the processor's name
 * @param cores processors that the Java runtime may use
 * @param backend the tensor library's backend
 * @param threads threads of each tensor operation
 * @param workers runs that are computed at the same time
 * @param evaluator the version of what turned codes into numbers, see {@link EvaluatorVersion}; null in files that were
 *     written before it was named
 */
public record EnvironmentSummary(
        String version,
        String commit,
        String jdk,
        String os,
        String cpu,
        int cores,
        String backend,
        int threads,
        int workers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer evaluator) {
    public EnvironmentSummary {
        Results.requirePositive("cores", cores);
        Results.requirePositive("threads", threads);
        Results.requirePositive("workers", workers);
        if (evaluator != null) {
            Results.requirePositive("evaluator", evaluator);
        }
    }

    /** An environment that names no version of the evaluator. */
    public EnvironmentSummary(
            String version,
            String commit,
            String jdk,
            String os,
            String cpu,
            int cores,
            String backend,
            int threads,
            int workers) {
        this(version, commit, jdk, os, cpu, cores, backend, threads, workers, null);
    }

    /** The version of the evaluator, that of files which name none included. */
    public int evaluatorVersion() {
        return evaluator == null ? EvaluatorVersion.UNNAMED : evaluator;
    }

    /** The same with the version of an evaluator. */
    public EnvironmentSummary withEvaluator(int other) {
        return new EnvironmentSummary(version, commit, jdk, os, cpu, cores, backend, threads, workers, other);
    }

    /** The same with another backend. */
    public EnvironmentSummary withBackend(String other) {
        return new EnvironmentSummary(version, commit, jdk, os, cpu, cores, other, threads, workers, evaluator);
    }
}
