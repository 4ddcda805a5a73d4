package io.github.linfhash.testing;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One clause of the contract of hashing methods.
 *
 * @param name what it demands
 * @param body fails with an AssertionError where a method does not keep it
 */
record ContractCheck(String name, Consumer<ContractSubject> body) {
    /** All clauses. */
    static List<ContractCheck> all() {
        return Stream.of(TrainingChecks.ALL, EncodingChecks.ALL, BadInputChecks.ALL, StateChecks.ALL)
                .flatMap(List::stream)
                .toList();
    }

    void verify(ContractSubject subject) {
        body.accept(subject);
    }
}
