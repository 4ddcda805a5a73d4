package io.github.linfhash.baselines.kernel;

import io.github.linfhash.codes.Activation;
import io.github.linfhash.codes.ClassScores;
import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.random.CounterStream;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A network with softmax outputs, trained by cross-entropy: z_0 = g x, z_k = tanh(W_k z_(k-1) + b_k) for each of h hidden layers of
 * N units, and the logits f = W_(h+1) z_h + b_(h+1), C values. Safe for threads.
 *
 * <p>With h = 3 the hidden layers are those of the encoder {@code nnh} with biases. Training is that of the encoders' tuned rows, on
 * single rows in place of pairs: Adam (Kingma and Ba, ICLR 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter,
 * ICLR 2019), Glorot's initial weights (AISTATS 2010, eq. 16) and dropout of inputs. Smile's multilayer perceptron does not fit: it
 * takes no random stream, has one decay for all layers, and does not give its weights away.
 */
final class SoftmaxNetwork implements Regressor {
    /** A bound for options and for the files that states come from. */
    static final int MOST_HIDDEN_LAYERS = 8;

    private static final String LAYERS = "hiddenLayers";
    private static final String GAIN = "gain";
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    /** d, N for each hidden layer, C. */
    private final int[] widths;

    private final double gain;

    /** W_1, b_1, W_2, b_2, ...; a matrix has a row for each output, row-major. */
    private final float[][] parameters;

    private final EncoderNetwork network;

    private SoftmaxNetwork(int[] widths, double gain, float[][] parameters) {
        this.widths = widths;
        this.gain = gain;
        this.parameters = parameters;
        this.network = ClassScores.network(gain, widths[0], parameters);
    }

    private static int[] widths(int inputs, int units, int hidden, int classes) {
        int[] widths = new int[hidden + 2];
        Arrays.fill(widths, units);
        widths[0] = inputs;
        widths[hidden + 1] = classes;
        return widths;
    }

    /**
     * Trains a network.
     *
     * @param rows l x d
     * @param classes of each row, from 0 to {@code count} - 1
     * @param count C
     * @param units N
     * @param random initial weights come from the stream "network-init", the order of rows from "network-batches", and what is
     *     dropped from "network-dropout"
     * @throws NonFiniteException if the loss or a weight becomes NaN or infinite
     */
    static SoftmaxNetwork fit(
            FeatureMatrix rows, int[] classes, int count, int units, ClassCodes.Options options, RandomStreams random) {
        int[] widths = widths(rows.dimension(), units, options.hiddenLayers(), count);
        Training training = new Training(widths, options, random.stream("network-init"));
        training.run(rows.toArray(), classes, random.stream("network-batches"), random.counter("network-dropout"));
        return new SoftmaxNetwork(widths, options.gain(), training.parameters);
    }

    /** The network that {@link #addTo} saved. */
    static SoftmaxNetwork read(StateReader in, int classes) {
        int[] widths = widths(in.inputs(), in.outputs(), in.count(LAYERS, 1, MOST_HIDDEN_LAYERS), classes);
        double gain = in.number(GAIN, Double.MIN_NORMAL, Double.MAX_VALUE);
        float[][] parameters = new float[2 * (widths.length - 1)][];
        for (int k = 1; k < widths.length; k++) {
            parameters[2 * k - 2] = in.floats("W" + k, widths[k], widths[k - 1]);
            parameters[2 * k - 1] = in.floats("b" + k, widths[k]);
        }
        return new SoftmaxNetwork(widths, gain, parameters);
    }

    @Override
    public ModelState addTo(ModelState state) {
        ModelState saved = state.with(LAYERS, widths.length - 2).with(GAIN, gain);
        for (int k = 1; k < widths.length; k++) {
            saved = saved.with("W" + k, ModelArray.floats(parameters[2 * k - 2], widths[k], widths[k - 1]))
                    .with("b" + k, ModelArray.floats(parameters[2 * k - 1], widths[k]));
        }
        return saved;
    }

