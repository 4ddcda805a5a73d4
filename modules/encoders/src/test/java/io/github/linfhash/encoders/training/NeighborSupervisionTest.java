package io.github.linfhash.encoders.training;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.training.BatchPairs.SimilarRows;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import io.github.linfhash.encoders.training.TrainingOptions.PairSupervision;
import io.github.linfhash.testing.Blobs;
import io.github.linfhash.testing.Filled;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on pairs of near and far vectors, without labels. */
class NeighborSupervisionTest {
    private static final Blobs VECTORS = Blobs.classes(new Blobs.Sizes(6, 16, 240, 60), 3);
    private static final int BITS = 16;

    /** Small whole numbers, so that many rows are equally far. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void neighborsAreThoseOfPlainLoops(int k) {
        int n = 70;
        int d = 3;
        UniformRandomProvider random = new RandomStreams(2).stream("grid");
        float[] values = Filled.floats(n * d, i -> random.nextInt(4));
        SimilarRows rows = SimilarRows.nearest(FeatureMatrix.owning(n, d, values.clone()), k);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean expected = i != j && (isNear(values, d, i, j, k) || isNear(values, d, j, i, k));
                assertThat(rows.similar(i, j)).as(i + ", " + j).isEqualTo(expected);
            }
        }
    }

    /** Whether fewer than k others are nearer to i than j is, or as near with a smaller number. */
    private static boolean isNear(float[] values, int d, int i, int j, int k) {
        int before = 0;
        double distance = distance(values, d, i, j);
        for (int other = 0; other < values.length / d; other++) {
            double found = distance(values, d, i, other);
            before += other != i && (found < distance || (found == distance && other < j)) ? 1 : 0;
        }
        return before < k;
    }

    private static double distance(float[] values, int d, int i, int j) {
        double squares = 0;
        for (int c = 0; c < d; c++) {
            squares += Math.pow((double) values[i * d + c] - values[j * d + c], 2);
        }
        return squares;
    }

    @Test
    void labelsAreNotLookedAt() {
        BinaryCodes codes = codes(method(6), VECTORS.trainLabels());
        int[] other = IntStream.range(0, 240).map(row -> row * 7 % 5).toArray();
        assertThat(codes(method(6), ClassLabels.of(other))).isEqualTo(codes);
        assertThat(codes(method(6), ClassLabels.of(new int[240]))).isEqualTo(codes);
        assertThat(codes(method(1), VECTORS.trainLabels())).isNotEqualTo(codes);
    }

    /** Of vectors that training has not seen: nearer within a cluster, against what is between, than before training. */
    @Test
    void nearVectorsGetNearerCodes() {
        double before = within(codes(method(0), VECTORS.trainLabels()));
        double after = within(codes(method(12), VECTORS.trainLabels()));
        assertThat(after).isLessThan(0.8 * before);
    }

    private static double within(BinaryCodes codes) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        Labels clusters = VECTORS.testLabels();
        for (int i = 0; i < codes.size(); i++) {
            for (int j = 0; j < i; j++) {
                int place = clusters.similar(i, clusters, j) ? 0 : 1;
                sums[place] += distance(codes, i, j);
                counts[place]++;
            }
        }
        return sums[0] / counts[0] / (sums[1] / counts[1]);
    }

    private static int distance(BinaryCodes codes, int i, int j) {
        return (int) IntStream.range(0, BITS)
                .filter(bit -> codes.bit(i, bit) != codes.bit(j, bit))
                .count();
    }

    private static BinaryCodes codes(HashingMethod method, Labels labels) {
        TrainingSet training = new TrainingSet(VECTORS.train(), labels, VECTORS.train());
        return method.train(training, BITS, TrainingContext.quiet(4)).encode(VECTORS.test());
    }

    private static HashingMethod method(int epochs) {
        return DeepLinf.SPEC.create(options(epochs));
    }

    private static DeepLinf.Options options(int epochs) {
        return DeepLinf.Options.RECOMMENDED.with("training", training(epochs, PairSource.IN_BATCH, 0, 0));
    }

    private static TrainingOptions training(int epochs, PairSource pairs, int classes, double validation) {
        return TrainingOptions.DEFAULTS
                .with("pairs", pairs)
                .with("validationShare", validation)
                .with("learningRate", 0.003)
                .with("epochs", epochs)
                .with("similarShare", 0.3)
                .with("batch", new BatchOptions(64, classes, 20))
                .with("optimizer", Optimizer.Kind.ADAM)
                .with("supervision", PairSupervision.NEIGHBORS);
    }

    @Test
    void learnsFromNoLabelsAndSaysSo() {
        assertThat(DeepLinf.SPEC.supervision(options(1))).isEqualTo(MethodSpec.Supervision.UNSUPERVISED);
        assertThat(DeepLinf.SPEC.supervision(DeepLinf.Options.DEFAULTS)).isEqualTo(MethodSpec.Supervision.SUPERVISED);
    }

    @Test
    void rowsAreDrawnWithoutReplacementFromTheUnlabeledOnes() {
        int n = PairSupervision.MOST_ROWS + 200;
        FeatureMatrix all = FeatureMatrix.owning(n, 1, Filled.floats(n, i -> i));
        TrainingSet given = new TrainingSet(all.select(new int[] {0}), ClassLabels.of(0), all);
        FeatureMatrix drawn =
                PairSupervision.NEIGHBORS.rows(given, 10, new RandomStreams(1)).labeled();
        Set<Float> different = new HashSet<>();
        for (int i = 0; i < drawn.rows(); i++) {
            different.add(drawn.get(i, 0));
        }
        assertThat(different).hasSize(PairSupervision.MOST_ROWS);
        assertThat(PairSupervision.NEIGHBORS
                        .rows(given, 10, new RandomStreams(1))
                        .labeled())
                .isEqualTo(drawn);
        assertThat(PairSupervision.NEIGHBORS
                        .rows(given, 10, new RandomStreams(2))
                        .labeled())
                .isNotEqualTo(drawn);
        assertThat(PairSupervision.LABELS.rows(given, 10, new RandomStreams(1))).isSameAs(given);
    }

    @Test
    void fewRowsAreRefused() {
        FeatureMatrix few = VECTORS.train().select(IntStream.range(0, 11).toArray());
        TrainingSet training = new TrainingSet(few, ClassLabels.of(new int[11]), few);
        assertBadInput(() -> method(1).train(training, BITS, TrainingContext.quiet(1)))
                .hasMessageContaining("found 11");
    }

    @ParameterizedTest
    @CsvSource({"FIXED_LIST, 0, 0", "RESAMPLED, 0, 0", "IN_BATCH, 4, 0", "IN_BATCH, 0, 0.5"})
    void optionsThatNeedLabelsAreRefused(PairSource pairs, int classes, double validation) {
        assertBadInput(() -> training(1, pairs, classes, validation))
                .hasMessageContaining("supervision: neighbors needs");
    }
}
