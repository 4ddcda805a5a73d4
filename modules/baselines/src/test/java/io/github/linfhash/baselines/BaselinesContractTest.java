package io.github.linfhash.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.testing.HashingMethodContract;
import io.github.linfhash.testing.MethodUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesContractTest extends HashingMethodContract {
    @Override
    protected List<MethodUnderTest<?>> methods() {
        return Baselines.ALL.stream()
                .<MethodUnderTest<?>>map(MethodUnderTest::of)
                .toList();
    }

    @Test
    void namesAndTitlesAreDifferent() {
        assertThat(Baselines.ALL).extracting(MethodSpec::name).doesNotHaveDuplicates();
        assertThat(Baselines.ALL).extracting(MethodSpec::title).doesNotHaveDuplicates();
    }
}
