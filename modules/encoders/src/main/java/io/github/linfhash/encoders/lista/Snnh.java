package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.OptionRecords;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Sparse neural-network hashing (SNNH): a LISTA encoder trained on pairs.
 *
 * <p>Based on Masci, Bronstein, Bronstein, Sprechmann and Sapiro, "Sparse similarity-preserving hashing" (2013), with the
 * encoder of Gregor and LeCun (ICML 2010), in the form to which the l-infinity paper gives the capacity of its own
 * encoder: two unfolded stages, soft-threshold neurons with learned thresholds. Bits are [x > 0], so that the exact zeros of
 * sparse outputs become zero bits. What the original has besides is off unless asked for, for the paper compares encoders
 * of the same depth: biases, the layer of tanh neurons behind, the l1 penalty, and codes that tell zeros from negative
 * values.
 */
public record Snnh(Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = SiameseMethod.spec(
            "snnh",
            "SNNH",
            "Masci, Bronstein, Bronstein, Sprechmann, Sapiro: Sparse similarity-preserving hashing, 2013",
            Options.DEFAULTS,
            Options.RECOMMENDED,
            Snnh::new);

    /**
     * Options.
     *
     * @param gain of the input
     * @param threshold the quantile of |g W y| over the training images at which every threshold theta starts
     * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
     * @param stageWeights whether S_k is learned for each stage
     * @param biases whether the input and each stage have a bias, which starts at 0
     * @param outputTanh c of a last layer x = tanh(c z), or 0 for none
     * @param codes how outputs become bits
     * @param initialization where weights start
     * @param dictionary that the weights start from
     * @param training how it is trained
     */
    public record Options(
            @Origin(
                    value = Source.OUR_READING,
                    note =
                            "The paper leaves this open. Unbounded outputs diverge if dissimilar pairs start far beyond the margin.")
            InputGain gain,

            @Origin(
                    value = Source.OUR_READING,
                    note = "The paper leaves this open. Half of the first layer's outputs are zero at the start.")
            @Range(above = 0, below = 1)
            double threshold,

            @Origin(value = Source.PAPER, note = "Section 5.1: three hidden layers, the depth of deep-linf.")
            @Range(least = 1, most = NetworkOptions.MOST_STAGES)
            int stages,

            @Origin(value = Source.PAPER, note = "Section 5.1: untied weights, as in deep-linf.")
            StageWeights stageWeights,

            @Origin(value = Source.PAPER, note = "Footnote 4: no biases.")
            boolean biases,

            @Origin(
                    value = Source.OUR_READING,
                    note = "Masci et al. have this layer. The paper compares encoders of equal depth, so it is off.")
            @Range(least = 0)
            double outputTanh,

            @Origin(value = Source.OUR_READING, note = "The paper binarizes by sign.")
            CodeRule codes,

            @Origin(value = Source.OUR_READING, note = "The paper leaves this open. Same start as for deep-linf.")
            Initialization initialization,

            DictionaryOptions dictionary,

            TrainingOptions training)
            implements NetworkOptions {

        /** Where the weights start. */
        public enum Initialization {
            /** From the iterative soft thresholding of a dictionary learned by K-SVD. */
            KSVD_ISTA,
            /** At random (Glorot). */
            RANDOM
        }

        /** The paper's values where it prints them, our reading elsewhere. */
        public static final Options DEFAULTS = new Options(
                new InputGain(InputGain.Rule.DISTANCE, 0.75),
                0.5,
                2,
                StageWeights.UNTIED,
                false,
                0,
                CodeRule.SIGN,
                Initialization.KSVD_ISTA,
                DictionaryOptions.DEFAULTS,
                TrainingOptions.DEFAULTS);

        /** The recommended options for new data: outputs are bounded by a last layer, so that training cannot diverge. */
        public static final Options RECOMMENDED = DEFAULTS.with("gain", new InputGain(InputGain.Rule.FIXED, 2))
                .with("biases", true)
                .with("outputTanh", 2)
                .with("training", TrainingOptions.RECOMMENDED);

        public Options {
            Ranges.check(
                    Options.class,
                    gain,
                    threshold,
                    stages,
                    stageWeights,
                    biases,
                    outputTanh,
                    codes,
                    initialization,
                    dictionary,
                    training);
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

    /** Returns what makes the network for training images and N units. */
    Untrained untrained(TrainingSet training, int units) {
        return new Untrained(options, training, units, (name, theta) -> new SoftThreshold(name, units, theta));
    }

    /**
     * The untrained network for training images y and N units: K steps of iterative thresholding, unfolded (LISTA).
     *
     * @param activations makes a layer of units
     */
    record Untrained(Options options, TrainingSet training, int units, Activations activations) {
        /** How far the step of ISTA stays below its bound, as in the code of Chen et al. (LISTA-CPSS, 2018). */
        private static final double SAFETY = 1.001;

        /** Dissimilar pairs whose mean distance a gain goes by. */
        private static final int PAIRS = 2000;

        /** Makes a layer of units, by the name of their parameter and the threshold at which they start. */
        @FunctionalInterface
        interface Activations {
            ActivationLayer of(String name, double theta);
        }

        Network build(TrainingContext context) {
            return switch (options.initialization()) {
                case RANDOM -> {
                    UniformRandomProvider random = context.random().stream("init");
                    Weights input = Weights.glorot("W", units, training.dimension(), random);
                    yield build(input, k -> Weights.glorot("S" + k, units, units, random), context.random());
                }
                case KSVD_ISTA ->
                    fromDictionary(options.dictionary().learn(training, units, context), context.random());
            };
        }

        /** With L just above |D|_2^2: W = D^T / L, S = I - D^T D / L, for the dictionary D (n x N). */
        Network fromDictionary(Matrix dictionary, RandomStreams random) {
            Matrix transposed = dictionary.transpose();
            double[] gram = transposed.times(dictionary).toArray();
            double bound = SAFETY * SpectralNorm.ofPositive(gram, units);
            double[] input = transposed.toArray();
            for (int i = 0; i < input.length; i++) {
                input[i] /= bound;
            }
            for (int i = 0; i < gram.length; i++) {
                gram[i] = (i % (units + 1) == 0 ? 1 : 0) - gram[i] / bound;
            }
            Matrix lateral = Matrix.owning(units, units, gram);
            Weights first = Weights.of("W", Matrix.owning(units, dictionary.rows(), input));
            return build(first, k -> Weights.of("S" + k, lateral), random);
        }

        private Network build(Weights input, IntFunction<Weights> lateral, RandomStreams random) {
            List<Weights> stages = new ArrayList<>();
            for (int k = 1; k <= options.stages(); k++) {
                stages.add(tied(k) ? stages.get(0) : lateral.apply(k));
            }
            double theta = InputGain.quantile(input, training.labeled(), options.threshold());
            double gain = options.gain().rule() == InputGain.Rule.DISTANCE
                    ? options.gain().value()
                            * options.training().margin()
                            / meanDissimilar(network(1, input, stages, theta), random)
                    : options.gain().resolve(input, training.labeled());
            return network(gain, input, stages, gain * theta);
        }

        private boolean tied(int stage) {
            return stage > 1 && options.stageWeights() == StageWeights.TIED;
        }

        private Network network(double gain, Weights input, List<Weights> stages, double theta) {
            List<Layer> layers = new ArrayList<>();
            for (int k = 0; k <= stages.size(); k++) {
                ActivationLayer activation = activations.of("rho" + (k + 1), theta);
                if (k == stages.size() && options.outputTanh() > 0) {
                    activation = new SquashedActivation(options.outputTanh(), activation);
                }
                UnitParameter bias = options.biases() ? new UnitParameter("b" + k, units, 0) : null;
                layers.add(new Layer(
                        k == 0 ? input : stages.get(k - 1),
                        tied(k) ? layers.get(1).bias() : bias,
                        activation));
            }
            return Network.unfolded(gain, layers);
        }

        /**
         * The mean distance that a network puts between 2,000 dissimilar pairs of training images, drawn from the stream "gain".
         *
         * @throws io.github.linfhash.core.errors.InputException if there is no dissimilar pair
         */
        double meanDissimilar(Network network, RandomStreams random) {
            Pairs pairs = new PairSampler(training.labeled(), training.labels()).mixed(PAIRS, 0, random.stream("gain"));
            float[] outputs = new NetworkHashFunction(network, Map.of()).outputs(training.labeled());
            double sum = 0;
            for (int p = 0; p < pairs.size(); p++) {
                double squared = 0;
                for (int i = 0; i < units; i++) {
                    double d = outputs[pairs.first(p) * units + i] - outputs[pairs.second(p) * units + i];
                    squared += d * d;
                }
                sum += Math.sqrt(squared);
            }
            return sum / pairs.size();
        }

        /** The largest eigenvalue of a symmetric positive semidefinite matrix, by power iteration. */
        private static final class SpectralNorm {
            private static final int MOST_ITERATIONS = 10_000;
            private static final double TOLERANCE = 1e-12;

            private SpectralNorm() {}

            /**
             * The largest eigenvalue.
             *
             * @param matrix n x n, row-major
             */
            static double ofPositive(double[] matrix, int n) {
                double[] vector = new double[n];
                for (int i = 0; i < n; i++) {
                    vector[i] = 1 + 1.0 / (i + 1);
                }
                double norm = 0;
                for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
                    double before = norm;
                    normalize(vector);
                    vector = product(matrix, vector);
                    norm = length(vector);
                    if (Math.abs(norm - before) <= TOLERANCE * norm) {
                        return norm;
                    }
                }
                return norm;
            }

            private static double[] product(double[] matrix, double[] vector) {
                int n = vector.length;
                double[] product = new double[n];
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        product[i] += matrix[i * n + j] * vector[j];
                    }
                }
                return product;
            }

            private static double length(double[] vector) {
                double squared = 0;
                for (double value : vector) {
                    squared += value * value;
                }
                return Math.sqrt(squared);
            }

            private static void normalize(double[] vector) {
                double length = length(vector);
                for (int i = 0; i < vector.length; i++) {
                    vector[i] /= length;
                }
            }
        }
    }
}
