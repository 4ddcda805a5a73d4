package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;

/**
 * The two thresholds of each function's second bit (Liu et al. 2011, section 4.2, equations 10 to 13).
 *
 * <p>With g = y - b+ where y is greater than 0 and g = -y + b- elsewhere, they minimise g'(I - Z Lambda^-1 Z')g subject
 * to 1'g = 0, which has a closed form because 1'y = 0. Bits come in two halves: first the signs of all y, then of all g.
 */
final class SecondLayer implements Layers.BitRule {
    private final double[] above;
    private final double[] below;

    private SecondLayer(double[] above, double[] below) {
        this.above = above;
        this.below = below;
    }

    /** What the closed form needs of one function y on the data. */
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
                        + " and " + below[k] + "; use more anchors or more neighbours");
            }
        }
        return new SecondLayer(above, below);
    }

    static SecondLayer read(StateReader in, int functions) {
        return new SecondLayer(in.doubles("above", functions), in.doubles("below", functions));
    }

    @Override
    public ModelState addTo(ModelState state) {
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

    @Override
    public void apply(double[] functions, double[] bits) {
        for (int k = 0; k < functions.length; k++) {
            double y = functions[k];
            bits[k] = y;
            bits[functions.length + k] = y > 0 ? y - above[k] : -y + below[k];
        }
    }
}
