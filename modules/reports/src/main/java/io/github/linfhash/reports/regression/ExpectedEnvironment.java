package io.github.linfhash.reports.regression;

import io.github.linfhash.reports.results.EnvironmentSummary;

/**
 * What measured the expected results.
 *
 * @param commit the commit that it was built from
 * @param jdk vendor and version of the Java runtime
 * @param cpu the processor
 * @param backend the tensor library's backend
 * @param threads threads of each tensor operation
 */
public record ExpectedEnvironment(String commit, String jdk, String cpu, String backend, int threads) {
    static ExpectedEnvironment of(EnvironmentSummary environment) {
        return new ExpectedEnvironment(
                environment.commit(),
                environment.jdk(),
                environment.cpu(),
                environment.backend(),
                environment.threads());
    }

    /** Whether the same code gives the same bits there: all but the commit agree. */
    boolean computesLike(ExpectedEnvironment other) {
        return jdk.equals(other.jdk)
                && cpu.equals(other.cpu)
                && backend.equals(other.backend)
                && threads == other.threads;
    }
}
