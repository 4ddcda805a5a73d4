package io.github.linfhash.encoders.lista;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.lista.Snnh.Options.Initialization;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.GradientCheck;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.NetworkTwin;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnnhGradientTest {
    private static final TrainingSet IMAGES = Blobs.of(40, 7, 0.5);

    @ParameterizedTest
    @CsvSource({"UNTIED, 2, 0", "TIED, 2, 0", "UNTIED, 3, 0.1"})
    void aStepFollowsTheDifferencesOfTheLoss(StageWeights weights, int stages, double sparsity) {
        Snnh.Options options = options(new InputGain(InputGain.Rule.FIXED, 2), weights, stages, Initialization.RANDOM);
        Network network = new Snnh(options).network(IMAGES, 6, TrainingContext.quiet(1));

        new GradientCheck(network, new NetworkTwin(2, stages, NetworkTwin.SHELU), LossSign.CORRECTED, sparsity).run(4);
    }

    @ParameterizedTest
    @CsvSource({"UNTIED, 0, 0", "TIED, 3, 0", "UNTIED, 3, 0.01"})
    void aStepOfAllPairsFollowsTheDifferencesWithBiasesAndAnOuterTanh(
            StageWeights weights, double outputTanh, double sparsity) {
        Snnh.Options d = options(new InputGain(InputGain.Rule.FIXED, 2), weights, 2, Initialization.RANDOM);
        Snnh.Options options = d.with("threshold", 0.5)
                .with("stages", 2)
                .with("stageWeights", weights)
                .with("biases", true)
                .with("outputTanh", outputTanh)
                .with("codes", CodeRule.SIGN)
                .with("initialization", Initialization.RANDOM);
        Network network = new Snnh(options).network(IMAGES, 6, TrainingContext.quiet(1));

        new GradientCheck(network, new NetworkTwin(2, 2, NetworkTwin.SHELU, outputTanh), LossSign.CORRECTED, sparsity)
                .runInBatch(2, 0.3);
    }

    @ParameterizedTest
    @CsvSource({"UNTIED, 2, 0.2, 0", "TIED, 2, 0.5, 0", "UNTIED, 1, 0.8, 0", "UNTIED, 2, 0.3, 2"})
    void hardThresholdsFollowTheDifferencesOfTheLoss(StageWeights weights, int stages, double ramp, double tanh) {
        DeepL0.Options d = DeepL0.Options.DEFAULTS;
        DeepL0 method = new DeepL0(d.with("ramp", ramp)
                .with("stages", stages)
                .with("stageWeights", weights)
                .with("outputTanh", tanh)
                .with("initialization", Initialization.RANDOM));
        Network network = method.network(IMAGES, 6, TrainingContext.quiet(1));

        new GradientCheck(network, new NetworkTwin(2, stages, NetworkTwin.helu(ramp), tanh)).runInBatch(2, 0.3);
    }

    /** Iterative hard thresholding itself, where the ramp is so short that no value lies on it. */
    @Test
    void theUntrainedNetworkRunsThreeStepsOfIterativeHardThresholding() {
        DeepL0.Options d = DeepL0.Options.DEFAULTS;
        DeepL0.Options options = d.with("gain", new InputGain(InputGain.Rule.FIXED, 1.5))
                .with("ramp", 1e-6)
                .with("biases", false)
                .with("outputTanh", 0);
        TrainingContext context = TrainingContext.quiet(1);
        double[][] dictionary =
                rows(options.dictionary().learn(IMAGES, 6, context).toArray(), 6);
        Network network = new DeepL0(options).network(IMAGES, 6, context);
        double theta = Math.exp(parameter(network, "rho1").toArray()[0]);
        double bound = 1.001 * largestEigenvalue(dictionary);

        Network.Pass pass = network.pass(IMAGES.labeled().rows());
        pass.input().copyFrom(IMAGES.labeled().toArray());
        float[] x = pass.forward();

        int zeros = 0;
        for (int row = 0; row < IMAGES.labeled().rows(); row++) {
            float[] image = new float[IMAGES.labeled().dimension()];
            IMAGES.labeled().copyRow(row, image);
            double[] z = new double[6];
            for (int step = 0; step < 3; step++) {
                z = hardStep(dictionary, image, 1.5, z, bound, theta);
            }
            for (int unit = 0; unit < 6; unit++) {
                assertThat((double) x[row * 6 + unit]).isCloseTo(z[unit], within(1e-4));
                zeros += z[unit] == 0 ? 1 : 0;
            }
        }
        assertThat(zeros).isBetween(1, x.length - 1);
    }

    /** z + D^T (g y - D z) / L, what is below theta set to 0. */
    private static double[] hardStep(
            double[][] dictionary, float[] image, double gain, double[] z, double bound, double theta) {
        double[] next = z.clone();
        for (int i = 0; i < dictionary.length; i++) {
            double residual = gain * image[i];
            for (int unit = 0; unit < z.length; unit++) {
                residual -= dictionary[i][unit] * z[unit];
            }
            for (int unit = 0; unit < z.length; unit++) {
                next[unit] += dictionary[i][unit] * residual / bound;
            }
        }
        for (int unit = 0; unit < z.length; unit++) {
            next[unit] = Math.abs(next[unit]) < theta ? 0 : next[unit];
        }
        return next;
    }

    @Test
    void codesWithTwoBitsForEachOutputNeedAnEvenLength() {
        Snnh.Options d = Snnh.Options.DEFAULTS;
        Snnh ternary = new Snnh(d.with("codes", CodeRule.TERNARY).with("training", Blobs.shortTraining(1)));

        assertBadInput(() -> ternary.train(IMAGES, 7, TrainingContext.quiet(1)))
                .hasMessageContainingAll("ternary", "7 bits");
        assertThat(ternary.train(IMAGES, 8, TrainingContext.quiet(1)).bits()).isEqualTo(8);
    }

    @Test
    void theGainPutsDissimilarPairsAtTheAskedShareOfTheMargin() {
        InputGain gain = new InputGain(InputGain.Rule.DISTANCE, 0.75);
        Snnh.Options options = options(gain, StageWeights.UNTIED, 2, Initialization.KSVD_ISTA);
        TrainingContext context = TrainingContext.quiet(1);
        Network network = new Snnh(options).network(IMAGES, 6, context);

        assertThat(new Snnh(options).untrained(IMAGES, 6).meanDissimilar(network, context.random()))
                .isCloseTo(0.75 * 5, within(1e-3));
    }

    /** ISTA itself: three steps of length 1/L from zero, in double precision. */
    @Test
    void theUntrainedNetworkRunsThreeStepsOfIterativeSoftThresholding() {
        InputGain gain = new InputGain(InputGain.Rule.FIXED, 1.5);
        Snnh.Options options = options(gain, StageWeights.UNTIED, 2, Initialization.KSVD_ISTA);
        TrainingContext context = TrainingContext.quiet(1);
        double[][] d = rows(options.dictionary().learn(IMAGES, 6, context).toArray(), 6);
        Network network = new Snnh(options).network(IMAGES, 6, context);
        double theta = Math.exp(parameter(network, "rho1").toArray()[0]);
        double bound = 1.001 * largestEigenvalue(d);

        Network.Pass pass = network.pass(IMAGES.labeled().rows());
        pass.input().copyFrom(IMAGES.labeled().toArray());
        float[] x = pass.forward();

        for (int row = 0; row < IMAGES.labeled().rows(); row++) {
            double[] expected = ista(d, scaled(IMAGES.labeled(), row, 1.5), bound, theta);
            for (int i = 0; i < 6; i++) {
                assertThat((double) x[row * 6 + i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    private static double[] ista(double[][] d, double[] y, double bound, double theta) {
        double[] x = new double[d[0].length];
        for (int step = 0; step < 3; step++) {
            double[] residual = y.clone();
            for (int j = 0; j < y.length; j++) {
                for (int i = 0; i < x.length; i++) {
                    residual[j] -= d[j][i] * x[i];
                }
            }
            for (int i = 0; i < x.length; i++) {
                double u = x[i];
                for (int j = 0; j < y.length; j++) {
                    u += d[j][i] * residual[j] / bound;
                }
                x[i] = Math.signum(u) * Math.max(Math.abs(u) - theta, 0);
            }
        }
        return x;
    }

    /** By ten thousand multiplications of a vector with D^T D. */
    private static double largestEigenvalue(double[][] d) {
        double[] v = new double[d[0].length];
        v[0] = 1;
        v[1] = 0.3;
        double eigenvalue = 0;
        for (int iteration = 0; iteration < 10_000; iteration++) {
            double[] next = new double[v.length];
            for (double[] row : d) {
                double dot = 0;
                for (int i = 0; i < v.length; i++) {
                    dot += row[i] * v[i];
                }
                for (int i = 0; i < v.length; i++) {
                    next[i] += dot * row[i];
                }
            }
            eigenvalue = 0;
            for (double value : next) {
                eigenvalue = Math.hypot(eigenvalue, value);
            }
            for (int i = 0; i < v.length; i++) {
                v[i] = next[i] / eigenvalue;
            }
        }
        return eigenvalue;
    }

    private static double[] scaled(FeatureMatrix images, int row, double gain) {
        return IntStream.range(0, images.dimension())
                .mapToDouble(j -> gain * images.get(row, j))
                .toArray();
    }

    private static double[][] rows(double[] rowMajor, int columns) {
        double[][] rows = new double[rowMajor.length / columns][columns];
        for (int i = 0; i < rowMajor.length; i++) {
            rows[i / columns][i % columns] = rowMajor[i];
        }
        return rows;
    }

    private static Parameter parameter(Network network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Snnh.Options options(InputGain gain, StageWeights weights, int stages, Initialization start) {
        return Snnh.Options.DEFAULTS
                .with("gain", gain)
                .with("stages", stages)
                .with("stageWeights", weights)
                .with("initialization", start);
    }
}
