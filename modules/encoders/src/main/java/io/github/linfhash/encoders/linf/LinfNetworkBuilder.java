package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.admm.AdmmSolver;
import io.github.linfhash.encoders.admm.AdmmSolver.StoppingRule;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.BoundedLinear;
import io.github.linfhash.encoders.layers.BoundedThreshold;
import io.github.linfhash.encoders.layers.FreelyScaled;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.ScaledTanh;
import io.github.linfhash.encoders.layers.UnfoldedNetwork;
import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import io.github.linfhash.encoders.layers.UnitParameter;
import io.github.linfhash.encoders.layers.Weights;
import io.github.linfhash.encoders.linf.DeepLinfOptions.BiasStart;
import io.github.linfhash.encoders.linf.DeepLinfOptions.Initialization;
import io.github.linfhash.encoders.linf.DeepLinfOptions.Scales;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.StageWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Makes the untrained deep l-infinity network that the options ask for. */
final class LinfNetworkBuilder {
    /** Images that are solved for together: all of them iterate until the last one is done. */
    private static final int BLOCK = 64;

    /** A hundredth of a solution's norm is less than what a network leaves. */
    private static final StoppingRule SOLVED = new StoppingRule(200, 1e-4, 1e-2);

    private final DeepLinfOptions options;
    private final TrainingSet training;
    private final int bits;
    private final @Nullable Double threshold;

    LinfNetworkBuilder(DeepLinfOptions options, TrainingSet training, int bits) {
        this(options, training, bits, null);
    }

    /**
     * A builder of networks with thresholds inside their boxes.
     *
     * @param threshold the quantile of |g W y| over the training images at which every threshold starts; null for none
     */
    LinfNetworkBuilder(DeepLinfOptions options, TrainingSet training, int bits, @Nullable Double threshold) {
        this.options = options;
        this.training = training;
        this.bits = bits;
        this.threshold = threshold;
    }

    Network build(TrainingContext context) {
        return options.initialization() == Initialization.RANDOM
                ? random(context.random().stream("init"))
                : fromDictionary(options.dictionary().learn(training, bits, context));
    }

    private Network random(UniformRandomProvider random) {
        Weights input = Weights.glorot("W", bits, training.dimension(), random);
        List<Stage> stages = new ArrayList<>();
        for (int k = 1; k <= options.stages(); k++) {
            stages.add(
                    tied() && k > 1
                            ? stages.get(0)
                            : new Stage(
                                    Weights.glorot("S" + k, bits, bits, random), new UnitParameter("b" + k, bits, 0)));
        }
        return network(options.gain().resolve(input, training.labeled()), input, stages);
    }

    /** Weights and biases from ADMM, eq. (11), for the dictionary D (n x N). */
    Network fromDictionary(Matrix dictionary) {
        AdmmSolver solver = new AdmmSolver(dictionary, options.beta());
        Weights input = Weights.of("W", solver.inputWeights());
        double gain = options.gain().resolve(input, training.labeled());
        List<float[]> biases = biases(solver, gain);
        List<Stage> stages = new ArrayList<>();
        for (int k = 1; k <= options.stages(); k++) {
            stages.add(
                    tied() && k > 1
                            ? stages.get(0)
                            : stage(k, Weights.of("S" + k, solver.stageWeights()), biases.get(k - 1)));
        }
        return network(gain, input, stages);
    }

    private static Stage stage(int number, Weights lateral, float[] bias) {
        UnitParameter vector = new UnitParameter("b" + number, bias.length, 0);
        vector.assign(bias);
        return new Stage(lateral, vector);
    }

    /** For each stage, the mean over the training images of ((D^T D + beta I)^-1 - I / beta) p_k, or zeros. */
    private List<float[]> biases(AdmmSolver solver, double gain) {
        List<float[]> biases = new ArrayList<>();
        if (options.bias() == BiasStart.ZERO) {
            for (int k = 0; k < options.stages(); k++) {
                biases.add(new float[bits]);
            }
            return biases;
        }
        AdmmSolver.Trace trace = solver.trace(scaled(training.labeled(), gain), options.lambda(), options.stages());
        for (int k = 1; k <= options.stages(); k++) {
            double[] means = solver.biases(trace.multipliers().get(k)).columnMeans();
            float[] bias = new float[bits];
            for (int i = 0; i < bits; i++) {
                bias[i] = (float) means[i];
            }
            biases.add(bias);
        }
        return biases;
    }

    /**
     * ADMM's solutions x of min |D x - g y|^2 subject to |x|_inf <= lambda, for the training images y and the gain g of the network:
     * what it approximates by K + 1 layers. In blocks of images, with one factorization, to a hundredth of
     * their norm or 200 iterations.
     *
     * @param dictionary D, n x N
     * @return m x N
     * @throws io.github.linfhash.codes.NonFiniteException if an image has a value that is not finite
     */
    FeatureMatrix solutions(Matrix dictionary) {
        AdmmSolver solver = new AdmmSolver(dictionary, options.beta());
        FeatureMatrix images = training.labeled();
        double gain = options.gain().resolve(Weights.of("W", solver.inputWeights()), images);
        float[] solutions = new float[Math.multiplyExact(images.rows(), bits)];
        for (int from = 0; from < images.rows(); from += BLOCK) {
            int[] block =
                    IntStream.range(from, Math.min(images.rows(), from + BLOCK)).toArray();
            float[] codes = solver.solve(scaled(images.select(block), gain), options.lambda(), SOLVED)
                    .codes()
                    .toFloats();
            System.arraycopy(codes, 0, solutions, from * bits, codes.length);
        }
        return FeatureMatrix.owning(images.rows(), bits, solutions);
    }

    private static Matrix scaled(FeatureMatrix images, double gain) {
        double[] values = Matrix.copyOf(images).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= gain;
        }
        return Matrix.owning(images.rows(), images.dimension(), values);
    }

    private boolean tied() {
        return options.stageWeights() == StageWeights.TIED;
    }

    private Network network(double gain, Weights input, List<Stage> stages) {
        List<ActivationLayer> layers = new ArrayList<>();
        double theta = threshold == null ? 0 : gain * InputGain.quantile(input, training.labeled(), threshold);
        for (int k = 1; k <= options.stages() + 1; k++) {
            if (threshold != null) {
                layers.add(new BoundedThreshold(k, bits, theta, options.lambda()));
            } else {
                layers.add(options.scales() == Scales.SHARED && k > 1 ? layers.get(0) : neurons(k));
            }
        }
        return new UnfoldedNetwork(gain, input, stages, layers);
    }

    private ActivationLayer neurons(int layer) {
        ActivationLayer tied = switch (options.neuron()) {
            case BLU -> new BoundedLinear("rho" + layer, bits, options.lambda());
            case TANH -> new ScaledTanh("rho" + layer, bits, options.lambda());
        };
        return options.scales() == Scales.FREE ? new FreelyScaled("mu" + layer, bits, tied) : tied;
    }
}
