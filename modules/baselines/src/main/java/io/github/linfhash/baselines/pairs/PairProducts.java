package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.RowBlocks;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Weighted sums over pairs of outer products of their features, d x d.
 *
 * <p>With A the sparse symmetric l x l matrix of pair weights and X the features less their mean, every such sum is
 * X^T A X or X^T (D - A) X, D the row sums of A: each row gathers its partners, and one product of l x d matrices does the rest.
 */
final class PairProducts {
    private final LabeledPairs pairs;
    private final double[] rows;
    private final int l;
    private final int d;
    private final int[] starts;
    private final int[] incident;

    /** Sums over pairs of rows of the features (l x d), which are centered by their mean. */
    PairProducts(FeatureMatrix features, LabeledPairs pairs) {
        this.pairs = pairs;
        this.l = features.rows();
        this.d = features.dimension();
        this.rows = Matrices.centeredRows(features, Moments.mean(features), new RowBlocks.Block(0, l));
        this.starts = starts(l, pairs);
        this.incident = incident(starts, pairs);
    }

    /** Where the pairs of each row begin in the list of all rows' pairs. */
    private static int[] starts(int l, LabeledPairs pairs) {
        int[] starts = new int[l + 1];
        for (int pair = 0; pair < pairs.size(); pair++) {
            starts[pairs.first(pair) + 1]++;
            starts[pairs.second(pair) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return starts;
    }

    private static int[] incident(int[] starts, LabeledPairs pairs) {
        int[] next = starts.clone();
        int[] incident = new int[2 * pairs.size()];
        for (int pair = 0; pair < pairs.size(); pair++) {
            incident[next[pairs.first(pair)]++] = pair;
            incident[next[pairs.second(pair)]++] = pair;
        }
        return incident;
    }

    /** The sum of w_k (x y^T + y x^T), where x and y are the ends of pair k; row-major. */
    double[] cross(double[] weights) {
        double[] gathered = new double[rows.length];
        IntStream.range(0, l).parallel().forEach(i -> gather(i, weights, gathered));
        return timesTransposedRows(gathered);
    }

    /** The sum of w_k (x - y)(x - y)^T, where x and y are the ends of pair k; row-major. */
    double[] scatter(double[] weights) {
        double[] spread = new double[rows.length];
        IntStream.range(0, l).parallel().forEach(i -> spread(i, weights, spread));
        return timesTransposedRows(spread);
    }

    private double[] timesTransposedRows(double[] right) {
        return Matrices.transposedProduct(rows, right, l, d, d);
    }

    private void gather(int i, double[] weights, double[] target) {
        for (int at = starts[i]; at < starts[i + 1]; at++) {
            int pair = incident[at];
            int other = pairs.first(pair) + pairs.second(pair) - i;
            double weight = weights[pair];
            for (int j = 0; j < d; j++) {
                target[i * d + j] += weight * rows[other * d + j];
            }
        }
    }

    private void spread(int i, double[] weights, double[] target) {
        gather(i, weights, target);
        double degree = 0;
        for (int at = starts[i]; at < starts[i + 1]; at++) {
            degree += weights[incident[at]];
        }
        for (int j = 0; j < d; j++) {
            target[i * d + j] = degree * rows[i * d + j] - target[i * d + j];
        }
    }
}
