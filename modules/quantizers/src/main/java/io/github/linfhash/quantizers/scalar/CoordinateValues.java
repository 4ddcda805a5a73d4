package io.github.linfhash.quantizers.scalar;

import java.util.Arrays;

/**
 * The 2^B values of the least mean squared error for one coordinate of a uniformly distributed direction in d dimensions (Lloyd 1982, Max
 * 1960), whose density is proportional to (1 - x^2)^((d - 3) / 2); immutable.
 */
final class CoordinateValues {
    private static final int CELLS = 1 << 16;
    private static final int MOST_ROUNDS = 10_000;

    private final float[] values;
    private final float[] borders;

    private CoordinateValues(float[] values, float[] borders) {
        this.values = values;
        this.borders = borders;
    }

    /** By Lloyd's algorithm on a fine grid, for d at least 2. */
    static CoordinateValues of(int d, int bits) {
        double reach = Math.min(1, 8 / Math.sqrt(d));
        double[] places = new double[CELLS];
        double[] masses = new double[CELLS];
        for (int c = 0; c < CELLS; c++) {
            places[c] = reach * (2 * (c + 0.5) / CELLS - 1);
            masses[c] = Math.exp((d - 3) / 2.0 * Math.log1p(-places[c] * places[c]));
        }
        int count = 1 << bits;
        double[] values = new double[count];
        for (int v = 0; v < count; v++) {
            values[v] = 2 / Math.sqrt(d) * (2 * (v + 0.5) / count - 1);
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = means(values, places, masses);
            boolean still = true;
            for (int v = 0; v < count; v++) {
                still &= Math.abs(next[v] - values[v]) < 1e-12;
            }
            values = next;
            if (still) {
                break;
            }
        }
        float[] borders = new float[count - 1];
        float[] narrowed = new float[count];
        for (int v = 0; v < count; v++) {
            narrowed[v] = (float) values[v];
            if (v > 0) {
                borders[v - 1] = (float) ((values[v - 1] + values[v]) / 2);
            }
        }
        return new CoordinateValues(narrowed, borders);
    }

    /** The mean of what is nearest to each value. */
    private static double[] means(double[] values, double[] places, double[] masses) {
        double[] sums = new double[values.length];
        double[] total = new double[values.length];
        int v = 0;
        for (int c = 0; c < places.length; c++) {
            while (v + 1 < values.length && places[c] > (values[v] + values[v + 1]) / 2) {
                v++;
            }
            sums[v] += places[c] * masses[c];
            total[v] += masses[c];
        }
        double[] means = values.clone();
        for (int k = 0; k < values.length; k++) {
            if (total[k] > 0) {
                means[k] = sums[k] / total[k];
            }
        }
        return means;
    }

    /** The bytes of the values; where one ends and the next begins follows from them. */
    long bytes() {
        return (long) Float.BYTES * values.length;
    }

    int nearest(float x) {
        int place = Arrays.binarySearch(borders, x);
        return place >= 0 ? place : -place - 1;
    }

    float value(int number) {
        return values[number];
    }

    /** All values, ascending. */
    float[] values() {
        return values.clone();
    }
}
