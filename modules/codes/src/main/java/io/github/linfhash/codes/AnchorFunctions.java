package io.github.linfhash.codes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Functions on an anchor graph (Liu, Wang, Kumar, Chang: Hashing with Graphs, ICML 2011): y = z W, where z contains the weights of a vector
 * to its s nearest of m anchors. With two layers, a second bit splits each side of 0.
 */
public final class AnchorFunctions {
    private AnchorFunctions() {}

    /**
     * Finds the s nearest anchors of a vector; of equals, the first is nearer.
     *
     * @param toAnchors the squared distances to all m anchors, from {@code from} on
     * @param s at most m
     * @param nearest receives their places, nearest first, from {@code to} on
     * @param squaredDistances receives their squared distances, ascending, from {@code to} on
     */
    public static void nearest(
            float[] toAnchors, int from, int m, int s, int[] nearest, double[] squaredDistances, int to) {
        int found = 0;
        for (int j = 0; j < m; j++) {
            double distance = toAnchors[from + j];
            if (found == s && distance >= squaredDistances[to + found - 1]) {
                continue;
            }
            int place = to + (found < s ? found++ : found - 1);
            for (; place > to && squaredDistances[place - 1] > distance; place--) {
                nearest[place] = nearest[place - 1];
                squaredDistances[place] = squaredDistances[place - 1];
            }
            nearest[place] = j;
            squaredDistances[place] = distance;
        }
    }

    /**
     * Adds z W to the functions of a vector.
     *
     * @param nearest the places of its s nearest anchors, from {@code from} on
     * @param weights to them, from {@code from} on
     * @param embedding W, m x functions
     * @param functions is added to
     */
    public static void addProduct(
            int[] nearest, double[] weights, int from, int s, double[][] embedding, double[] functions) {
        for (int k = from; k < from + s; k++) {
            double weight = weights[k];
            double[] row = embedding[nearest[k]];
            for (int column = 0; column < functions.length; column++) {
                functions[column] += weight * row[column];
            }
        }
    }

    /**
     * Sets the values of the bits of two layers: first the functions y themselves, then y - b+ where y is greater than 0, and -y + b-
     * elsewhere (section 4.2).
     *
     * @param above b+ of each function
     * @param below b- of each function
     * @param bits two for each function
     */
    public static void split(double[] functions, double[] above, double[] below, double[] bits) {
        for (int k = 0; k < functions.length; k++) {
            double y = functions[k];
            bits[k] = y;
            bits[functions.length + k] = y > 0 ? y - above[k] : -y + below[k];
        }
    }

    /** Reads the functions of a model, which has two layers if it has thresholds. */
    static UnaryOperator<float[]> read(ModelPart in) throws InvalidFileException {
        int d = in.inputs();
        int m = in.rows("anchors");
        float[] anchors = in.floats("anchors", m, d);
        int s = in.count("nearest", 1, m);
        String weights = in.word("weights", List.of("gaussian", "lae"));
        AnchorWeights.Rule rule = AnchorWeights.valueOf(weights.toUpperCase(Locale.ROOT))
                .fit(anchors, d, in.number("sigma", Double.MIN_NORMAL, Double.MAX_VALUE));
        boolean twoLayers = in.hasArray("above") || in.hasArray("below");
        if (twoLayers && in.outputs() % 2 != 0) {
            throw in.wrong("outputs", "an even number, two for each function");
        }
        int count = in.outputs() / (twoLayers ? 2 : 1);
        double[] values = in.doubles("embedding", m, count);
        double[][] embedding = new double[m][];
        for (int j = 0; j < m; j++) {
            embedding[j] = Arrays.copyOfRange(values, j * count, (j + 1) * count);
        }
        double[] above = twoLayers ? in.doubles("above", count) : new double[0];
        double[] below = twoLayers ? in.doubles("below", count) : new double[0];
        PointDistances distances = new PointDistances(anchors, d);
        return x -> {
            int[] nearest = new int[s];
            double[] squaredDistances = new double[s];
            nearest(distances.of(x), 0, m, s, nearest, squaredDistances, 0);
            double squaredNorm = Similarity.squaredLength(x, 0, d);
            double[] functions = new double[count];
            addProduct(nearest, rule.of(squaredNorm, nearest, squaredDistances), 0, s, embedding, functions);
            if (!twoLayers) {
                return rounded(functions);
            }
            double[] bits = new double[2 * count];
            split(functions, above, below, bits);
            return rounded(bits);
        };
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
