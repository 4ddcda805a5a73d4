package io.github.linfhash.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.baselines.kernel.ClassCodes;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.testing.HashingMethodContract;
import io.github.linfhash.testing.MethodUnderTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BaselinesContractTest extends HashingMethodContract {
    @Override
    protected List<MethodUnderTest<?>> methods() {
        Stream<MethodUnderTest<?>> defaults = Baselines.ALL.stream().map(MethodUnderTest::of);
        Stream<MethodUnderTest<?>> classifiers = Stream.of(ClassCodes.Classifier.LINEAR, ClassCodes.Classifier.NETWORK)
                .map(classifier -> new MethodUnderTest<>(
                        ClassCodes.SPEC,
                        new ClassCodes.Options(classifier, 1, 0.1, 1, 3, 2, ClassCodes.Training.DEFAULTS)));
        return Stream.concat(defaults, classifiers).toList();
    }

    @Test
    void namesAndTitlesAreDifferent() {
        assertThat(Baselines.ALL).extracting(MethodSpec::name).doesNotHaveDuplicates();
        assertThat(Baselines.ALL).extracting(MethodSpec::title).doesNotHaveDuplicates();
    }
}
