package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.admm.AdmmSolver;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.FreelyScaled;
import io.github.linfhash.encoders.layers.ActivationLayer.ScaledTanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.OptionRecords;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The deep l-infinity encoder: K iterations of ADMM for least squares in a box, unfolded into a network and trained on
 * pairs, or with {@code training.loss: regression} on the solutions that ADMM converges to.
 *
 * <p>Wang, Yang, Chang, Ling and Huang, "Learning a deep l-infinity encoder for hashing" (IJCAI 2016), sections 3 to 5,
 * with the sign of eq. (12) corrected. It leaves nothing out; where the paper is silent or ambiguous the
 * {@link Options} say what was chosen, and offer the other readings.
 *
 * <p>This file makes the network of section 3 and its start of section 5.1. The recursion is in {@link Network}, the units of eq. (10)
 * in {@link ActivationLayer}, ADMM in {@link AdmmSolver}, K-SVD behind {@link DictionaryOptions}, and the training of section 4 in
 * {@link io.github.linfhash.encoders.training.SiameseTrainer}.
 */
public record DeepLinf(Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = SiameseMethod.spec(
            "deep-linf",
            "Deep l-infinity encoder",
            "Wang, Yang, Chang, Ling, Huang: Learning a deep l-infinity encoder for hashing, IJCAI 2016",
            Options.DEFAULTS,
            Options.RECOMMENDED,
            DeepLinf::new);

    /**
     * Options.
     *
     * @param gain of the input
     * @param lambda the initial bound of every unit, above 0
     * @param scales how the bounds of the layers are tied
     * @param neuron the neurons
     * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
     * @param stageWeights whether S_k and b_k are learned for each stage
     * @param initialization where weights start
     * @param bias where the biases start
     * @param beta the penalty of the ADMM that the weights start from
     * @param dictionary that the weights start from
     * @param training how it is trained
     */
    public record Options(
            @Origin(
                    value = Source.OUR_READING,
                    note =
                            "The paper leaves this open. At the start, three in four outputs of the first layer lie within their bounds.")
            InputGain gain,

            @Origin(value = Source.OUR_READING, note = "The paper leaves this open. The gain sets the scale.")
            @Range(above = 0)
            double lambda,

            @Origin(
                    value = Source.OUR_READING,
                    note = "Read from figure 2, whose equation ties the two diagonal layers.")
            Scales scales,

            @Origin(value = Source.PAPER, note = "Equation (10).")
            Neuron neuron,

            @Origin(value = Source.PAPER, note = "Section 3: K = 2.")
            @Range(least = 1, most = NetworkOptions.MOST_STAGES)
            int stages,

            @Origin(value = Source.PAPER, note = "Section 5.1: untied weights.")
            StageWeights stageWeights,

            @Origin(value = Source.PAPER, note = "Section 5.1: K-SVD, then equation (11).")
            Initialization initialization,

            @Origin(
                    value = Source.OUR_READING,
                    note = "The term p_t depends on the input, but the bias b_k does not. It starts at the mean.")
            BiasStart bias,

            @Origin(value = Source.PAPER, note = "Section 2: 0.6.") @Range(above = 0)
            double beta,

            DictionaryOptions dictionary,

            TrainingOptions training)
            implements NetworkOptions {
        /** How the bounds of the layers are tied. */
        public enum Scales {
            /** Each layer has its own bounds; its two diagonal layers are reciprocals. */
            PER_STAGE,
            /** All layers share their bounds. */
            SHARED,
            /** Each layer has two independent diagonals. */
            FREE
        }

        /** The neurons. */
        public enum Neuron {
            /** Bounded linear units. */
            BLU,
            /** Hyperbolic tangents with the same scales. */
            TANH
        }

        /** Where the weights start. */
        public enum Initialization {
            /** From ADMM's eq. (11) with a dictionary learned by K-SVD. */
            KSVD_ADMM,
            /** At random (Glorot), with biases of zero. */
            RANDOM
        }

        /** Where the biases start. */
        public enum BiasStart {
            /** At the mean, over the training images, of what ADMM's multipliers make of them. */
            MEAN,
            /** At zero. */
            ZERO
        }

        /** The paper's values where it prints them, our reading elsewhere. */
        public static final Options DEFAULTS = new Options(
                new InputGain(InputGain.Rule.QUANTILE, 0.75),
                1,
                Scales.PER_STAGE,
                Neuron.BLU,
                2,
                StageWeights.UNTIED,
                Initialization.KSVD_ADMM,
                BiasStart.MEAN,
                0.6,
                DictionaryOptions.DEFAULTS,
                TrainingOptions.DEFAULTS);

        /** The recommended options for new data. */
        public static final Options RECOMMENDED = DEFAULTS.with("gain", new InputGain(InputGain.Rule.FIXED, 1))
                .with("lambda", 0.4)
                .with("training", TrainingOptions.RECOMMENDED);

        public Options {
            Ranges.check(
                    Options.class,
                    gain,
                    lambda,
                    scales,
                    neuron,
                    stages,
                    stageWeights,
                    initialization,
                    bias,
                    beta,
                    dictionary,
                    training);
            Ranges.require(
                    training.loss() != LossKind.REGRESSION || initialization == Initialization.KSVD_ADMM,
                    "training.loss: regression needs initialization: ksvd-admm, as the solutions are those for its dictionary,"
                            + " not random");
        }

        /** Returns a copy with another value of the option of a name; see {@link OptionRecords#with}. */
        public Options with(String name, Object value) {
            return OptionRecords.with(this, name, value);
        }
    }

    @Override
    public String name() {
        return SPEC.name();
    }

    @Override
    public Network network(TrainingSet rows, int outputs, TrainingContext context) {
        return untrained(rows, outputs).build(context);
    }

    @Override
    public Start start(TrainingSet rows, int outputs, TrainingContext context) {
        if (options.training().loss() != LossKind.REGRESSION) {
            return new Start(network(rows, outputs, context), null);
        }
        Untrained untrained = untrained(rows, outputs);
        Matrix dictionary = options.dictionary().learn(rows, outputs, context);
        return new Start(untrained.fromDictionary(dictionary), untrained.solutions(dictionary));
    }

    @Override
    public List<String> onlyOnDefaultDevice() {
        List<String> only = new ArrayList<>();
        if (options.scales() != Options.Scales.PER_STAGE) {
            only.add("scales: " + options.scales().name().toLowerCase(Locale.ROOT));
        }
        if (options.neuron() != Options.Neuron.BLU) {
            only.add("neuron: " + options.neuron().name().toLowerCase(Locale.ROOT));
        }
        return only;
    }

    /** Returns what makes the network for training images and N bits. */
    Untrained untrained(TrainingSet training, int bits) {
        return new Untrained(options, training, bits, (gain, input) -> activations(bits));
    }

    /** Eq. (10): K + 1 layers of bounded linear units between two diagonal layers. */
    private List<ActivationLayer> activations(int bits) {
        List<ActivationLayer> layers = new ArrayList<>();
        for (int k = 1; k <= options.stages() + 1; k++) {
            ActivationLayer tied = switch (options.neuron()) {
                case BLU -> new BoundedLinear("rho" + k, bits, options.lambda());
                case TANH -> new ScaledTanh("rho" + k, bits, options.lambda());
            };
            layers.add(
                    switch (options.scales()) {
                        case PER_STAGE -> tied;
                        case SHARED -> k > 1 ? layers.get(0) : tied;
                        case FREE -> new FreelyScaled("mu" + k, bits, tied);
                    });
        }
        return layers;
    }

    /**
     * The untrained network for training images y and N bits.
     *
     * @param activations of its K + 1 layers
     */
    record Untrained(Options options, TrainingSet training, int bits, Activations activations) {
        /** Images that are solved for together: all of them iterate until the last one is done. */
        private static final int BLOCK = 64;
        /** A hundredth of a solution's norm is less than what a network leaves. */
        private static final AdmmSolver.StoppingRule SOLVED = new AdmmSolver.StoppingRule(200, 1e-4, 1e-2);

        /** Makes the layers of units for the gain g and the weights W of the input. */
        @FunctionalInterface
        interface Activations {
            List<ActivationLayer> of(double gain, Weights input);
        }

        Network build(TrainingContext context) {
            return switch (options.initialization()) {
                case RANDOM -> random(context.random().stream("init"));
                case KSVD_ADMM -> fromDictionary(options.dictionary().learn(training, bits, context));
            };
        }

        private Network random(UniformRandomProvider random) {
            Weights input = Weights.glorot("W", bits, training.dimension(), random);
            double gain = options.gain().resolve(input, training.labeled());
            return network(gain, input, k -> Weights.glorot("S" + k, bits, bits, random), k -> new float[bits]);
        }

        /** Weights and biases from ADMM, eq. (11), for the dictionary D (n x N). */
        Network fromDictionary(Matrix dictionary) {
            AdmmSolver solver = new AdmmSolver(dictionary, options.beta());
            Weights input = Weights.of("W", solver.inputWeights());
            double gain = options.gain().resolve(input, training.labeled());
            List<float[]> biases = biases(solver, gain);
            Matrix lateral = solver.stageWeights();
            return network(gain, input, k -> Weights.of("S" + k, lateral), k -> biases.get(k - 1));
        }

        /** Figure 2: W feeds all layers, and stage k adds S_k z_k + b_k. */
        private Network network(double gain, Weights input, IntFunction<Weights> lateral, IntFunction<float[]> biases) {
            List<ActivationLayer> units = activations.of(gain, input);
            List<Layer> layers = new ArrayList<>(List.of(new Layer(input, null, units.get(0))));
            for (int k = 1; k <= options.stages(); k++) {
                boolean tied = k > 1 && options.stageWeights() == StageWeights.TIED;
                Weights weights = tied ? layers.get(1).weights() : lateral.apply(k);
                UnitParameter bias = layers.get(k - 1).bias();
                if (!tied) {
                    bias = new UnitParameter("b" + k, bits, 0);
                    bias.assign(biases.apply(k));
                }
                layers.add(new Layer(weights, bias, units.get(k)));
            }
            return Network.unfolded(gain, layers);
        }

        /** For each stage, the mean over the training images of ((D^T D + beta I)^-1 - I / beta) p_k, or zeros. */
        private List<float[]> biases(AdmmSolver solver, double gain) {
            List<float[]> biases = new ArrayList<>();
            if (options.bias() == Options.BiasStart.ZERO) {
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
                int[] block = IntStream.range(from, Math.min(images.rows(), from + BLOCK))
                        .toArray();
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
    }
}
