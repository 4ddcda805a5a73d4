package io.github.linfhash.encoders.lista;

/** The largest eigenvalue of a symmetric positive semidefinite matrix, by power iteration. */
final class SpectralNorm {
    private static final int MOST_ITERATIONS = 10_000;
    private static final double TOLERANCE = 1e-12;

    private SpectralNorm() {}

    /**
     * The largest eigenvalue.
     *
     * @param matrix n x n, row-major
     */
    static double ofPositive(double[] matrix, int n) {
        double[] vector = new double[n];
        for (int i = 0; i < n; i++) {
            vector[i] = 1 + 1.0 / (i + 1);
        }
        double norm = 0;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double before = norm;
            normalise(vector);
            vector = product(matrix, vector);
            norm = length(vector);
            if (Math.abs(norm - before) <= TOLERANCE * norm) {
                return norm;
            }
        }
        return norm;
    }

    private static double[] product(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product[i] += matrix[i * n + j] * vector[j];
            }
        }
        return product;
    }

    private static double length(double[] vector) {
        double squared = 0;
        for (double value : vector) {
            squared += value * value;
        }
        return Math.sqrt(squared);
    }

    private static void normalise(double[] vector) {
        double length = length(vector);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }
}
