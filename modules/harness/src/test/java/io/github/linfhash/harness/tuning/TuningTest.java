package io.github.linfhash.harness.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.testing.Blobs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TuningTest {
    private static final RandomStreams RANDOM = new RandomStreams(3);

    private static TrainingSet numbered(int rows, int classes) {
        float[] values = new float[rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i;
            labels[i] = i % classes;
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, 1, values);
        return new TrainingSet(features, ClassLabels.of(labels), FeatureMatrix.owning(1, 1, new float[] {-1}));
    }

    @Test
    void eachTrainingImageIsHeldOutOnceAndNeverTrainedOnMeanwhile() {
        List<Fold> folds = Fold.divide(numbered(31, 3), 4, RANDOM);
        int[] heldOut = new int[31];
        for (Fold fold : folds) {
            FeatureMatrix training = fold.training().labelled();
            assertThat(training.rows() + fold.heldOut().rows()).isEqualTo(31);
            for (int i = 0; i < fold.heldOut().rows(); i++) {
                float row = fold.heldOut().get(i, 0);
                heldOut[(int) row]++;
                assertThat(IntStream.range(0, training.rows()).mapToObj(j -> training.get(j, 0)))
                        .doesNotContain(row);
            }
            assertThat(fold.training().unlabelled()).isEqualTo(training);
        }
        assertThat(heldOut).containsOnly(1);
    }

    @Test
    void foldsHaveEquallyManyOfEachClassUpToOne() {
        for (Fold fold : Fold.divide(numbered(40, 2), 4, RANDOM)) {
            int[] classes = ((ClassLabels) fold.heldOutLabels()).toArray();
            assertThat(classes).hasSize(10);
            assertThat(IntStream.of(classes).sum()).isEqualTo(5);
        }
    }

    @Test
    void aTrainingThatFailsScoresZeroAndSaysWhy() {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(3, 4, 30, 10), 1);
        TrainingSet training = blobs.trainingSet();
        HeldOutJudge judge = new HeldOutJudge(Fold.divide(training, 2, RANDOM), 64, RANDOM);
        // Principal components: 64 bits need 64 dimensions.
        Score score = judge.judge(new Configuration(
                0, Map.of(), MethodRegistry.standard().configure("itq", Map.of(), "test")));
        assertThat(score.meanMap()).isZero();
        assertThat(score.failure()).isNotEmpty();
        assertThat(score.mapOfFolds()).isEmpty();
    }

    @Test
    void aTrainingThatWorksScoresTheMeanOfItsFolds() {
        Blobs blobs = Blobs.classes(new Blobs.Sizes(3, 16, 60, 10), 1);
        HeldOutJudge judge = new HeldOutJudge(Fold.divide(blobs.trainingSet(), 3, RANDOM), 8, RANDOM);
        Score score = judge.judge(new Configuration(
                0, Map.of(), MethodRegistry.standard().configure("ksh", Map.of("anchors", 20), "test")));
        assertThat(score.failure()).isNull();
        assertThat(score.mapOfFolds()).hasSize(3).allSatisfy(map -> assertThat(map).isBetween(0.5, 1.0));
        assertThat(score.meanMap())
                .isEqualTo(score.mapOfFolds().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
    }
}
