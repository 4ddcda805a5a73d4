package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.graph.AnchorGraph.AnchorExtension;
import io.github.linfhash.baselines.graph.AnchorGraph.SparseWeights;
import io.github.linfhash.baselines.linalg.SmileMatrices;
import io.github.linfhash.codes.AnchorFunctions;
import io.github.linfhash.codes.AnchorWeights;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.DataShape;
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
import io.github.linfhash.linalg.KMeans;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hashing with graphs (Liu, Wang, Kumar, Chang, ICML 2011), trained on all unlabeled rows.
 *
 * <p>The anchors are K-means centers, started at a uniform sample of the rows (stream "anchors"). An {@link AnchorGraph} joins
 * the rows through them; the bits are the signs of its smoothest functions, with two layers also of a split of each side.
 *
 * @param options the options
 * @param layers 1 or 2
 */
public record Agh(Options options, int layers) implements HashingMethod {
    /** The registration of the method with one layer: one bit a function. */
    public static final MethodSpec<Options> ONE_LAYER = spec("agh1", "AGH1", 1);

    /** The registration of the method with two layers: two bits a function, the second splits each side of 0. */
    public static final MethodSpec<Options> TWO_LAYERS = spec("agh2", "AGH2", 2);

    /** The eigenvalue 1 belongs to functions that are constant on a component; the released code drops down to here. */
    private static final double LARGEST = 1 - 1e-3;

    /** Zero eigenvalues come out of the decomposition as rounding errors of either sign. */
    private static final double SMALLEST = 1e-10;

    private static MethodSpec<Options> spec(String name, String title, int layers) {
        return new MethodSpec<Options>(
                        name,
                        title,
                        "W. Liu, J. Wang, S. Kumar, S.-F. Chang: Hashing with Graphs, ICML 2011",
                        MethodSpec.Supervision.UNSUPERVISED,
                        new Options(300, 3, AnchorWeights.GAUSSIAN, 10),
                        options -> new Agh(options, layers),
                        state -> AnchorHashFunction.restore(state, layers))
                .fitting((data, options) -> Optional.of(options.fitting(data)));
    }

