package io.github.linfhash.codes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The scores that a classifier gives C classes, and their products with N directions, whose signs are a code. */
public final class ClassScores {
    static final String KERNEL = "class-scores";
    static final String LINEAR = "linear-class-scores";
    static final String NETWORK = "network-class-scores";

    private static final int MOST_HIDDEN_LAYERS = 8;

    private ClassScores() {}

    /**
     * Turns the values f of a vector into softmax(f / temperature) - means.
     *
     * @param values C of them from {@code at} on; replaced
     * @param temperature above 0
     * @param means the share of each class
     * @param centered whether f is without the means, which are added first
     */
    public static void soften(float[] values, int at, double temperature, double[] means, boolean centered) {
        double[] powers = new double[means.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < powers.length; c++) {
            powers[c] = (values[at + c] + (centered ? means[c] : 0)) / temperature;
            largest = Math.max(largest, powers[c]);
        }
        double sum = 0;
        for (int c = 0; c < powers.length; c++) {
            powers[c] = Math.exp(powers[c] - largest);
            sum += powers[c];
        }
        for (int c = 0; c < powers.length; c++) {
            values[at + c] = (float) (powers[c] / sum - means[c]);
        }
    }

    /**
     * Multiplies scores by directions.
     *
     * @param scores k x C, row-major
     * @param directions N x C, row-major
     * @return k x N, row-major
     */
    public static float[] projections(float[] scores, float[] directions, int classes) {
        int bits = directions.length / classes;
        float[] projections = new float[scores.length / classes * bits];
        for (int i = 0; i < projections.length; i++) {
            int row = i / bits * classes;
            int direction = i % bits * classes;
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += scores[row + c] * directions[direction + c];
            }
            projections[i] = sum;
        }
        return projections;
    }

    /** Reads the function of one of the three kinds: from a vector to the products of its scores. */
    static UnaryOperator<float[]> read(ModelValues in, String kind) throws InvalidFileException {
        boolean network = kind.equals(NETWORK);
        boolean linear = in.word("scores", network ? List.of("softmax") : List.of("softmax", "linear"))
                .equals("linear");
        int classes = in.rows(!linear ? "means" : kind.equals(LINEAR) ? "weights" : "coefficients");
        double[] means = linear ? new double[classes] : in.doubles("means", classes);
        double temperature = linear ? 0 : in.number("temperature", Double.MIN_NORMAL, Double.MAX_VALUE);
        float[] directions = in.floats("directions", in.outputs(), classes);
        UnaryOperator<float[]> classifier = switch (kind) {
            case LINEAR -> AffineMap.of(in.floats("weights", classes, in.inputs()), in.inputs(), null, null)::apply;
            case NETWORK -> network(in, classes)::apply;
            case KERNEL -> kernel(in, classes);
            default -> throw new IllegalStateException("kind: a word of the list without a classifier");
        };
        return x -> {
            float[] scores = classifier.apply(x);
            if (!linear) {
                soften(scores, 0, temperature, means, !network);
            }
            return projections(scores, directions, classes);
        };
    }

    private static UnaryOperator<float[]> kernel(ModelValues in, int classes) throws InvalidFileException {
        int l = in.rows("rows");
        PointDistances distances = new PointDistances(in.floats("rows", l, in.inputs()), in.inputs());
        double gamma = in.number("gamma", Double.MIN_NORMAL, Double.MAX_VALUE);
        AffineMap coefficients = AffineMap.of(in.floats("coefficients", classes, l), l, null, null);
        return x -> {
            float[] values = distances.of(x);
            GaussianKernel.apply(values, gamma);
            return coefficients.apply(values);
        };
    }

    private static EncoderNetwork network(ModelValues in, int classes) throws InvalidFileException {
        int hidden = in.count("hiddenLayers", 1, MOST_HIDDEN_LAYERS);
        double gain = in.number("gain", Double.MIN_NORMAL, Double.MAX_VALUE);
        float[][] parameters = new float[2 * hidden + 2][];
        int width = in.inputs();
        for (int k = 1; k <= hidden + 1; k++) {
            int outputs = k <= hidden ? in.outputs() : classes;
            parameters[2 * k - 2] = in.floats("W" + k, outputs, width);
            parameters[2 * k - 1] = in.floats("b" + k, outputs);
            width = outputs;
        }
        return network(gain, in.inputs(), parameters);
    }

    /**
     * Returns a network with tanh in its hidden layers, whose outputs are logits: z_0 = g x, z_k = tanh(W_k z_(k-1) + b_k).
     *
     * @param gain g
     * @param inputs the dimension of x
     * @param parameters W_1, b_1, W_2, b_2, ...; a matrix contains a row for each output, row-major
     */
    public static EncoderNetwork network(double gain, int inputs, float[][] parameters) {
        List<EncoderNetwork.Layer> layers = new ArrayList<>();
        int width = inputs;
        for (int k = 0; k < parameters.length; k += 2) {
            float[] weights = parameters[k].clone();
            for (int i = 0; k == 0 && i < weights.length; i++) {
                weights[i] = (float) (gain * weights[i]);
            }
            Activation activation = k + 2 < parameters.length
                    ? (u, z) -> Activation.tanh(1, u, z)
                    : (u, z) -> System.arraycopy(u, 0, z, 0, u.length);
            layers.add(new EncoderNetwork.Layer(AffineMap.of(weights, width, null, parameters[k + 1]), activation));
            width = parameters[k + 1].length;
        }
        return EncoderNetwork.chain(layers);
    }
}
