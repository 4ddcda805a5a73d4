package io.github.linfhash.encoders.linf;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.linf.DeepLinf.Options.BiasStart;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Initialization;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.LossKind.LossOptions;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseTrainings;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

/** The deep l-infinity encoder that learns ADMM's solutions, on points that have three of ten axes each, so that atoms are nearly orthogonal. */
class RegressionTest {
    private static final int DIMENSION = 12;
    private static final int BITS = 10;
    private static final double GAIN = 1.2;
    private static final double LAMBDA = 0.5;
    /** A penalty by which three iterations of ADMM, the network before training, are far from the solution. */
    private static final double SLOW_BETA = 5;

    private static final TrainingSet ROWS = rows(300);

    private static TrainingSet rows(int count) {
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(3).stream("points"));
        UniformRandomProvider random = new RandomStreams(3).stream("axes");
        float[] values = new float[count * DIMENSION];
        for (int i = 0; i < count; i++) {
            double[] row = IntStream.range(0, DIMENSION)
                    .mapToDouble(j -> 0.05 * normal.sample())
                    .toArray();
            for (int chosen = 0; chosen < 3; chosen++) {
                row[random.nextInt(BITS)] += normal.sample();
            }
            double length = Math.sqrt(Arrays.stream(row).map(v -> v * v).sum());
            for (int j = 0; j < DIMENSION; j++) {
                values[i * DIMENSION + j] = (float) (row[j] / length);
            }
        }
        FeatureMatrix all = FeatureMatrix.owning(count, DIMENSION, values);
        return new TrainingSet(all.select(new int[] {0, 1}), ClassLabels.of(4, 7), all);
    }

    private static TrainingOptions training(int epochs, double learningRate) {
        TrainingOptions d = TrainingOptions.RECOMMENDED;
        return d.with("averagedEpochs", 1)
                .with("inputDropout", 0)
                .with("firstDecay", 0)
                .with("laterDecay", 0)
                .with("learningRate", learningRate)
                .with("epochs", epochs)
                .with("batch", new BatchOptions(64, 0, 20))
                .with("loss", LossKind.REGRESSION);
    }

    private static DeepLinf.Options options(int epochs, double learningRate, Initialization initialization) {
        DeepLinf.Options d = DeepLinf.Options.RECOMMENDED;
        return d.with("gain", new InputGain(InputGain.Rule.FIXED, GAIN))
                .with("lambda", LAMBDA)
                .with("initialization", initialization)
                .with("bias", BiasStart.ZERO)
                .with("beta", SLOW_BETA)
                .with("training", training(epochs, learningRate));
    }

    private static DeepLinf method(int epochs) {
        return new DeepLinf(options(epochs, 0.003, Initialization.KSVD_ADMM));
    }

    private static TrainingSet sampled() {
        return method(0).schedule().rows(ROWS, new RandomStreams(1));
    }

    private static Matrix dictionary() {
        return DictionaryOptions.DEFAULTS.learn(sampled(), BITS, TrainingContext.quiet(1));
    }

    private static FeatureMatrix solutions() {
        return Objects.requireNonNull(
                method(0).start(sampled(), BITS, TrainingContext.quiet(1)).solutions());
    }

    private static float[] outputs(int epochs) {
        return ((NetworkHashFunction) method(epochs).train(ROWS, BITS, TrainingContext.quiet(1)))
                .outputs(ROWS.unlabeled());
    }

    /**
     * The conditions of Karush, Kuhn and Tucker, in plain loops: the slope of half the squared error is 0 inside the box, and points out
     * of it at its border.
     */
    @Test
    void solutionsAreThoseOfLeastSquaresInTheBox() {
        Matrix dictionary = dictionary();
        FeatureMatrix found = solutions();
        FeatureMatrix images = sampled().labeled();
        int atBorder = 0;
        for (int i = 0; i < images.rows(); i++) {
            double[] missing = new double[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                missing[j] = -GAIN * images.get(i, j);
                for (int u = 0; u < BITS; u++) {
                    missing[j] += dictionary.get(j, u) * found.get(i, u);
                }
            }
            for (int u = 0; u < BITS; u++) {
                double slope = 0;
                for (int j = 0; j < DIMENSION; j++) {
                    slope += dictionary.get(j, u) * missing[j];
                }
                double x = found.get(i, u);
                assertThat(Math.abs(x)).isLessThanOrEqualTo((float) LAMBDA);
                if (Math.abs(x) == (float) LAMBDA) {
                    atBorder++;
                    assertThat(slope * Math.signum(x)).isLessThan(0.02);
                } else {
                    assertThat(slope).isCloseTo(0, within(0.02));
                }
            }
        }
        assertThat(atBorder).isBetween(images.rows(), images.rows() * BITS / 2);
    }

    @Test
    void outputsComeNearerToTheSolutions() {
        double before = distance(outputs(0), solutions());
        double after = distance(outputs(40), solutions());
        assertThat(after).isLessThan(before / 4);
    }

    /** The mean of squared distances; all rows are sampled, in their order. */
    private static double distance(float[] outputs, FeatureMatrix solutions) {
        float[] wanted = solutions.toArray();
        assertThat(outputs).hasSameSizeAs(wanted);
        double squares = 0;
        for (int i = 0; i < wanted.length; i++) {
            squares += Math.pow((double) outputs[i] - wanted[i], 2);
        }
        return squares / solutions.rows();
    }

    /** x with D x = g y has the inner product (x, D^T q) = g (y, q) with every q; fewer atoms than dimensions leave an error to the solutions, too. */
    @Test
    void outputsKeepInnerProducts() {
        double least = errorOfProducts(solutions().toArray());
        double before = errorOfProducts(outputs(0)) - least;
        double after = errorOfProducts(outputs(40)) - least;
        assertThat(before).isGreaterThan(0.01);
        assertThat(after).isLessThan(before / 2);
    }

    /** The sum of squares of (x_i, D^T y_j) - g (y_i, y_j), relative to that of the latter. */
    private static double errorOfProducts(float[] x) {
        Matrix y = Matrix.copyOf(ROWS.unlabeled());
        double[] values = IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
        Matrix spread = y.times(dictionary());
        double[] found =
                Matrix.owning(y.rows(), BITS, values).times(spread.transpose()).toArray();
        double[] wanted = y.times(y.transpose()).toArray();
        double error = 0;
        double whole = 0;
        for (int i = 0; i < found.length; i++) {
            error += Math.pow(found[i] - GAIN * wanted[i], 2);
            whole += Math.pow(GAIN * wanted[i], 2);
        }
        return error / whole;
    }

    @Test
    void labelsAreNotLookedAtAndTheMethodSaysSo() {
        TrainingSet other =
                new TrainingSet(ROWS.unlabeled().select(new int[] {5}), ClassLabels.of(1), ROWS.unlabeled());
        assertThat(method(1).train(other, BITS, TrainingContext.quiet(1)).state())
                .isEqualTo(method(1).train(ROWS, BITS, TrainingContext.quiet(1)).state());
        assertThat(DeepLinf.SPEC.supervision(method(1).options())).isEqualTo(MethodSpec.Supervision.UNSUPERVISED);
    }

    @Test
    void aTrainingThatDivergesIsNoResult() {
        DeepLinf diverging = new DeepLinf(options(3, 1e38, Initialization.KSVD_ADMM));
        assertThatThrownBy(() -> diverging.train(ROWS, BITS, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageStartingWith("Training deep-linf diverged: in epoch 1 of 3");
        float[] damaged = ROWS.unlabeled().toArray();
        damaged[17] = Float.NaN;
        FeatureMatrix all = FeatureMatrix.owning(300, DIMENSION, damaged);
        TrainingSet bad = new TrainingSet(all, ClassLabels.of(new int[300]), all);
        assertThatThrownBy(() -> method(1).train(bad, BITS, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class);
    }

    @Test
    void whatCannotLearnSolutionsIsRefusedInASentence() {
        Nnh nnh = new Nnh(Nnh.Options.RECOMMENDED.with("training", training(1, 0.003)));
        assertBadInput(() -> nnh.train(ROWS, BITS, TrainingContext.quiet(1)))
                .hasMessage("training.loss: regression is not for nnh, which solves no problem before training; use the"
                        + " method deep-linf, or another loss");
        assertBadInput(() -> options(1, 0.003, Initialization.RANDOM))
                .hasMessageContaining("training.loss: regression needs initialization: ksvd-admm");
        assertThat(SiameseTrainings.obstacle(method(1))).hasValue("training.loss is regression instead of contrastive");
        TrainingOptions d = training(1, 0.003);
        assertBadInput(() -> d.with("averagedEpochs", 1)
                        .with("inputDropout", 0)
                        .with("validationShare", 0)
                        .with("epochs", 1)
                        .with("batch", new BatchOptions(64, 4, 20))
                        .with("firstDecay", 0)
                        .with("laterDecay", 0)
                        .with("sparsityPenalty", 0)
                        .with("losses", LossOptions.DEFAULTS)
                        .with("loss", LossKind.REGRESSION))
                .hasMessageContaining("loss: regression has no classes to draw batches from");
    }

    @Test
    void rowsAreSampledWithoutReplacementAndNoMoreThanAllowed() {
        TrainingSet many = rows(10_400);
        TrainingSet sampled = method(1).schedule().rows(many, new RandomStreams(1));
        assertThat(sampled.labeled().rows()).isEqualTo(10_000);
        assertThat(Arrays.stream(((ClassLabels) sampled.labels()).toArray()).distinct())
                .containsExactly(0);
        assertThat(method(1).schedule().rows(many, new RandomStreams(1)).labeled())
                .isEqualTo(sampled.labeled());
        assertThat(method(1).schedule().rows(many, new RandomStreams(2)).labeled())
                .isNotEqualTo(sampled.labeled());
    }
}
