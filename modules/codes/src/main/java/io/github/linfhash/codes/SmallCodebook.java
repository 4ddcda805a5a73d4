package io.github.linfhash.codes;

import java.util.Arrays;

/**
 * The nearest of m fixed points of few coordinates, by |p|^2 - 2 x.p in float32; safe for threads.
 *
 * <p>For vectors of a dozen coordinates a product by BLAS costs less than to hand it over. The points lie column by column, each in
 * an array of its own, so that the compiler makes vector instructions of the loops over them. Of many rows, those of a tile have their
 * scores beside each other, so that the search for the least ones is made of vector instructions too. What a row finds does not depend on
 * the rows beside it, as sums have one order.
 */
public final class SmallCodebook {
    /** So many rows at a time that their scores stay in a processor's cache. */
    private static final int TILE = 128;

    /** Of so many points the least score is kept, so that few scores are looked through for the place of the least one. */
    private static final int GROUP = 16;

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
        int tiled = n / TILE * TILE;
        if (tiled > 0) {
            Tile tile = new Tile();
            for (int from = 0; from < tiled; from += TILE) {
                tile.find(rows, from, nearest);
            }
        }
        float[] scores = new float[count];
        float[] row = new float[columns.length];
        for (int i = tiled; i < n; i++) {
            System.arraycopy(rows, i * dimension, row, 0, dimension);
            System.arraycopy(squaredNorms, 0, scores, 0, count);
            for (int j = 0; j < row.length; j += 4) {
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
            int best = 0;
            for (int k = 1; k < count; k++) {
                if (scores[k] < scores[best]) {
                    best = k;
                }
            }
            take(rows, i, best, scores[best], nearest);
        }
        return nearest;
    }

    private void take(float[] rows, int i, int point, float score, Nearest nearest) {
        double squared = score;
        for (int j = 0; j < dimension; j++) {
            float value = rows[i * dimension + j];
            squared += (double) value * value;
        }
        nearest.points[i] = point;
        nearest.squaredDistances[i] = Math.max(0, squared);
    }

    /** The scores of {@value #TILE} rows, those of a point beside each other; used by one thread. */
    private final class Tile {
        private final float[][] coordinates = new float[columns.length][TILE];
        /** Infinite where there is no point, so that four can be taken at a time. */
        private final float[][] scores = new float[(count + 3) / 4 * 4][TILE];

        private final float[][] leastOfGroup = new float[(count + GROUP - 1) / GROUP][TILE];
        private final float[] least = new float[TILE];

        Tile() {
            for (int k = count; k < scores.length; k++) {
                Arrays.fill(scores[k], Float.POSITIVE_INFINITY);
            }
        }

        void find(float[] rows, int from, Nearest nearest) {
            for (int r = 0; r < TILE; r++) {
                for (int j = 0; j < dimension; j++) {
                    coordinates[j][r] = rows[(from + r) * dimension + j];
                }
            }
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            for (int group = 0; group < leastOfGroup.length; group++) {
                Arrays.fill(leastOfGroup[group], Float.POSITIVE_INFINITY);
                int end = Math.min(scores.length, (group + 1) * GROUP);
                for (int k = group * GROUP; k < end; k += 4) {
                    for (int l = k; l < Math.min(count, k + 4); l++) {
                        score(l, scores[l]);
                    }
                    takeLess(scores[k], scores[k + 1], scores[k + 2], scores[k + 3], leastOfGroup[group]);
                }
                takeLess(leastOfGroup[group], least);
            }
            for (int r = 0; r < TILE; r++) {
                int point = Float.isNaN(least[r]) ? firstLess(r) : firstEqual(r);
                take(rows, from + r, point, scores[point][r], nearest);
            }
        }

        private void score(int k, float[] target) {
            setFour(
                    squaredNorms[k],
                    columns[0][k],
                    coordinates[0],
                    columns[1][k],
                    coordinates[1],
                    columns[2][k],
                    coordinates[2],
                    columns[3][k],
                    coordinates[3],
                    target);
            for (int j = 4; j < columns.length; j += 4) {
                addFour(
                        columns[j][k],
                        coordinates[j],
                        columns[j + 1][k],
                        coordinates[j + 1],
                        columns[j + 2][k],
                        coordinates[j + 2],
                        columns[j + 3][k],
                        coordinates[j + 3],
                        target);
            }
        }

        /** The first point of the least score. */
        private int firstEqual(int r) {
            int group = 0;
            while (leastOfGroup[group][r] != least[r]) {
                group++;
            }
            int point = group * GROUP;
            while (scores[point][r] != least[r]) {
                point++;
            }
            return point;
        }

        /** Where a score is no number, which is below none. */
        private int firstLess(int r) {
            int best = 0;
            for (int k = 1; k < count; k++) {
                if (scores[k][r] < scores[best][r]) {
                    best = k;
                }
            }
            return best;
        }
    }

    private static void takeLess(float[] a, float[] b, float[] c, float[] d, float[] least) {
        for (int r = 0; r < least.length; r++) {
            least[r] = Math.min(least[r], Math.min(Math.min(a[r], b[r]), Math.min(c[r], d[r])));
        }
    }

    private static void takeLess(float[] scores, float[] least) {
        for (int r = 0; r < least.length; r++) {
            least[r] = Math.min(least[r], scores[r]);
        }
    }

    /** The sum that {@link #addFour} makes of scores that are all this norm. */
    private static void setFour(
            float norm,
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
            scores[k] = norm + (x0 * first[k] + x1 * second[k] + x2 * third[k] + x3 * fourth[k]);
        }
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
