package io.github.linfhash.examples;

import io.github.linfhash.testing.HashingMethodContract;
import io.github.linfhash.testing.MethodUnderTest;
import java.util.List;

/** The contract that linfhash's own methods keep. */
class MedianBitsContractTest extends HashingMethodContract {
    @Override
    protected List<MethodUnderTest<?>> methods() {
        return new MedianBits()
                .methods().stream().<MethodUnderTest<?>>map(MethodUnderTest::of).toList();
    }
}
