package io.github.linfhash.codes;

import java.util.Arrays;

/**
 * The nearest of m fixed points of few coordinates, by |p|^2 - 2 x.p in float32; safe for threads.
 *
 * <p>For vectors of a dozen coordinates a product by BLAS costs less than to hand it over. The score of a point is a sum of one order, so
 * that what a row finds does not depend on the rows beside it: |p|^2, which is summed in double and then rounded, plus ((x0 p0 + x1 p1) +
 * x2 p2) + x3 p3 for each four coordinates in turn, where p has the factor -2 and is 0 behind the last coordinate; nothing is fused.
 *
 * <p>Each loop is over arrays of their own, so that the compiler makes vector instructions of it: for a row over the points, and for
 * many rows, those of a tile, over these. Of a tile's scores the least of each few points are kept, not all; those few are computed
 * once more to find which one it was.
 */
public final class SmallCodebook {
    /** Rows at a time. With its header, an array of as many floats fills 17 cache lines, so that those of a tile are aligned alike. */
    private static final int TILE = 268;
    /** The rows from which on a tile that is filled in part costs less than rows one by one. */
    private static final int LEAST_OF_TILE = 128;
    /** The rows from which on a vector that is filled in part costs less than rows one by one. */
    private static final int LEAST_OF_VECTOR = 8;
    /** Of so many points the least score is kept. */
    private static final int GROUP = 4;

    private final int count;
    private final int dimension;
    /** m x ceil(d / 4) 4 values of -2 p, so that four can be taken at a time; and the same column by column. */
    private final float[] points;

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
        int width = (dimension + 3) / 4 * 4;
        this.columns = new float[width][count];
        this.points = new float[count * width];
        this.squaredNorms = new float[count];
        for (int i = 0; i < count; i++) {
            double squared = 0;
            for (int j = 0; j < dimension; j++) {
                float value = points[i * dimension + j];
                columns[j][i] = -2 * value;
                this.points[i * width + j] = -2 * value;
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
    public final class Nearest {
        private final float[] rows;
        private final int[] nearest;

        private Nearest(float[] rows) {
            this.rows = rows;
            this.nearest = new int[rows.length / dimension];
        }

        /** The nearest point of a row; of equally near ones the first. */
        public int point(int row) {
            return nearest[row];
        }

        /** Computes how far it is, squared, from the row as it is now; not below 0. */
        public double squaredDistance(int row) {
            float[] x = Arrays.copyOfRange(rows, row * dimension, row * dimension + columns.length);
            Arrays.fill(x, dimension, x.length, 0);
            double squared = score(x, nearest[row]);
            for (int j = 0; j < dimension; j++) {
                squared += (double) x[j] * x[j];
            }
            return Math.max(0, squared);
        }
    }

    /**
     * Finds the nearest point of each row.
     *
     * @param rows n x d, row-major; not copied, for {@link Nearest#squaredDistance}
     */
    public Nearest of(float[] rows) {
        Nearest found = new Nearest(rows);
        int n = found.nearest.length;
        int from = 0;
        if (VectorKernels.FOUND != null && n >= LEAST_OF_VECTOR) {
            VectorKernels.FOUND.nearest(rows, dimension, n, points, squaredNorms, found.nearest);
            from = n;
        } else if (n >= LEAST_OF_TILE) {
            Tile tile = new Tile();
            for (; n - from >= LEAST_OF_TILE; from += TILE) {
                tile.nearest(rows, from, Math.min(TILE, n - from), found.nearest);
            }
        }
        float[] scores = new float[count];
        float[] row = new float[columns.length];
        for (int i = from; i < n; i++) {
            System.arraycopy(rows, i * dimension, row, 0, dimension);
            System.arraycopy(squaredNorms, 0, scores, 0, count);
            for (int j = 0; j < row.length; j += 4) {
                addFour(row, j, j, columns, scores);
            }
            found.nearest[i] = first(scores);
        }
        return found;
    }

    private static int first(float[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] < scores[best]) {
                best = k;
            }
        }
        return best;
    }

    /** Room for the scores of rows side by side; used by one thread. */
    private final class Tile {
        /** Coordinates, the least scores of groups of points, and four more; allocated together, so that they are aligned alike. */
        private final float[][] arrays = new float[columns.length + (count + GROUP - 1) / GROUP + 4][TILE];

        private final float[] scores = arrays[arrays.length - 1];
        private final float[] least = arrays[arrays.length - 2];
        private final float[] before = arrays[arrays.length - 3];
        private final float[] groups = arrays[arrays.length - 4];
        private final float[] x = new float[columns.length];