    @Override
    public int dimension() {
        return widths[0];
    }

    /** Weights, biases and the gain. */
    @Override
    public long parameters() {
        return 1 + Arrays.stream(parameters).mapToLong(values -> values.length).sum();
    }

    /** The logits are not centered. */
    @Override
    public boolean centered() {
        return false;
    }

    /** The logits. */
    @Override
    public float[] of(float[] features) {
        return network.apply(features);
    }

    /** Adds the biases to u, in place, and gives u or tanh(u). */
    private static float[] activate(float[] u, float[] biases, boolean hidden) {
        for (int i = 0; i < u.length; i++) {
            u[i] += biases[i % biases.length];
        }
        if (!hidden) {
            return u;
        }
        float[] z = new float[u.length];
        Activation.tanh(1, u, z);
        return z;
    }

    /** Descent by Adam on the mean cross-entropy of batches of rows. */
    static final class Training {
        private final int[] widths;
        private final ClassCodes.Options options;
        private final float[][] parameters;
        private final float[][] gradients;
        private final float[][] means;
        private final float[][] squares;
        private int steps;

        /**
         * A training that has not begun: weights from +-sqrt(6 / (inputs + outputs)), biases of 0.
         *
         * @param random draws the weights of the first layer, then those of the next one, row-major
         */
        Training(int[] widths, ClassCodes.Options options, UniformRandomProvider random) {
            this.widths = widths;
            this.options = options;
            this.parameters = new float[2 * (widths.length - 1)][];
            for (int k = 1; k < widths.length; k++) {
                double limit = Math.sqrt(6.0 / (widths[k - 1] + widths[k]));
                float[] weights = new float[Math.multiplyExact(widths[k], widths[k - 1])];
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = (float) (limit * (2 * random.nextDouble() - 1));
                }
                parameters[2 * k - 2] = weights;
                parameters[2 * k - 1] = new float[widths[k]];
            }
            this.gradients = zeros();
            this.means = zeros();
            this.squares = zeros();
        }

        private float[][] zeros() {
            return Arrays.stream(parameters)
                    .map(values -> new float[values.length])
                    .toArray(float[][]::new);
        }

        float[][] parameters() {
            return parameters;
        }

        /** The derivatives of what {@link #loss} gave last, in the order of the parameters. */
        float[][] gradients() {
            return gradients;
        }

        /** Goes through all rows, in a new order each time, as often as the options say. */
        private void run(float[] rows, int[] classes, UniformRandomProvider order, CounterStream dropout) {
            ClassCodes.Training how = options.training();
            int d = widths[0];
            int[] shuffled = PermutationSampler.natural(classes.length);
            for (int epoch = 1; epoch <= how.epochs(); epoch++) {
                PermutationSampler.shuffle(order, shuffled);
                double sum = 0;
                for (int from = 0; from < shuffled.length; from += how.batch()) {
                    int size = Math.min(how.batch(), shuffled.length - from);
                    float[] batch = new float[size * d];
                    int[] labels = new int[size];
                    for (int i = 0; i < size; i++) {
                        int row = shuffled[from + i];
                        System.arraycopy(rows, row * d, batch, i * d, d);
                        labels[i] = classes[row];
                    }
                    drop(batch, how.inputDropout(), dropout, epoch, from / how.batch());
                    sum += size * loss(batch, labels);
                    step();
                }
                requireFinite("mean loss", sum / shuffled.length, epoch);
            }
            for (float[] values : parameters) {
                for (float value : values) {
                    requireFinite("last weights", value, how.epochs());
                }
            }
        }

        /** Sets a share of the inputs to 0 and divides the others by what is left of 1. */
        private static void drop(float[] batch, double share, CounterStream stream, int epoch, int step) {
            if (share == 0) {
                return;
            }
            int[] words = new int[batch.length];
            stream.fill(epoch, step, words);
            int dropped = (int) Math.round(share * Integer.MAX_VALUE);
            float kept = (float) (1 / (1 - share));
            for (int i = 0; i < batch.length; i++) {
                batch[i] *= words[i] >>> 1 < dropped ? 0 : kept;
            }
        }

