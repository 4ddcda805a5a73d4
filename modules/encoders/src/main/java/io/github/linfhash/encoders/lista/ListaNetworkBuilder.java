package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.SoftThreshold;
import io.github.linfhash.encoders.layers.SquashedActivation;
import io.github.linfhash.encoders.layers.UnfoldedNetwork;
import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import io.github.linfhash.encoders.layers.UnitParameter;
import io.github.linfhash.encoders.layers.Weights;
import io.github.linfhash.encoders.lista.SnnhOptions.Initialization;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.PairDistances;
import io.github.linfhash.encoders.training.StageWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Makes the untrained LISTA network that the options ask for. */
final class ListaNetworkBuilder {
    /** How far the step of ISTA stays below its bound, as in the code of Chen et al. (LISTA-CPSS, 2018). */
    private static final double SAFETY = 1.001;

    private final SnnhOptions options;
    private final TrainingSet training;
    private final int units;
    private final Thresholds thresholds;

    /** Makes a layer of neurons. */
    @FunctionalInterface
    interface Thresholds {
        /**
         * Makes neurons.
         *
         * @param name of their parameter
         * @param theta the threshold at which they start
         */
        ActivationLayer of(String name, double theta);
    }

    /** Soft thresholds. */
    ListaNetworkBuilder(SnnhOptions options, TrainingSet training, int units) {
        this(options, training, units, (name, theta) -> new SoftThreshold(name, units, theta));
    }

    ListaNetworkBuilder(SnnhOptions options, TrainingSet training, int units, Thresholds thresholds) {
        this.options = options;
        this.training = training;
        this.units = units;
        this.thresholds = thresholds;
    }

    Network build(TrainingContext context) {
        if (options.initialization() == Initialization.RANDOM) {
            UniformRandomProvider random = context.random().stream("init");
            Weights input = Weights.glorot("W", units, training.dimension(), random);
            return build(input, name -> Weights.glorot("S" + name, units, units, random), context.random());
        }
        return fromDictionary(options.dictionary().learn(training, units, context), context.random());
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
        return build(first, stage -> Weights.of("S" + stage, lateral), random);
    }

    private Network build(Weights input, IntFunction<Weights> lateral, RandomStreams random) {
        List<Stage> stages = new ArrayList<>();
        for (int k = 1; k <= options.stages(); k++) {
            boolean shared = k > 1 && options.stageWeights() == StageWeights.TIED;
            stages.add(shared ? stages.get(0) : new Stage(lateral.apply(k), bias(k)));
        }
        double theta = InputGain.quantile(input, training.labeled(), options.threshold());
        double gain = gain(input, stages, theta, random);
        return network(gain, input, stages, gain * theta);
    }

    private double gain(Weights input, List<Stage> stages, double theta, RandomStreams random) {
        InputGain rule = options.gain();
        if (rule.rule() != InputGain.Rule.DISTANCE) {
            return rule.resolve(input, training.labeled());
        }
        double distance = PairDistances.meanDissimilar(network(1, input, stages, theta), training, random);
        return rule.value() * options.training().margin() / distance;
    }

    private Network network(double gain, Weights input, List<Stage> stages, double theta) {
        List<ActivationLayer> layers = new ArrayList<>();
        for (int k = 1; k <= stages.size() + 1; k++) {
            layers.add(thresholds.of("rho" + k, theta));
        }
        if (options.outputTanh() > 0) {
            layers.set(stages.size(), new SquashedActivation(options.outputTanh(), layers.get(stages.size())));
        }
        return new UnfoldedNetwork(gain, input, bias(0), stages, layers);
    }

    private @Nullable UnitParameter bias(int number) {
        return options.biases() ? new UnitParameter("b" + number, units, 0) : null;
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
