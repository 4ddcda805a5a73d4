package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.LabelColumns;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.ClassScores;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.BlockEncoder;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.Matrices;
import java.util.List;

/**
 * Codes of a classifier's scores: what supervised hashing has to beat where queries are of the classes of training.
 *
 * <p>Based on Sablayrolles, Douze, Usunier and Jegou, "How should we evaluate supervised hashing?", ICASSP 2017, who encode
 * the output of a classifier and find that this does better than methods made for hashing. Here the classifier is
 * ridge regression from the labeled images to their labels (f, C values a row), with a Gaussian kernel, which keeps all
 * labeled images, or linear, with d numbers a class; or a network of N units a layer ({@link SoftmaxNetwork}), which has the capacity
 * of an encoder of N bits, and whose logits are f. The code of x is sign(G s(x)) with a Gaussian N x C matrix G (stream "projections"),
 * so that codes agree in a bit with probability 1 - theta / pi for scores at an angle theta. By ridge regression, a longer code of one
 * seed begins with the shorter one; a network for longer codes is another one.
 *
 * <p>The scores s are centered, or all codes would share most bits. Where each image has one class, s is softmax(f /
 * temperature) less the share of each class in training: nearly one of C points, one for each class, in between where the
 * classifier is in doubt. The softmax of logits / temperature is the network's own posterior at temperature 1; it is flatter above
 * that, and nearer to the class decided for below. Where images have sets of labels, which do not exclude each other, s is f itself, a regression to
 * the 0/1 matrix less the share of each label; a normalization of its length would change no sign and no cosine.
 * The network refuses sets of labels.
 *
 * <p>What it leaves out: the publication's convolutional networks, and its lossless code of the class's number.
 */