        private void requireFinite(String what, double value, int epoch) {
            if (!Double.isFinite(value)) {
                throw new NonFiniteException("class-codes: training the network diverged: in epoch " + epoch + " of "
                        + options.training().epochs() + " the " + what + " became " + value
                        + "; lower training.learningRate (now "
                        + options.training().learningRate() + ") or gain (now " + options.gain() + ")");
            }
        }

        /**
         * Computes the mean cross-entropy -log softmax(f)_c of rows and its gradient.
         *
         * @param rows k x d, without dropout and gain
         * @param classes of the rows
         * @return the loss
         */
        double loss(float[] rows, int[] classes) {
            int n = classes.length;
            int layers = widths.length - 1;
            float[] input = new float[rows.length];
            for (int i = 0; i < input.length; i++) {
                input[i] = (float) options.gain() * rows[i];
            }
            float[][] z = new float[layers + 1][];
            z[0] = input;
            for (int k = 0; k < layers; k++) {
                float[] u = new float[n * widths[k + 1]];
                Matrices.rowProducts(1, z[k], parameters[2 * k], n, widths[k], widths[k + 1], u);
                z[k + 1] = activate(u, parameters[2 * k + 1], k + 1 < layers);
            }
            float[] delta = z[layers];
            double loss = losses(delta, classes, widths[layers]);
            for (int k = layers - 1; k >= 0; k--) {
                int out = widths[k + 1];
                float[] ofWeights = Matrices.transposedProduct(delta, z[k], n, out, widths[k]);
                System.arraycopy(ofWeights, 0, gradients[2 * k], 0, ofWeights.length);
                float[] ofBiases = gradients[2 * k + 1];
                Arrays.fill(ofBiases, 0);
                for (int i = 0; i < delta.length; i++) {
                    ofBiases[i % out] += delta[i];
                }
                if (k > 0) {
                    delta = Matrices.product(delta, parameters[2 * k], n, out, widths[k]);
                    for (int i = 0; i < delta.length; i++) {
                        delta[i] *= 1 - z[k][i] * z[k][i];
                    }
                }
            }
            return loss;
        }

        /** Turns logits into the gradient of the mean loss with respect to them, (softmax(f) - indicator) / k; returns the loss. */
        private static double losses(float[] logits, int[] classes, int count) {
            int n = classes.length;
            double loss = 0;
            double[] powers = new double[count];
            for (int i = 0; i < n; i++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < count; c++) {
                    largest = Math.max(largest, logits[i * count + c]);
                }
                double sum = 0;
                for (int c = 0; c < count; c++) {
                    powers[c] = Math.exp(logits[i * count + c] - largest);
                    sum += powers[c];
                }
                loss += (Math.log(sum) + largest - logits[i * count + classes[i]]) / n;
                for (int c = 0; c < count; c++) {
                    logits[i * count + c] = (float) ((powers[c] / sum - (c == classes[i] ? 1 : 0)) / n);
                }
            }
            return loss;
        }

        /** Moves every parameter against the gradient; biases have no decay. */
        void step() {
            steps++;
            double rate = options.training().learningRate();
            float length = (float) (rate / (1 - Math.pow(BETA1, steps)));
            float unbiased = (float) (1 / (1 - Math.pow(BETA2, steps)));
            for (int p = 0; p < parameters.length; p++) {
                double decay = p == 0
                        ? options.training().firstDecay()
                        : options.training().laterDecay();
                float kept = p % 2 == 0 ? (float) (1 - rate * decay) : 1;
                float[] values = parameters[p];
                float[] gradient = gradients[p];
                float[] mean = means[p];
                float[] square = squares[p];
                for (int i = 0; i < values.length; i++) {
                    float g = gradient[i];
                    mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
                    square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
                    values[i] =
                            kept * values[i] - length * mean[i] / ((float) Math.sqrt(square[i] * unbiased) + EPSILON);
                }
            }
        }
    }
}
