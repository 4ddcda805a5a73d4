package io.github.linfhash.core.evaluation;

/**
 * The sum of precision over the relevant ranks of one tie, in closed form: codes at equal distance, of which the ranking
 * may take only some before it is cut.
 *
 * <p>All of it follows from harmonic numbers. Every {@value #STRIDE}th is tabulated once for a database, so that a billion
 * codes take 125 MB; the others are summed up from there, in the order in which a whole table would be.
 */
final class TieSums {
    private static final int STRIDE = 64;

    private final int databaseSize;
    private final double[] harmonic;

    TieSums(int databaseSize) {
        this.databaseSize = databaseSize;
        harmonic = new double[databaseSize / STRIDE + 1];
        for (int k = 1; k < harmonic.length; k++) {
            harmonic[k] = sum(harmonic[k - 1], (k - 1) * STRIDE, k * STRIDE);
        }
    }

    private static double sum(double start, int from, int to) {
        double sum = start;
        for (int n = from; n < to; n++) {
            sum += 1.0 / (n + 1);
        }
        return sum;
    }

    int databaseSize() {
        return databaseSize;
    }

    private double harmonic(int n) {
        return sum(harmonic[n / STRIDE], n / STRIDE * STRIDE, n);
    }

    /**
     * The expectation over all orders of the tie (McSherry and Najork, ECIR 2008; He, Cakir, Bargal and Sclaroff, CVPR
     * 2018), truncated after the first {@code taken} ranks of the tie.
     *
     * @param before codes ranked before the tie
     * @param relevantBefore relevant codes ranked before the tie
     * @param size codes in the tie, at least 1
     * @param relevant relevant codes in the tie
     * @param taken ranks of the tie before the cut, at most {@code size}
     */
    double expected(int before, int relevantBefore, int size, int relevant, int taken) {
        if (relevant == 0) {
            return 0;
        }
        double slope = size == 1 ? 0 : (relevant - 1.0) / (size - 1.0);
        double offset = relevantBefore + 1 - slope * (before + 1.0);
        return (double) relevant / size * (slope * taken + offset * (harmonic(before + taken) - harmonic(before)));
    }

    /**
     * The sum over a run of relevant codes at the ranks {@code before + 1 ... before + hits}: rank before + j holds
     * relevant number relevantBefore + j, so its precision is 1 + (relevantBefore - before) / rank.
     */
    double run(int before, int relevantBefore, int hits) {
        return hits + ((double) relevantBefore - before) * (harmonic(before + hits) - harmonic(before));
    }
}
