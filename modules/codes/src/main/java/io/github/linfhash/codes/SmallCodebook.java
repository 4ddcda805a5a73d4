package io.github.linfhash.codes;

/**
 * The nearest of m fixed points of few coordinates, by |p|^2 - 2 x.p in float32; safe for threads.
 *
 * <p>For vectors of a dozen coordinates a product by BLAS costs less than to hand it over. The points lie column by column, each in
 * an array of its own, so that the compiler makes vector instructions of the loops over them. What a row finds does not depend on the rows beside it.
 */
public final class SmallCodebook {
    private final int count;
    private final int dimension;
    private final float[][] columns;
    private final float[] squaredNorms;

    /**
     * Takes the points.
     *
     * @param points m x d, row-major; copied
     * @param dimension d
     */
    public SmallCodebook(float[] points, int dimension) {
        this.count = points.length / dimension;
        this.dimension = dimension;
        // Columns of zeros, so that four can be taken at a time.
        this.columns = new float[(dimension + 3) / 4 * 4][count];
        this.squaredNorms = new float[count];
        for (int i = 0; i < count; i++) {
            double squared = 0;
            for (int j = 0; j < dimension; j++) {
                float value = points[i * dimension + j];
                columns[j][i] = -2 * value;
                squared += (double) value * value;
            }
            squaredNorms[i] = (float) squared;
        }
    }

    /** The number of points, m. */
    public int count() {
        return count;
    }

    /** The nearest points of rows. */
    public static final class Nearest {
        private final int[] points;
        private final double[] squaredDistances;

        private Nearest(int rows) {
            points = new int[rows];
            squaredDistances = new double[rows];
        }

        /** The nearest point of a row; of equally near ones the first. */
        public int point(int row) {
            return points[row];
        }

        /** How far it is, squared; not below 0. */
        public double squaredDistance(int row) {
            return squaredDistances[row];
        }
    }

    /**
     * Finds the nearest point of each row.
     *
     * @param rows n x d, row-major
     */
    public Nearest of(float[] rows) {
        int n = rows.length / dimension;
        Nearest nearest = new Nearest(n);
        float[] scores = new float[count];
        float[] row = new float[columns.length];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows, i * dimension, row, 0, dimension);
            System.arraycopy(squaredNorms, 0, scores, 0, count);
            for (int j = 0; j < row.length; j += 4) {
                addFour(row, columns, j, scores);
            }
            int best = 0;
            float least = scores[0];
            for (int k = 1; k < scores.length; k++) {
                if (scores[k] < least) {
                    least = scores[k];
                    best = k;
                }
            }
            double squared = least;
            for (float value : row) {
                squared += (double) value * value;
            }
            nearest.points[i] = best;
            nearest.squaredDistances[i] = Math.max(0, squared);
        }
        return nearest;
    }

    private static void addFour(float[] row, float[][] columns, int j, float[] scores) {
        addFour(
                row[j],
                columns[j],
                row[j + 1],
                columns[j + 1],
                row[j + 2],
                columns[j + 2],
                row[j + 3],
                columns[j + 3],
                scores);
    }

    private static void addFour(
            float x0,
            float[] first,
            float x1,
            float[] second,
            float x2,
            float[] third,
            float x3,
            float[] fourth,
            float[] scores) {
        for (int k = 0; k < scores.length; k++) {
            scores[k] += x0 * first[k] + x1 * second[k] + x2 * third[k] + x3 * fourth[k];
        }
    }
}
