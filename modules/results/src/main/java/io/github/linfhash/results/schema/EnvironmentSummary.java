package io.github.linfhash.results.schema;

import io.github.linfhash.core.evaluation.EvaluatorVersion;

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
 * @param evaluator the version of what turned codes into numbers, see {@link EvaluatorVersion}
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
        int evaluator) {
    public EnvironmentSummary {
        Results.requirePositive("cores", cores);
        Results.requirePositive("threads", threads);
        Results.requirePositive("workers", workers);
        Results.requirePositive("evaluator", evaluator);
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
