package io.github.linfhash.harness.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.harness.experiment.FeatureData;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.FeatureSummary;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
    void noImageOfTheTuningSetIsAQueryUnderAnySeed() throws IOException {
        Protocol protocol =
                new ProtocolFiles(Path.of(System.getProperty("linfhash.home"), "protocols")).read("fashion-mnist");
        int n = 4000;
        int[] labels = IntStream.range(0, n).map(i -> i % 10).toArray();
        FeatureData data = new FeatureData(
                FeatureMatrix.owning(n, 1, new float[n]),
                ClassLabels.of(labels),
                new DatasetSummary("d", "D", "", n, false, false, List.of()),
                new FeatureSummary("f", "", 1));
        int[] rows = TuningImages.rows(protocol, data, 0);
        for (long seed : protocol.seeds()) {
            Split split = protocol.split().draw(data.labels(), new RandomStreams(seed));
            assertThat(rows).doesNotContain(split.query());
        }
        Split own = protocol.split().draw(data.labels(), new RandomStreams(0));
        assertThat(own.training()).contains(rows);
        assertThat(rows.length).isBetween(1, own.training().length - 1);
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
    void foldsOfLabelSetsHaveEquallyManyOfEachRarestLabel() {
        int rows = 60;
        boolean[] indicator = new boolean[rows * 3];
        for (int row = 0; row < rows; row++) {
            // Label 2 with every row, label 0 with every third, label 1 with every sixth.
            indicator[row * 3 + 2] = true;
            indicator[row * 3] = row % 3 == 0;
            indicator[row * 3 + 1] = row % 6 == 0;
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, 1, new float[rows]);
        TrainingSet all = new TrainingSet(features, LabelSets.of(rows, 3, indicator), features);
        for (Fold fold : Fold.divide(all, 5, RANDOM)) {
            assertThat(((LabelSets) fold.heldOutLabels()).counts()).containsExactly(4, 2, 12);
            assertThat(fold.training().labels().size()).isEqualTo(48);
        }
    }

    private static Configuration configuration(int trial, String method, Map<String, Object> options) {
        return new Configuration(trial, options, MethodRegistry.standard().configure(method, options, "test"));
    }

    private static final TrainingSet BLOBS =
            Blobs.classes(new Blobs.Sizes(3, 16, 60, 10), 1).trainingSet();

    @Test
    void aTrainingThatFailsScoresZeroAndSaysWhy() {
        // Principal components: 64 bits need 64 dimensions, the blobs have 16.
        Configuration itq = configuration(0, "itq", Map.of());
        Fold fold = Fold.divide(BLOBS, 2, RANDOM).get(0);
        Score score = new HeldOutJudge(64, RANDOM).judge(itq, Score.none(itq), fold);
        assertThat(score.mean()).isZero();
        assertThat(score.failure()).isNotEmpty();
    }

    @Test
    void theBetterHalfIsJudgedOnTheNextFold() {
        List<Fold> folds = Fold.divide(BLOBS, 3, RANDOM);
        // One anchor tells classes apart badly, twenty do it well.
        List<Configuration> configurations = List.of(
                configuration(0, "ksh", Map.of("anchors", 1)),
                configuration(1, "ksh", Map.of("anchors", 20)),
                configuration(2, "ksh", Map.of("anchors", 1)),
                configuration(3, "ksh", Map.of("anchors", 16)));
        AtomicLong trainings = new AtomicLong();
        List<Score> ranking = new Race(new HeldOutJudge(8, RANDOM), folds, 2).run(configurations, trainings::addAndGet);
        assertThat(trainings).hasValue(4 + 2 + 1).hasValue(Race.trainings(4, 3));
        assertThat(ranking).extracting(score -> score.map().size()).containsExactly(3, 2, 1, 1);
        assertThat(ranking.subList(0, 2)).extracting(Score::trial).containsExactlyInAnyOrder(1, 3);
        assertThat(ranking.get(0).mean()).isGreaterThan(ranking.get(2).mean());
    }
}
