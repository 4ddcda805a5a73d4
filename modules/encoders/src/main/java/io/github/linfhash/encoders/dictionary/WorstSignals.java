package io.github.linfhash.encoders.dictionary;

/** Hands out the worst represented signals of one iteration, each once. Mutable. */
final class WorstSignals {
    private final boolean[] used;

    WorstSignals(int signals) {
        used = new boolean[signals];
    }

    /**
     * The signal with the largest residual among those not handed out, or -1 where all of those have none.
     *
     * @param residuals m x n, row-major
     */
    int next(double[] residuals) {
        int dimension = residuals.length / used.length;
        int worst = -1;
        double largest = 0;
        for (int i = 0; i < used.length; i++) {
            double norm = used[i] ? 0 : Vectors.norm(residuals, i * dimension, dimension);
            if (norm > largest) {
                worst = i;
                largest = norm;
            }
        }
        if (worst >= 0) {
            used[worst] = true;
        }
        return worst;
    }
}
