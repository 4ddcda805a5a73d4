package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** The contract's checks of bad input. */
final class BadInputChecks {
    static final List<ContractCheck> ALL = List.of(
            new ContractCheck("features of another dimension are refused", BadInputChecks::otherDimension),
            new ContractCheck("codes of less than one bit are refused", BadInputChecks::noBits),
            new ContractCheck("NaN features to encode fail", BadInputChecks::nanToEncode),
            new ContractCheck("NaN features to learn from never yield codes", BadInputChecks::nanToLearn),
            new ContractCheck(
                    "labels by which all images or none are similar are refused where labels are learnt from",
                    BadInputChecks::noPairs));

    private BadInputChecks() {}

    private static void otherDimension(ContractSubject subject) {
        int dimension = subject.function().dimension();
        for (int other : new int[] {dimension - 1, dimension + 1, 2 * dimension}) {
            FeatureMatrix features = FeatureMatrix.owning(2, other, new float[2 * other]);
            assertThatThrownBy(() -> subject.function().encode(features))
                    .as("encoding dimension " + other + " instead of " + dimension)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void noBits(ContractSubject subject) {
        for (int bits : new int[] {0, -1}) {
            assertThatThrownBy(() -> subject.train(subject.blobs().trainingSet(), bits))
                    .as("training for " + bits + " bits")
                    .isInstanceOfAny(IllegalArgumentException.class, InputException.class)
                    .message()
                    .isNotBlank();
        }
    }

    private static void nanToEncode(ContractSubject subject) {
        float[] values = subject.blobs().test().toArray();
        int dimension = subject.blobs().test().dimension();
        Arrays.fill(values, 5 * dimension, 6 * dimension, Float.NaN);
        FeatureMatrix poisoned = FeatureMatrix.owning(values.length / dimension, dimension, values);
        assertThatThrownBy(() -> subject.function().encode(poisoned))
                .as("encoding a row of NaN")
                .isInstanceOf(NonFiniteException.class)
                .message()
                .isNotBlank();
    }

    /** A method may not look at features at all; then they cannot have changed its codes. */
    private static void nanToLearn(ContractSubject subject) {
        AtomicReference<BinaryCodes> codes = new AtomicReference<>();
        Throwable failure = catchThrowable(() -> {
            HashFunction function = subject.train(poisoned(subject.blobs()), ContractSubject.BITS);
            codes.set(function.encode(subject.blobs().test()));
        });
        if (failure == null && subject.spec().supervision() == MethodSpec.Supervision.DATA_INDEPENDENT) {
            assertThat(codes.get()).as("codes after training on NaN").isEqualTo(subject.codes());
            return;
        }
        assertThat(failure)
                .as("learning from NaN")
                .isInstanceOfAny(NonFiniteException.class, InputException.class)
                .message()
                .isNotBlank();
    }

    private static void noPairs(ContractSubject subject) {
        if (subject.supervision() != MethodSpec.Supervision.SUPERVISED) {
            return;
        }
        int rows = subject.blobs().train().rows();
        Map<String, Labels> labels = new LinkedHashMap<>();
        labels.put("one class", ClassLabels.of(new int[rows]));
        labels.put(
                "as many classes as images",
                ClassLabels.of(IntStream.range(0, rows).toArray()));
        labels.put("a label that all share", labelSets(rows, 3, (row, label) -> label == 2 || row % 2 == label));
        labels.put("as many labels as images", labelSets(rows, rows, (row, label) -> row == label));
        labels.forEach((what, given) -> {
            TrainingSet training = new TrainingSet(
                    subject.blobs().train(), given, subject.blobs().train());
            assertThatThrownBy(() -> subject.train(training, ContractSubject.BITS))
                    .as("learning from " + what)
                    .isInstanceOf(InputException.class)
                    .message()
                    .startsWith(subject.spec().name() + ": expected labels")
                    .doesNotContain("\n");
        });
    }

    /** Whether a row carries a label. */
    @FunctionalInterface
    private interface Carries {
        boolean test(int row, int label);
    }

    private static Labels labelSets(int rows, int labels, Carries carries) {
        boolean[] indicator = new boolean[rows * labels];
        for (int i = 0; i < indicator.length; i++) {
            indicator[i] = carries.test(i / labels, i % labels);
        }
        return LabelSets.of(rows, labels, indicator);
    }

    // One NaN in every row, in every column by turns: a method that draws some rows meets it too.
    private static TrainingSet poisoned(Blobs blobs) {
        float[] values = blobs.train().toArray();
        int dimension = blobs.train().dimension();
        int rows = blobs.train().rows();
        for (int i = 0; i < rows; i++) {
            values[i * dimension + i % dimension] = Float.NaN;
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, dimension, values);
        return new TrainingSet(features, blobs.trainLabels(), features);
    }
}
