package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.LabelColumns;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.Origin;
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
 * labeled images, or linear, with d numbers a class. The code of x is sign(G s(x)) with a Gaussian N x C matrix G (stream "projections"), so that codes agree in a bit with
 * probability 1 - theta / pi for scores at an angle theta. A longer code of one seed begins with the shorter one.
 *
 * <p>The scores s are centered, or all codes would share most bits. Where each image has one class, s is softmax(f /
 * temperature) less the share of each class in training: nearly one of C points, one for each class, in between where the
 * classifier is in doubt. Where images have sets of labels, which do not exclude each other, s is f itself, a regression to
 * the 0/1 matrix less the share of each label; a normalization of its length would change no sign and no cosine.
 *
 * <p>What it leaves out: the publication's networks, and its lossless code of the class's number.
 */
public record ClassCodes(Options options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "class-codes",
            "Class codes",
            "A. Sablayrolles, M. Douze, N. Usunier, H. Jegou. How should we evaluate supervised hashing? ICASSP 2017",
            MethodSpec.Supervision.SUPERVISED,
            new Options(Classifier.KERNEL, 1, 0.1, 0.125),
            ClassCodes::new,
            ScoreFunction::restore);

    private static final String STREAM = "projections";

    /** Training keeps a matrix of l x l numbers, 2 GiB for so many. */
    private static final int MOST_ROWS = 16_384;

    /** What gives the scores. */
    public enum Classifier {
        /** Kernel ridge regression with a Gaussian kernel. */
        KERNEL,
        /** Linear ridge regression. */
        LINEAR
    }

    /**
     * The options.
     *
     * @param classifier what gives the scores
     * @param gamma the kernel of two rows is exp(-gamma |x - y|^2); of no effect on the linear classifier
     * @param lambda what is added to the diagonal of the kernel matrix, whose entries there are 1, or of X X'
     * @param temperature scores of classes are softmax(f / temperature); of no effect where rows have sets of labels
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = "the better one on training images of CIFAR-10")
            Classifier classifier,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE)
            double gamma,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE)
            double lambda,

            @Origin(value = Origin.Source.OUR_READING, note = Options.NOTE)
            double temperature) {
        static final String NOTE =
                "round numbers; on training images of CIFAR-10, none of 40 random configurations was better (docs/readings.md)";

        public Options {
            require(gamma, "gamma");
            require(lambda, "lambda");
            require(temperature, "temperature");
        }

        private static void require(double value, String option) {
            if (!(value >= 1e-6 && value <= 1e6)) {
                throw new InputException(
                        "class-codes: " + option + ": expected a number from 1e-6 to 1e6, found " + value);
            }
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        int l = training.labeled().rows();
        if (l > MOST_ROWS) {
            throw new InputException("class-codes: expected at most " + MOST_ROWS
                    + " labeled training images, as it solves a system of that order, found " + l);
        }
        boolean[][] columns = LabelColumns.of(training.labels());
        double[] means = means(columns);
        double[] targets = centered(columns, means);
        Regression regression = switch (options.classifier()) {
            case KERNEL -> KernelRidge.fit(training.labeled(), targets, options.gamma(), options.lambda());
            case LINEAR -> LinearRidge.fit(training.labeled(), targets, options.lambda());
        };
        double[][] directions = Matrices.gaussian(bits, means.length, context.random().stream(STREAM));
        boolean exclusive = training.labels() instanceof ClassLabels;
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

    /** What the regression aims at, C columns of l values: 1 for the rows that carry a label, else 0, less the mean. */
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
        private static final String SOFTMAX = "softmax";
        private static final String LINEAR = "linear";

        /** Makes blocks of 256 rows, as many as a product takes at a time: the kernel has a value for each training row. */
        private static final int VALUES_PER_ROW = 1 << 11;

        private final Regression regression;

        /** 0 where scores are the regression's values. */
        private final double temperature;

        /** What was subtracted from the labels: the softmax is of values with the means, and scores are without them. */
        private final double[] means;

        private final int bits;
        private final float[] directions;

        /** Takes N directions of C values, one after another. */
        ScoreFunction(Regression regression, double temperature, double[] means, float[] directions) {
            this.regression = regression;
            this.temperature = temperature;
            this.means = means;
            this.bits = directions.length / means.length;
            this.directions = directions;
        }

        static ScoreFunction restore(ModelState state) {
            boolean linearClassifier = state.kind().equals(LINEAR_KIND);
            StateReader in = StateReader.of(state, linearClassifier ? LINEAR_KIND : KIND);
            boolean linear = in.word("scores", List.of(SOFTMAX, LINEAR)).equals(LINEAR);
            int labels = in.rows(linearClassifier ? "weights" : linear ? "coefficients" : "means");
            double[] means = linear ? new double[labels] : in.doubles("means", labels);
            double temperature = linear ? 0 : in.number("temperature", Double.MIN_NORMAL, Double.MAX_VALUE);
            Regression regression = linearClassifier ? LinearRidge.read(in, labels) : KernelRidge.read(in, labels);
            float[] directions = in.floats("directions", in.outputs(), labels);
            in.end();
            return new ScoreFunction(regression, temperature, means, directions);
        }

        @Override
        public ModelState state() {
            ModelState state = regression.addTo(
                    new ModelState(regression instanceof LinearRidge ? LINEAR_KIND : KIND, dimension(), bits));
            state = temperature == 0
                    ? state.with("scores", LINEAR)
                    : state.with("scores", SOFTMAX)
                            .with("temperature", temperature)
                            .with("means", ModelArray.doubles(means, means.length));
            return state.with("directions", ModelArray.floats(directions, bits, means.length));
        }

        @Override
        public int bits() {
            return bits;
        }

        @Override
        public int dimension() {
            return regression.dimension();
        }

        /** Those of the regression, the directions, and the temperature with the means. */
        @Override
        public long parameters() {
            return regression.parameters() + (temperature == 0 ? 0 : means.length + 1L) + directions.length;
        }

        @Override
        public int outputDimension() {
            return means.length;
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
                soften(scores, at);
            }
            return scores;
        }

        /** Turns the values f of one row into softmax((f + means) / temperature) - means. */
        private void soften(float[] values, int at) {
            double[] powers = new double[means.length];
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < powers.length; c++) {
                powers[c] = (values[at + c] + means[c]) / temperature;
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

        private float[] projections(float[] scores) {
            int labels = means.length;
            float[] projections = new float[scores.length / labels * bits];
            for (int i = 0; i < projections.length; i++) {
                int row = i / bits * labels;
                int direction = i % bits * labels;
                float sum = 0;
                for (int c = 0; c < labels; c++) {
                    sum += scores[row + c] * directions[direction + c];
                }
                projections[i] = sum;
            }
            return projections;
        }
    }
}
