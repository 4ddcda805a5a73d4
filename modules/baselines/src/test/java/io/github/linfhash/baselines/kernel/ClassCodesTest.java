package io.github.linfhash.baselines.kernel;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.Matrices;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCodesTest {
    private static final int CLASSES = 4;
    private static final FeatureMatrix ROWS = Samples.clusters(90, 6, CLASSES, 5);
    private static final FeatureMatrix TRAINING = ROWS.select(Samples.first(50));
    private static final TrainingContext CONTEXT = TrainingContext.quiet(3);

    private static RealOutputs train(Labels labels, int bits, ClassCodes.Options options) {
        TrainingSet training = new TrainingSet(TRAINING, labels, ROWS);
        return (RealOutputs) new ClassCodes(options).train(training, bits, CONTEXT);
    }

    private static ClassCodes.Options options(double gamma, double lambda, double temperature) {
        return options(ClassCodes.Classifier.KERNEL, gamma, lambda, temperature);
    }

    private static ClassCodes.Options options(
            ClassCodes.Classifier classifier, double gamma, double lambda, double temperature) {
        return new ClassCodes.Options(classifier, gamma, lambda, temperature, 3, 2, ClassCodes.Training.DEFAULTS);
    }

    /** A network of two hidden layers that learns the samples in a moment. */
    private static ClassCodes.Options network(double temperature) {
        return new ClassCodes.Options(
                ClassCodes.Classifier.NETWORK,
                1,
                1,
                temperature,
                2,
                0.5,
                new ClassCodes.Training(60, 16, 0.01, 0.01, 0.01, 0.2));
    }

    /** Classes of unequal sizes, with numbers that are not 0, 1, 2, ... */
    private static ClassLabels classes() {
        return ClassLabels.of(
                IntStream.range(0, 50).map(i -> i < 10 ? 7 : 3 * (i % CLASSES)).toArray());
    }

    private static double[][] indicator(Labels labels, int columns, int... classes) {
        double[][] indicator = new double[labels.size()][columns];
        for (int i = 0; i < indicator.length; i++) {
            for (int c = 0; c < columns; c++) {
                boolean carried =
                        labels instanceof LabelSets sets ? sets.has(i, c) : ((ClassLabels) labels).get(i) == classes[c];
                indicator[i][c] = carried ? 1 : 0;
            }
        }
        return indicator;
    }

    @ParameterizedTest
    @CsvSource({"0.1,0.1,0.125", "0.02,1,0.5", "0.5,0.01,0.02"})
    void scoresOfClassesAndTheirCodesAreThoseOfPlainLoops(double gamma, double lambda, double temperature) {
        RealOutputs function = train(classes(), 24, options(gamma, lambda, temperature));
        double[][] indicator = indicator(classes(), 5, 0, 3, 6, 7, 9);
        double[][] values =
                SlowClassCodes.regression(PlainLoops.rows(TRAINING), indicator, PlainLoops.rows(ROWS), gamma, lambda);
        double[][] scores = SlowClassCodes.softmax(values, PlainLoops.mean(indicator), temperature);

        assertScoresAndCodes(function, scores, 24);
    }

    @Test
    void scoresOfLabelSetsAreTheRegressionItself() {
        LabelSets sets = Samples.labelSets(50, 3, 2);
        RealOutputs function = train(sets, 17, options(0.1, 0.3, 0.125));
        double[][] values = SlowClassCodes.regression(
                PlainLoops.rows(TRAINING), indicator(sets, 3), PlainLoops.rows(ROWS), 0.1, 0.3);

        assertScoresAndCodes(function, values, 17);
    }

    /** Ridge regression by its dual: W = Y'(X X' + lambda I)^-1 X. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 30})
    void theLinearClassifierIsRidgeRegression(double lambda) {
        ClassCodes.Options options = options(ClassCodes.Classifier.LINEAR, 1, lambda, 0.25);
        RealOutputs function = train(classes(), 24, options);
        double[][] indicator = indicator(classes(), 5, 0, 3, 6, 7, 9);
        double[][] training = PlainLoops.rows(TRAINING);
        double[][] gram = PlainLoops.timesTransposed(training, training);
        double[][] cross = PlainLoops.timesTransposed(PlainLoops.rows(ROWS), training);
        double[][] values = SlowClassCodes.regression(gram, cross, indicator, lambda);
        double[][] scores = SlowClassCodes.softmax(values, PlainLoops.mean(indicator), 0.25);

        assertScoresAndCodes(function, scores, 24);
        assertThat(function.parameters()).isEqualTo(5 * 6 + 5 + 1 + 24 * 5);
    }

    /** The weights are those that the state has; the logits are not those of centered labels, so that no mean is added. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 4})
    void scoresOfTheNetworkAreItsPosteriorLessTheShares(double temperature) {
        RealOutputs function = train(classes(), 24, network(temperature));
        ModelState state = function.state();
        double[][] logits = SlowNetwork.logits(state, PlainLoops.rows(ROWS));
        double[] shares = PlainLoops.mean(indicator(classes(), 5, 0, 3, 6, 7, 9));
        double[][] scores = SlowClassCodes.softmax(logits, new double[5], temperature);
        for (double[] row : scores) {
            for (int c = 0; c < 5; c++) {
                row[c] -= shares[c];
            }
        }

        assertScoresAndCodes(function, scores, 24);
        int network = 24 * 6 + 24 + 24 * 24 + 24 + 5 * 24 + 5 + 1;
        assertThat(function.parameters()).isEqualTo(network + 5 + 1 + 24 * 5);
        assertThat(state.kind()).isEqualTo("network-class-scores");
        HashFunction restored = ClassCodes.SPEC.restore(state);
        assertThat(((RealOutputs) restored).outputs(ROWS)).isEqualTo(function.outputs(ROWS));
        assertThat(restored.encode(ROWS)).isEqualTo(function.encode(ROWS));
        assertThat(restored.parameters()).isEqualTo(function.parameters());
    }

    @Test
    void theNetworkLearnsTheClasses() {
        float[] outputs = train(Samples.classes(50, CLASSES), 8, network(1)).outputs(TRAINING);
        int right = 0;
        for (int i = 0; i < 50; i++) {
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = outputs[i * CLASSES + c] > outputs[i * CLASSES + best] ? c : best;
            }
            right += best == i % CLASSES ? 1 : 0;
        }
        assertThat(right).isGreaterThan(47);
    }

    @Test
    void theNetworkRefusesSetsOfLabelsAndTakesMoreRowsThanASystemHas() {
        assertBadInput(() -> train(Samples.labelSets(50, 3, 2), 8, network(1)))
                .hasMessage("class-codes: classifier: network learns from one class for each training image, and these"
                        + " have sets of labels; take classifier: kernel or linear");
        FeatureMatrix many = Samples.clusters(16_385, 2, 2, 1);
        TrainingSet training = new TrainingSet(many, Samples.classes(16_385, 2), many);
        ClassCodes.Options once = new ClassCodes.Options(
                ClassCodes.Classifier.NETWORK, 1, 1, 1, 1, 1, new ClassCodes.Training(1, 8192, 0.01, 0, 0, 0));
        assertThat(new ClassCodes(once).train(training, 8, CONTEXT).bits()).isEqualTo(8);
    }

    @Test
    void aNetworkThatDivergesSaysSo() {
        FeatureMatrix huge = FeatureMatrix.owning(4, 1, new float[] {1e38f, -1e38f, 2e38f, -2e38f});
        TrainingSet training = new TrainingSet(huge, Samples.classes(4, 2), huge);
        ClassCodes.Options options = new ClassCodes.Options(
                ClassCodes.Classifier.NETWORK, 1, 1, 1, 1, 1e6, new ClassCodes.Training(3, 2, 0.01, 0, 0, 0));
        assertThatThrownBy(() -> new ClassCodes(options).train(training, 8, CONTEXT))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining(
                        "class-codes: training the network diverged: in epoch 1 of 3 the mean loss became NaN")
                .hasMessageEndingWith("lower training.learningRate (now 0.01) or gain (now 1000000.0)");
    }

    private static void assertScoresAndCodes(RealOutputs function, double[][] scores, int bits) {
        int labels = scores[0].length;
        double[][] directions = Matrices.gaussian(bits, labels, CONTEXT.random().stream("projections"));
        double[][] projections = PlainLoops.timesTransposed(scores, directions);
        float[] outputs = function.outputs(ROWS);
        BinaryCodes codes = function.encode(ROWS);

        assertThat(outputs).hasSize(labels * ROWS.rows());
        int compared = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < labels; c++) {
                assertThat((double) outputs[i * labels + c]).isCloseTo(scores[i][c], within(2e-4));
            }
            for (int b = 0; b < bits; b++) {
                // The sign of what rounding may turn says nothing.
                if (Math.abs(projections[i][b]) > 2e-3) {
                    assertThat(codes.bit(i, b)).isEqualTo(projections[i][b] > 0);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(scores.length * bits * 9 / 10);
    }

    @Test
    void scoresOfARowSumToNothingAndTrainingRowsScoreTheirClassHighest() {
        RealOutputs function = train(Samples.classes(50, CLASSES), 8, options(0.5, 0.01, 0.125));
        float[] outputs = function.outputs(TRAINING);

        for (int i = 0; i < 50; i++) {
            float[] scores = Arrays.copyOfRange(outputs, i * CLASSES, (i + 1) * CLASSES);
            float own = scores[i % CLASSES];
            double sum = 0;
            for (float score : scores) {
                sum += score;
                assertThat(score).isLessThanOrEqualTo(own);
            }
            assertThat(sum).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void aLongerCodeOfOneSeedBeginsWithTheShorterOne() {
        BinaryCodes shorter = train(classes(), 16, ClassCodes.SPEC.defaults()).encode(ROWS);
        BinaryCodes longer = train(classes(), 48, ClassCodes.SPEC.defaults()).encode(ROWS);

        for (int i = 0; i < ROWS.rows(); i++) {
            for (int b = 0; b < 16; b++) {
                assertThat(longer.bit(i, b)).isEqualTo(shorter.bit(i, b));
            }
        }
    }

    @Test
    void namesOfClassesDoNotMatter() {
        ClassLabels others = ClassLabels.of(
                Arrays.stream(classes().toArray()).map(c -> 100 + 5 * c).toArray());

        assertThat(train(others, 32, ClassCodes.SPEC.defaults()).encode(ROWS))
                .isEqualTo(train(classes(), 32, ClassCodes.SPEC.defaults()).encode(ROWS));
    }

    @Test
    void sameLabelsOnAllRowsAndTooManyRowsAreRefused() {
        assertBadInput(() -> train(Samples.classes(50, 1), 8, ClassCodes.SPEC.defaults()))
                .hasMessage("class-codes: expected training images of two classes or more, found the same labels on all"
                        + " 50");
        boolean[] all = new boolean[100];
        Arrays.fill(all, true);
        assertBadInput(() -> train(LabelSets.of(50, 2, all), 8, ClassCodes.SPEC.defaults()));
        FeatureMatrix many = FeatureMatrix.owning(16_385, 1, new float[16_385]);
        TrainingSet training = new TrainingSet(many, Samples.classes(16_385, 2), many);
        assertBadInput(() -> new ClassCodes(ClassCodes.SPEC.defaults()).train(training, 8, CONTEXT))
                .hasMessageContaining("expected at most 16384");
    }

    @Test
    void aDecayThatOneStepWouldTurnRoundIsRefused() {
        assertBadInput(() -> new ClassCodes.Training(1, 1, 0.1, 10, 0, 0))
                .hasMessage("firstDecay: expected a number below 1 / learningRate, found 10.0");
        assertBadInput(() -> new ClassCodes.Training(1, 1, 0.1, 0, 10, 0)).hasMessageStartingWith("laterDecay: ");
    }
}
