package io.github.linfhash.spark.statistics;

import java.io.Serializable;

/**
 * Sums of float64 values, each kept as the unevaluated sum of two, so that they carry about 106 bits (Dekker, "A
 * floating-point technique for extending the available precision", 1971; Knuth's two-sum). Rounded to float64 in the end,
 * they are the same in any order of addition unless the exact sum is within about 1e-31 of it halfway between two numbers.
 */
final class CompensatedSums implements Serializable {
    private final double[] high;
    private final double[] low;

    CompensatedSums(int size) {
        high = new double[size];
        low = new double[size];
    }

    int size() {
        return high.length;
    }

    /** Adds a value to one of the sums. */
    void add(int at, double value) {
        add(at, value, 0);
    }

    /** Adds the other's sums to these, one by one. */
    void addAll(CompensatedSums other) {
        for (int at = 0; at < high.length; at++) {
            add(at, other.high[at], other.low[at]);
        }
    }

    private void add(int at, double value, double rest) {
        double sum = high[at] + value;
        double part = sum - high[at];
        double error = (high[at] - (sum - part)) + (value - part) + (low[at] + rest);
        high[at] = sum + error;
        low[at] = error - (high[at] - sum);
    }

    /** A sum, rounded to float64. */
    double get(int at) {
        return high[at];
    }

    /** All sums divided by a number. */
    double[] dividedBy(long divisor) {
        double[] quotients = new double[high.length];
        for (int at = 0; at < quotients.length; at++) {
            quotients[at] = high[at] / (double) divisor;
        }
        return quotients;
    }
}
