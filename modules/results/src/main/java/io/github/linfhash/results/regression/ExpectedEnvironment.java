package io.github.linfhash.results.regression;

import io.github.linfhash.results.schema.EnvironmentSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * What measured the expected results.
 *
 * @param commit the commit that it was built from, where a cell names no other
 * @param jdk vendor and version of the Java runtime
 * @param cpu the processor
 * @param backend the tensor library's backend
 * @param threads threads of each tensor operation
 */
public record ExpectedEnvironment(String commit, String jdk, String cpu, String backend, int threads) {
    /** What of an environment is kept with expected results. */
    public static ExpectedEnvironment of(EnvironmentSummary environment) {
        return new ExpectedEnvironment(
                environment.commit(),
                environment.jdk(),
                environment.cpu(),
                environment.backend(),
                environment.threads());
    }

    /** Whether the same code gives the same bits there: all but the commit agree. */
    boolean computesLike(ExpectedEnvironment other) {
        return differencesThatDecide(other).isEmpty();
    }

    /** The names of what differs and decides the bits that the same code gives; the commit is not looked at. */
    public List<String> differencesThatDecide(ExpectedEnvironment other) {
        List<String> names = new ArrayList<>();
        if (!jdk.equals(other.jdk())) {
            names.add("jdk");
        }
        if (!cpu.equals(other.cpu())) {
            names.add("cpu");
        }
        if (!backend.equals(other.backend())) {
            names.add("backend");
        }
        if (threads != other.threads()) {
            names.add("threads");
        }
        return names;
    }
}
