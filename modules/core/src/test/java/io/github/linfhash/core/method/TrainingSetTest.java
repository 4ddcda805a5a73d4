package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
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

    @Test
    void copiesStandBehindTheImagesWithTheSameLabels() {
        FeatureMatrix copies = FeatureMatrix.copyOf(new float[][] {{3, 2, 1}, {6, 5, 4}});
        TrainingSet both = new TrainingSet(two, ClassLabels.of(7, 8), two).withCopies(copies);
        assertThat(both.labeled().toArray()).containsExactly(1, 2, 3, 4, 5, 6, 3, 2, 1, 6, 5, 4);
        assertThat(((ClassLabels) both.labels()).toArray()).containsExactly(7, 8, 7, 8);
        assertThat(both.unlabeled()).isSameAs(two);
        TrainingSet one = new TrainingSet(two, ClassLabels.of(7, 8), two);
        FeatureMatrix fewer = copies.select(new int[] {1});
        assertThatThrownBy(() -> one.withCopies(fewer)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ksh", "1ksh", "deep_linf", "deep linf", "../x"})
    void namesOfMethodsAreLowerCaseDigitsAndHyphens(String name) {
        assertThatThrownBy(() -> spec(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(spec("agh-2").name()).isEqualTo("agh-2");
    }

    @Test
    void aMethodMayBeProposedUpToADimension() {
        MethodSpec.Fit<NoOptions> fit = MethodSpec.Fit.upToDimension(10);
        assertThat(fit.on(new DataShape(100, 10), new NoOptions())).isPresent();
        assertThat(fit.on(new DataShape(100, 11), new NoOptions())).isEmpty();
    }

    @Test
    void pairsNeedSimilarAndDissimilarImages() {
        MethodSpec.Supervised method = new MethodSpec.Supervised("m", (set, bits, context) -> {
            throw new UnsupportedOperationException();
        });
        method.requirePairs(ClassLabels.of(1, 2, 1));
        assertThatThrownBy(() -> method.requirePairs(ClassLabels.of(1, 2, 3)))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("found 3 images of which no two share a class or label");
        assertThatThrownBy(() -> method.requirePairs(ClassLabels.of(1, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("found 2 images of which any two share a class or label");
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