public record ClassCodes(Options options) implements HashingMethod {
    private static final String NAME = "class-codes";

    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            NAME,
            "Classifier baseline",
            "A. Sablayrolles, M. Douze, N. Usunier, H. Jegou. How should we evaluate supervised hashing? ICASSP 2017",
            MethodSpec.Supervision.SUPERVISED,
            new Options(Classifier.KERNEL, 1, 0.1, 0.125, 3, 2, Training.DEFAULTS),
            ClassCodes::new,
            ScoreFunction::restore);

    private static final String STREAM = "projections";

    /** Training keeps a matrix of l x l numbers, 2 GiB for so many. */
    private static final int MOST_ROWS = 16_384;

    /** The classifiers that can give the scores. */
    public enum Classifier {
        /** Kernel ridge regression with a Gaussian kernel. */
        KERNEL,
        /** Linear ridge regression. */
        LINEAR,
        /** A network with softmax outputs. */
        NETWORK
    }

    /**
     * How the network is trained.
     *
     * @param epochs how often it goes through all labeled rows
     * @param batch rows of a step of Adam; the last step of an epoch takes what is left
     * @param learningRate of Adam, constant
     * @param firstDecay decoupled weight decay of the first layer's matrix; biases have none
     * @param laterDecay weight decay of all later matrices
     * @param inputDropout the share of input values that each step sets to 0
     */
    public record Training(
            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "1,600 steps on 2,000 vectors, which take one or two seconds.")
            @Range(least = 1, most = 1_000_000)
            int epochs,

            @Origin(value = Origin.Source.OUR_READING, note = "Same as for the encoders.")
            @Range(least = 1, most = 8192)
            int batch,

            @Origin(value = Origin.Source.OUR_READING, note = RECOMMENDED) @Range(least = 1e-8, most = 10)
            double learningRate,

            @Origin(value = Origin.Source.OUR_READING, note = RECOMMENDED) @Range(least = 0)
            double firstDecay,

            @Origin(value = Origin.Source.OUR_READING, note = RECOMMENDED) @Range(least = 0)
            double laterDecay,

            @Origin(value = Origin.Source.OUR_READING, note = RECOMMENDED) @Range(least = 0, most = 0.99)
            double inputDropout) {
        static final String RECOMMENDED = "Same as recommended for the encoders.";

        /** As the encoders are recommended to be trained. */
        public static final Training DEFAULTS = new Training(100, 128, 0.003, 0.01, 0.01, 0.3);

        public Training {
            Ranges.check(Training.class, epochs, batch, learningRate, firstDecay, laterDecay, inputDropout);
            requireDecay("firstDecay", firstDecay, learningRate);
            requireDecay("laterDecay", laterDecay, learningRate);
        }

        private static void requireDecay(String option, double decay, double rate) {
            Ranges.require(decay * rate < 1, option + ": expected a number below 1 / learningRate, found " + decay);
        }
    }

    /**
     * The options.
     *
     * @param classifier what gives the scores
     * @param gamma the kernel of two rows is exp(-gamma |x - y|^2); of no effect without the kernel
     * @param lambda what is added to the diagonal of the kernel matrix, whose entries there are 1, or of X X'; of no effect on the
     *     network
     * @param temperature scores of classes are softmax(f / temperature); of no effect where rows have sets of labels
     * @param hiddenLayers of the network, each of as many tanh units as the code has bits
     * @param gain what the network's inputs are multiplied by
     * @param training how the network is trained
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = "The better classifier on training images of CIFAR-10.")
            Classifier classifier,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE) @Range(least = 1e-6, most = 1e6)
            double gamma,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE) @Range(least = 1e-6, most = 1e6)
            double lambda,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE) @Range(least = 1e-6, most = 1e6)
            double temperature,

            @Origin(value = Origin.Source.OUR_READING, note = "As many as NNH has.")
            @Range(least = 1, most = SoftmaxNetwork.MOST_HIDDEN_LAYERS)
            int hiddenLayers,

            @Origin(value = Origin.Source.OUR_READING, note = Training.RECOMMENDED) @Range(least = 1e-6, most = 1e6)
            double gain,

            Training training) {
        static final String NOTE =
                "Round numbers. On training images of CIFAR-10, none of 40 random configurations was better.";

        public Options {
            Ranges.check(Options.class, classifier, gamma, lambda, temperature, hiddenLayers, gain, training);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        int l = training.labeled().rows();
        boolean network = options.classifier() == Classifier.NETWORK;
        boolean exclusive = training.labels() instanceof ClassLabels;
        if (l > MOST_ROWS && !network) {
            throw new InputException("class-codes: expected at most " + MOST_ROWS
                    + " labeled training images, as it solves a system of that order, found " + l);
        }
        if (network && !exclusive) {
            throw new InputException(
                    "class-codes: classifier: network learns from one class for each training image, and"
                            + " these have sets of labels; take classifier: kernel or linear");
        }
        boolean[][] columns = LabelColumns.of(training.labels());
        double[] means = means(columns);
        Regressor regression = switch (options.classifier()) {
            case KERNEL ->
                KernelRidge.fit(training.labeled(), centered(columns, means), options.gamma(), options.lambda());
            case LINEAR -> LinearRidge.fit(training.labeled(), centered(columns, means), options.lambda());
            case NETWORK ->
                SoftmaxNetwork.fit(training.labeled(), classes(columns), means.length, bits, options, context.random());
        };
        double[][] directions = Matrices.gaussian(bits, means.length, context.random().stream(STREAM));
        return new ScoreFunction(
                regression,
                exclusive ? options.temperature() : 0,
                exclusive ? means : new double[means.length],
                Matrices.toFloats(Matrices.flatten(directions)));
    }

    /** The share of rows that carry each label. */
    private static double[] means(boolean[][] columns) {
        int l = columns[0].length;
        double[] means = new double[columns.length];
        boolean differ = false;
        for (int c = 0; c < columns.length; c++) {
            int carriers = 0;
            for (boolean carried : columns[c]) {
                carriers += carried ? 1 : 0;
            }
            differ |= carriers > 0 && carriers < l;
            means[c] = (double) carriers / l;
        }
        if (!differ) {
            throw new InputException(
                    "class-codes: expected training images of two classes or more, found the same labels on all " + l);
        }
        return means;
    }

    /** The number of the only label of each row. */
    private static int[] classes(boolean[][] columns) {
        int[] classes = new int[columns[0].length];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < classes.length; i++) {
                if (columns[c][i]) {
                    classes[i] = c;
                }
            }
        }
        return classes;
    }

    /** Returns the targets of the regression, C columns of l values: 1 for the rows that carry a label, else 0, less the mean. */
    private static double[] centered(boolean[][] columns, double[] means) {
        int l = columns[0].length;
        double[] centered = new double[Math.multiplyExact(columns.length, l)];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < l; i++) {
                centered[c * l + i] = (columns[c][i] ? 1 : 0) - means[c];
            }
        }
        return centered;
    }

    /** Bit b of x is 1 if direction b times the scores of x is greater than 0; the scores are the real outputs. */
    private static final class ScoreFunction implements RealOutputs {
        private static final String KIND = "class-scores";
        private static final String LINEAR_KIND = "linear-class-scores";
        private static final String NETWORK_KIND = "network-class-scores";
        private static final String SOFTMAX = "softmax";
        private static final String LINEAR = "linear";

        /** Makes blocks of 256 rows, as many as a product takes at a time: the kernel has a value for each training row. */
        private static final int VALUES_PER_ROW = 1 << 11;

        private final Regressor regression;

        /** 0 where scores are the regression's values. */
        private final double temperature;

        /** The share of each label: scores are without it, and so are the values of a centered regression. */
        private final double[] means;

        private final int bits;
        private final float[] directions;

        /** Takes N directions of C values, one after another. */
        ScoreFunction(Regressor regression, double temperature, double[] means, float[] directions) {
            this.regression = regression;
            this.temperature = temperature;
            this.means = means;
            this.bits = directions.length / means.length;
            this.directions = directions;
        }

        static ScoreFunction restore(ModelState state) {
            String kind = List.of(LINEAR_KIND, NETWORK_KIND).contains(state.kind()) ? state.kind() : KIND;
            StateReader in = StateReader.of(state, kind);
            List<String> forms = kind.equals(NETWORK_KIND) ? List.of(SOFTMAX) : List.of(SOFTMAX, LINEAR);
            boolean linear = in.word("scores", forms).equals(LINEAR);
            int labels = in.rows(!linear ? "means" : kind.equals(LINEAR_KIND) ? "weights" : "coefficients");
            double[] means = linear ? new double[labels] : in.doubles("means", labels);
            double temperature = linear ? 0 : in.number("temperature", Double.MIN_NORMAL, Double.MAX_VALUE);
            Regressor regression = switch (kind) {
                case LINEAR_KIND -> LinearRidge.read(in, labels);
                case NETWORK_KIND -> SoftmaxNetwork.read(in, labels);
                case KIND -> KernelRidge.read(in, labels);
                default -> throw new IllegalStateException("kind: none of the three");
            };
            float[] directions = in.floats("directions", in.outputs(), labels);
            in.end();
            return new ScoreFunction(regression, temperature, means, directions);
        }

        @Override
        public ModelState state() {
            ModelState state = regression.addTo(new ModelState(kind(), dimension(), bits));
            state = temperature == 0
                    ? state.with("scores", LINEAR)
                    : state.with("scores", SOFTMAX)
                            .with("temperature", temperature)
                            .with("means", ModelArray.doubles(means, means.length));
            return state.with("directions", ModelArray.floats(directions, bits, means.length));
        }

        private String kind() {
            if (regression instanceof LinearRidge) {
                return LINEAR_KIND;
            }
            return regression instanceof SoftmaxNetwork ? NETWORK_KIND : KIND;
        }

        @Override
        public int bits() {
            return bits;
        }

        @Override
        public int dimension() {
            return regression.dimension();
        }

        /** Counts the parameters of the regression, the directions, and the temperature with the means. */
        @Override
        public long parameters() {
            return regression.parameters() + (temperature == 0 ? 0 : means.length + 1L) + directions.length;
        }

        /** The centered scores, C for each row. */
        @Override
        public float[] outputs(FeatureMatrix features) {
            return encoder(means.length).values(features, this::scores);
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            return encoder(bits).encode(features, rows -> projections(scores(rows)));
        }

        @Override
        public Encoding encodeWithOutputs(FeatureMatrix features) {
            float[] scores = outputs(features);
            return new Encoding(
                    BinaryCodes.ofSigns(features.rows(), bits, projections(scores)),
                    FeatureMatrix.owning(features.rows(), means.length, scores));
        }

        private BlockEncoder encoder(int values) {
            return new BlockEncoder(dimension(), values, VALUES_PER_ROW);
        }

        private float[] scores(float[] rows) {
            float[] scores = regression.of(rows);
            for (int at = 0; temperature > 0 && at < scores.length; at += means.length) {
                ClassScores.soften(scores, at, temperature, means, regression.centered());
            }
            return scores;
        }

        private float[] projections(float[] scores) {
            return ClassScores.projections(scores, directions, means.length);
        }
    }
}