    /**
     * The options, for one and for two layers.
     *
     * @param anchors m, the number of K-means centers
     * @param nearest s, how many of its nearest anchors a row is joined to
     * @param weights how a row's weights to them are found
     * @param clusteringIterations the most iterations of Lloyd's algorithm
     */
    public record Options(
            @Origin(value = Origin.Source.PAPER, note = "Liu et al. 2011, section 5: 300 anchors for all data sets.")
            @Range(least = 2)
            int anchors,

            @Origin(
                    value = Origin.Source.OUR_READING,
                    note =
                            "The paper tunes it for each data set. Best of 2, 3, 5 and 10 on labeled training images of CIFAR-10.")
            @Range(least = 1)
            int nearest,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "The authors' code has only Gaussian weights.")
            AnchorWeights weights,

            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "Paper and code do not state it. The centers hardly move after 10 iterations.")
            @Range(least = 0)
            int clusteringIterations) {

        public Options {
            Ranges.check(Options.class, anchors, nearest, weights, clusteringIterations);
            Ranges.require(
                    nearest <= anchors, "nearest: expected at most the " + anchors + " anchors, found " + nearest);
        }

        /** Returns these options with at most half as many anchors as there are rows, but at least 2 and at least {@code nearest}. */
        Options fitting(DataShape data) {
            int fewer = Math.max(Math.max(2, nearest), Math.min(anchors, data.database() / 2));
            return new Options(fewer, nearest, weights, clusteringIterations);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        int functions = functions(bits, layers);
        FeatureMatrix data = training.unlabeled();
        if (data.rows() < options.anchors()) {
            throw new InputException("AGH needs at least as many unlabeled rows as anchors: there are " + data.rows()
                    + " rows for " + options.anchors() + " anchors; set anchors to at most " + data.rows() + ".");
        }
        AnchorGraph graph = AnchorGraph.of(data, anchors(data, context), options);
        double[][] embedding = embedding(graph, functions);
        SecondLayer second = layers == 1 ? null : SecondLayer.fit(graph, embedding);
        return new AnchorHashFunction(graph.extension(), embedding, second);
    }

    /** The centers of clusters, the same ones for any number of bits. */
    private FeatureMatrix anchors(FeatureMatrix data, TrainingContext context) {
        KMeans clustering = new KMeans(options.anchors(), options.clusteringIterations());
        return context.work()
                .get(
                        FeatureMatrix.class,
                        "AGH/" + clustering + "/" + context.random().seed() + "/" + data.sha256(),
                        () -> clustering.centers(data, context.random().stream("anchors"), context.progress()));
    }

    /** How many functions so many bits need. */
    private static int functions(int bits, int layers) {
        if (bits % layers != 0) {
            throw new InputException(
                    "AGH with two layers: expected an even number of bits, two for each function, found " + bits);
        }
        return bits / layers;
    }

    /**
     * The smoothest functions on the graph as Y = Z W (equations 5 and 6): with M = Lambda^-1/2 Z'Z Lambda^-1/2 and its
     * eigenpairs (v, sigma), column k of W is sqrt(n) Lambda^-1/2 v sigma^-1/2, so that Y'Y = n I. Those of the largest
     * admissible eigenvalues.
     *
     * @param columns how many
     * @return m x columns
     * @throws InputException if fewer eigenvalues lie between 0 and 0.999
     */
    static double[][] embedding(AnchorGraph graph, int columns) {
        int m = graph.anchors();
        double[] sums = graph.columnSums();
        SymmetricEigen eigen = SmileMatrices.eigen(normalized(graph.weights().gram(m), sums), m);
        int first = 0;
        while (first < m && eigen.value(first) >= LARGEST) {
            first++;
        }
        int last = first;
        while (last < m && eigen.value(last) > SMALLEST) {
            last++;
        }
        if (last - first < columns) {
            throw new InputException("AGH needs " + columns + " eigenvalues between 0 and 0.999, but the graph of " + m
                    + " anchors has " + (last - first) + "; use more anchors or fewer bits.");
        }
        double[][] w = new double[m][columns];
        for (int k = 0; k < columns; k++) {
            double[] vector = eigen.vector(first + k);
            double scale = Math.sqrt(graph.weights().rows() / eigen.value(first + k));
            for (int j = 0; j < m; j++) {
                w[j][k] = scale * vector[j] / Math.sqrt(sums[j]);
            }
        }
        return w;
    }

    private static double[] normalized(double[] gram, double[] sums) {
        int m = sums.length;
        double[] result = new double[gram.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                result[i * m + j] = gram[i * m + j] / Math.sqrt(sums[i] * sums[j]);
            }
        }
        return result;
    }

    /**
     * The two thresholds of each function's second bit (Liu et al. 2011, section 4.2, equations 10 to 13).
     *
     * <p>With g = y - b+ where y is greater than 0 and g = -y + b- elsewhere, they minimize g'(I - Z Lambda^-1 Z')g subject
     * to 1'g = 0, which has a closed form because 1'y = 0. Bits come in two halves: first the signs of all y, then of all g.
     */
    static final class SecondLayer {
        private final double[] above;
        private final double[] below;

        private SecondLayer(double[] above, double[] below) {
            this.above = above;
            this.below = below;
        }

        /** The sums that the closed form needs of one function y on the data. */
        private static final class Side {
            private final double[] weights;
            private final double[] magnitudes;
            private double sum;
            private int rows;

            /** For m anchors: {@code weights} is the sum of Z over the rows with y above 0, {@code magnitudes} is Z'|y|. */
            Side(int m) {
                weights = new double[m];
                magnitudes = new double[m];
            }

            void add(SparseWeights z, int row, double y) {
                for (int k = 0; k < z.perRow(); k++) {
                    int anchor = z.anchor(row, k);
                    magnitudes[anchor] += z.weight(row, k) * Math.abs(y);
                    if (y > 0) {
                        weights[anchor] += z.weight(row, k);
                    }
                }
                if (y > 0) {
                    sum += y;
                    rows++;
                }
            }

            /** q = b+ + b-, where the derivative along the constraint vanishes. */
            double sumOfThresholds(double[] lambda) {
                double ofMagnitudes = 0;
                double ofWeights = 0;
                for (int j = 0; j < lambda.length; j++) {
                    ofMagnitudes += weights[j] * magnitudes[j] / lambda[j];
                    ofWeights += weights[j] * weights[j] / lambda[j];
                }
                return (sum - ofMagnitudes) / (rows - ofWeights);
            }
        }

        /** Fits the thresholds to the graph's own rows; the embedding is W, m x functions. */
        static SecondLayer fit(AnchorGraph graph, double[][] embedding) {
            int functions = embedding[0].length;
            Side[] sides = new Side[functions];
            for (int k = 0; k < functions; k++) {
                sides[k] = new Side(graph.anchors());
            }
            SparseWeights z = graph.weights();
            for (int i = 0; i < z.rows(); i++) {
                double[] y = new double[functions];
                z.addProduct(i, embedding, y);
                for (int k = 0; k < functions; k++) {
                    sides[k].add(z, i, y[k]);
                }
            }
            return thresholds(sides, graph.columnSums(), z.rows());
        }

        private static SecondLayer thresholds(Side[] sides, double[] lambda, int n) {
            double[] above = new double[sides.length];
            double[] below = new double[sides.length];
            for (int k = 0; k < sides.length; k++) {
                Side side = sides[k];
                double q = side.sumOfThresholds(lambda);
                above[k] = (2 * side.sum + (n - side.rows) * q) / n;
                below[k] = (side.rows * q - 2 * side.sum) / n;
                if (!Double.isFinite(above[k]) || !Double.isFinite(below[k])) {
                    throw new NonFiniteException("the second-layer thresholds of AGH function " + k + " are " + above[k]
                            + " and " + below[k] + "; use more anchors or more neighbors");
                }
            }
            return new SecondLayer(above, below);
        }

        static SecondLayer read(StateReader in, int functions) {
            return new SecondLayer(in.doubles("above", functions), in.doubles("below", functions));
        }

        ModelState addTo(ModelState state) {
            return state.with("above", ModelArray.doubles(above, above.length))
                    .with("below", ModelArray.doubles(below, below.length));
        }

        /** b+, subtracted where function k is greater than 0. */
        double above(int k) {
            return above[k];
        }

        /** b-, added to -y elsewhere. */
        double below(int k) {
            return below[k];
        }

        /** Sets the values of the bits: first the functions y themselves, then g. */
        void apply(double[] functions, double[] bits) {
            AnchorFunctions.split(functions, above, below, bits);
        }
    }

    /**
     * The out-of-sample extension of AGH: Z of a row to the anchors, times W, and the bits of the layers. The real outputs are
     * Z W, before the layers: N values with one layer, N / 2 with two.
     */
    private static final class AnchorHashFunction implements RealOutputs {
        private static final String KIND = "anchor-graph";

        private final AnchorExtension extension;
        private final double[][] embedding;
        private final @Nullable SecondLayer second;
        private final BlockEncoder encoder;

        /**
         * Takes the learned parts.
         *
         * @param embedding W, m x functions
         * @param second null for one layer
         */
        AnchorHashFunction(AnchorExtension extension, double[][] embedding, @Nullable SecondLayer second) {
            this.extension = extension;
            this.embedding = embedding;
            this.second = second;
            int d = extension.anchors().dimension();
            int bits = embedding[0].length * (second == null ? 1 : 2);
            this.encoder =
                    new BlockEncoder(d, bits, Math.max(extension.anchors().rows(), d));
        }

        @Override
        public int bits() {
            return encoder.bits();
        }

        @Override
        public int dimension() {
            return encoder.dimension();
        }

        /** The anchors, W, the bandwidth, and a threshold for each bit beyond the functions' signs, two for each. */
        @Override
        public long parameters() {
            long functions = embedding[0].length;
            return embedding.length * (dimension() + functions) + 1 + 2 * (bits() - functions);
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            return encoder.encode(features, this::bitValues);
        }

        @Override
        public ModelState state() {
            ModelArray matrix = ModelArray.doubles(Matrices.flatten(embedding), embedding.length, embedding[0].length);
            ModelState state =
                    extension.addTo(new ModelState(KIND, dimension(), bits())).with("embedding", matrix);
            return second == null ? state : second.addTo(state);
        }

        /** The function of a state; the layers say how many functions so many bits need. */
        static AnchorHashFunction restore(ModelState state, int layers) {
            StateReader in = StateReader.of(state, KIND);
            AnchorExtension extension = AnchorExtension.read(in);
            int functions = functions(in.outputs(), layers);
            double[] embedding = in.doubles("embedding", extension.anchors().rows(), functions);
            SecondLayer second = layers == 1 ? null : SecondLayer.read(in, functions);
            in.end();
            return new AnchorHashFunction(extension, Matrices.unflatten(embedding, functions), second);
        }

        @Override
        public float[] outputs(FeatureMatrix features) {
            int functions = embedding[0].length;
            return new BlockEncoder(dimension(), functions, encoder.valuesPerRow())
                    .values(features, rows -> values(rows, functions, AnchorHashFunction::copy));
        }

        /** The functions of a row with the values of its bits behind them, which are made before the functions are rounded. */
        @Override
        public Encoding encodeWithOutputs(FeatureMatrix features) {
            int functions = embedding[0].length;
            int width = functions + bits();
            float[] both = new BlockEncoder(dimension(), width, encoder.valuesPerRow())
                    .values(features, rows -> values(rows, width, this::functionsAndBits));
            return new Encoding(
                    BinaryCodes.ofSigns(features.rows(), bits(), columns(both, width, functions, width)),
                    FeatureMatrix.owning(features.rows(), functions, columns(both, width, 0, functions)));
        }

        /** Some columns of rows that lie one after another. */
        private static float[] columns(float[] rows, int width, int from, int to) {
            int count = rows.length / width;
            float[] columns = new float[count * (to - from)];
            for (int i = 0; i < count; i++) {
                System.arraycopy(rows, i * width + from, columns, i * (to - from), to - from);
            }
            return columns;
        }

        private static void copy(double[] functions, double[] values) {
            System.arraycopy(functions, 0, values, 0, functions.length);
        }

        private void bits(double[] functions, double[] values) {
            if (second == null) {
                copy(functions, values);
            } else {
                second.apply(functions, values);
            }
        }

        private void functionsAndBits(double[] functions, double[] values) {
            double[] ofBits = new double[bits()];
            bits(functions, ofBits);
            copy(functions, values);
            System.arraycopy(ofBits, 0, values, functions.length, ofBits.length);
        }

        private float[] bitValues(float[] rows) {
            return values(rows, bits(), this::bits);
        }

        /** Applies a rule to the functions of each row; returns {@code width} values a row. */
        private float[] values(float[] rows, int width, BiConsumer<double[], double[]> rule) {
            SparseWeights z = extension.of(rows);
            double[] functions = new double[embedding[0].length];
            double[] values = new double[width];
            float[] outputs = new float[z.rows() * width];
            for (int i = 0; i < z.rows(); i++) {
                Arrays.fill(functions, 0);
                z.addProduct(i, embedding, functions);
                rule.accept(functions, values);
                for (int b = 0; b < width; b++) {
                    outputs[i * width + b] = (float) values[b];
                }
            }
            return outputs;
        }
    }
}
