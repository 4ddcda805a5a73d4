package io.github.linfhash.testing;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract that every hashing method keeps, as tests: a module with methods extends this class and names them.
 *
 * <p>Each method is trained on 300 rows of 32 dimensions in five classes, at 8, 16 and 24 bits and about twelve times in
 * all; a method that takes long with its defaults gets lighter options from {@link MethodUnderTest#of(
 * io.github.linfhash.core.method.MethodSpec, java.util.function.UnaryOperator)}.
 */
public abstract class HashingMethodContract {
    /** The methods to check. */
    protected abstract List<MethodUnderTest<?>> methods();

    /** One group of tests for each method. */
    @TestFactory
    public Stream<DynamicContainer> everyMethodKeepsTheContract() {
        return methods().stream().map(HashingMethodContract::tests);
    }

    private static DynamicContainer tests(MethodUnderTest<?> method) {
        ContractSubject subject = new ContractSubject(method);
        return DynamicContainer.dynamicContainer(
                method.spec().name(),
                ContractCheck.all().stream()
                        .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.verify(subject))));
    }
}
