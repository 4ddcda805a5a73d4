package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSetTest {
    private final FeatureMatrix two = FeatureMatrix.copyOf(new float[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void theDimensionIsThatOfBothFeatureSets() {
        assertThat(new TrainingSet(two, ClassLabels.of(0, 1), two).dimension()).isEqualTo(3);
        FeatureMatrix other = FeatureMatrix.copyOf(new float[][] {{1, 2}});
        assertThatThrownBy(() -> new TrainingSet(two, ClassLabels.of(0, 1), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimension 3");
    }

    @Test
    void everyTrainingImageNeedsItsLabel() {
        assertThatThrownBy(() -> new TrainingSet(two, ClassLabels.of(0), two))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyPartsAreRefused() {
        FeatureMatrix none = two.select(new int[0]);
        assertThatThrownBy(() -> new TrainingSet(none, ClassLabels.of(), two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrainingSet(two, ClassLabels.of(0, 1), none))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ksh", "1ksh", "deep_linf", "deep linf", "../x"})
    void namesOfMethodsAreLowerCaseDigitsAndHyphens(String name) {
        assertThatThrownBy(() -> spec(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(spec("agh-2").name()).isEqualTo("agh-2");
    }

    private record NoOptions() {}

    private static MethodSpec<NoOptions> spec(String name) {
        return new MethodSpec<>(
                name,
                "t",
                "c",
                MethodSpec.Supervision.UNSUPERVISED,
                new NoOptions(),
                options -> (set, bits, context) -> {
                    throw new UnsupportedOperationException();
                },
                state -> {
                    throw new UnsupportedOperationException();
                });
    }
}