        /**
         * Finds the nearest points of rows side by side; of equally near ones the first.
         *
         * @param rows row-major
         * @param from the first of the rows that are meant
         * @param size how many, at most {@value #TILE}
         * @param nearest gets their points, at the same places
         */
        void nearest(float[] rows, int from, int size, int[] nearest) {
            turn(rows, from, size);
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            Arrays.fill(before, 1);
            Arrays.fill(groups, 0);
            int end = arrays.length - 4;
            for (int k = 0, group = columns.length; group < end; group++) {
                Arrays.fill(arrays[group], Float.POSITIVE_INFINITY);
                for (int l = 0; l < GROUP && k < count; l++, k++) {
                    score(k, arrays[group]);
                }
                takeLess(arrays[group], least);
            }
            for (int group = columns.length; group < end - 1; group++) {
                countGroup(arrays[group], least, before, groups);
            }
            for (int r = 0; r < size; r++) {
                System.arraycopy(rows, (from + r) * dimension, x, 0, dimension);
                nearest[from + r] =
                        Float.isNaN(least[r]) ? firstLess(x) : firstEqual(x, GROUP * (int) groups[r], least[r]);
            }
        }

        /** Puts the coordinates of the rows side by side. */
        private void turn(float[] rows, int from, int size) {
            for (int j = 0; j < dimension; j++) {
                for (int r = 0; r < size; r++) {
                    arrays[j][r] = rows[(from + r) * dimension + j];
                }
            }
        }

        /** Takes the scores of a point into the least ones of its group. */
        private void score(int k, float[] leastOfGroup) {
            int at = k * columns.length;
            int last = columns.length - 4;
            setFour(squaredNorms[k], points, at, arrays, scores);
            for (int j = 4; j < last; j += 4) {
                addFour(points, at + j, j, arrays, scores);
            }
            if (last == 0) {
                takeLess(scores, leastOfGroup);
            } else {
                takeLessWithFour(points, at + last, last, arrays, scores, leastOfGroup);
            }
        }
    }

    private float score(float[] x, int k) {
        float score = squaredNorms[k];
        for (int j = 0, at = k * x.length; j < x.length; j += 4, at += 4) {
            score += x[j] * points[at]
                    + x[j + 1] * points[at + 1]
                    + x[j + 2] * points[at + 2]
                    + x[j + 3] * points[at + 3];
        }
        return score;
    }

    /** The first point of the least score, from one on that is not behind it. */
    private int firstEqual(float[] x, int from, float least) {
        int point = from;
        while (score(x, point) != least) {
            point++;
        }
        return point;
    }

    /** Where a score is no number, which is below none. */
    private int firstLess(float[] x) {
        float[] scores = new float[count];
        for (int k = 0; k < count; k++) {
            scores[k] = score(x, k);
        }
        return first(scores);
    }

    private static void takeLess(float[] scores, float[] least) {
        for (int r = 0; r < least.length; r++) {
            least[r] = Math.min(least[r], scores[r]);
        }
    }

    /** Counts a group where neither it nor one before has the least score. A difference of floats is 0 or at least 1.4e-45. */
    private static void countGroup(float[] scores, float[] least, float[] before, float[] groups) {
        for (int r = 0; r < least.length; r++) {
            float still = before[r] * Math.min(1, (scores[r] - least[r]) * 1e38f * 1e38f);
            before[r] = still;
            groups[r] += still;
        }
    }

    /** The sum that {@link #addFour} makes of scores that are all this norm. */
    private static void setFour(float norm, float[] factors, int at, float[][] arrays, float[] scores) {
        float x0 = factors[at];
        float x1 = factors[at + 1];
        float x2 = factors[at + 2];
        float x3 = factors[at + 3];
        float[] a0 = arrays[0];
        float[] a1 = arrays[1];
        float[] a2 = arrays[2];
        float[] a3 = arrays[3];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = norm + (x0 * a0[k] + x1 * a1[k] + x2 * a2[k] + x3 * a3[k]);
        }
    }

    private static void addFour(float[] factors, int at, int j, float[][] arrays, float[] scores) {
        float x0 = factors[at];
        float x1 = factors[at + 1];
        float x2 = factors[at + 2];
        float x3 = factors[at + 3];
        float[] a0 = arrays[j];
        float[] a1 = arrays[j + 1];
        float[] a2 = arrays[j + 2];
        float[] a3 = arrays[j + 3];
        for (int k = 0; k < scores.length; k++) {
            scores[k] += x0 * a0[k] + x1 * a1[k] + x2 * a2[k] + x3 * a3[k];
        }
    }

    /** As {@link #addFour} and {@link #takeLess}, without storing the sums. */
    private static void takeLessWithFour(
            float[] factors, int at, int j, float[][] arrays, float[] scores, float[] least) {
        float x0 = factors[at];
        float x1 = factors[at + 1];
        float x2 = factors[at + 2];
        float x3 = factors[at + 3];
        float[] a0 = arrays[j];
        float[] a1 = arrays[j + 1];
        float[] a2 = arrays[j + 2];
        float[] a3 = arrays[j + 3];
        for (int k = 0; k < least.length; k++) {
            least[k] = Math.min(least[k], scores[k] + (x0 * a0[k] + x1 * a1[k] + x2 * a2[k] + x3 * a3[k]));
        }
    }
}
