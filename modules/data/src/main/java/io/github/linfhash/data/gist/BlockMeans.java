package io.github.linfhash.data.gist;

import java.util.Arrays;

/** Averages the magnitude of a filtered batch over the cells of a blocks x blocks grid. */
final class BlockMeans {
    private final Halves horizontal;
    private final Halves vertical;
    private final int blocks;
    private final int[] blockOfColumn;
    private final int[] blockOfRow;
    private final int[] columnsOfBlock;
    private final int[] rowsOfBlock;

    BlockMeans(int width, int height, int blocks) {
        this.horizontal = new Halves(width);
        this.vertical = new Halves(height);
        this.blocks = blocks;
        this.blockOfColumn = assign(width, blocks);
        this.blockOfRow = assign(height, blocks);
        this.columnsOfBlock = count(blockOfColumn, blocks);
        this.rowsOfBlock = count(blockOfRow, blocks);
    }

    /** Block b holds the pixels from floor(size * b / blocks) to before floor(size * (b + 1) / blocks). */
    private static int[] assign(int size, int blocks) {
        int[] block = new int[size];
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(block, size * b / blocks, size * (b + 1) / blocks, b);
        }
        return block;
    }

    private static int[] count(int[] assigned, int blocks) {
        int[] count = new int[blocks];
        for (int block : assigned) {
            count[block]++;
        }
        return count;
    }

    Space space(int lanes) {
        return new Space(lanes);
    }

    /** One thread's memory. */
    final class Space {
        private final int lanes;
        private final int length = vertical.pairs();
        /** For each block of columns: the sums of magnitudes over its columns, for rows +p(m) and for rows -p(m). */
        private final float[][] below;

        private final float[][] above;
        private final float[][] magnitudes;

        Space(int lanes) {
            this.lanes = lanes;
            this.below = new float[blocks][length * lanes];
            this.above = new float[blocks][length * lanes];
            this.magnitudes = new float[4][length * lanes];
        }

        /**
         * Averages one filter's output.
         *
         * @param quarters the quarter images as {@link QuarterBands#quarters} holds them
         * @param means for each lane, blocks * blocks values from {@code offset} on, columns of blocks one after
         *     the other; written
         */
        void average(QuarterBands quarters, float[][] means, int offset) {
            for (int b = 0; b < blocks; b++) {
                Arrays.fill(below[b], 0);
                Arrays.fill(above[b], 0);
            }
            for (int m = 0; m < horizontal.pairs(); m++) {
                magnitudes(quarters.quarters(0)[m], quarters.quarters(1)[m]);
                int right = blockOfColumn[horizontal.plus(m)];
                add(magnitudes[0], below[right]);
                add(magnitudes[2], above[right]);
                if (!horizontal.single(m)) {
                    int left = blockOfColumn[horizontal.minus(m)];
                    add(magnitudes[1], below[left]);
                    add(magnitudes[3], above[left]);
                }
            }
            for (int b = 0; b < blocks; b++) {
                for (int lane = 0; lane < lanes; lane++) {
                    collect(b, lane, means[lane], offset + b * blocks);
                }
            }
        }

        /** Unfolds a pair of columns: magnitudes at (+y, +x), (+y, -x), (-y, +x), (-y, -x). */
        private void magnitudes(float[] even, float[] odd) {
            int n = length * lanes;
            same(even, odd, magnitudes[0], magnitudes[3], n);
            opposite(even, odd, magnitudes[1], magnitudes[2], n);
        }

        private void collect(int column, int lane, float[] means, int offset) {
            double[] sums = new double[blocks];
            for (int m = 0; m < length; m++) {
                sums[blockOfRow[vertical.plus(m)]] += below[column][m * lanes + lane];
                if (!vertical.single(m)) {
                    sums[blockOfRow[vertical.minus(m)]] += above[column][m * lanes + lane];
                }
            }
            for (int row = 0; row < blocks; row++) {
                means[offset + row] = (float) (sums[row] / (columnsOfBlock[column] * rowsOfBlock[row]));
            }
        }
    }

    /** With x and y of the same sign s, the output is (CC - SS) + i s (SC + CS). */
    private static void same(float[] even, float[] odd, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float p = even[i] - odd[2 * n + i];
            float q = even[3 * n + i] + odd[n + i];
            float r = even[n + i] - odd[3 * n + i];
            float s = even[2 * n + i] + odd[i];
            plus[i] = (float) Math.sqrt((p - q) * (p - q) + (r + s) * (r + s));
            minus[i] = (float) Math.sqrt((p + q) * (p + q) + (r - s) * (r - s));
        }
    }

    /** With x and y of opposite signs, y of sign s, the output is (CC + SS) + i s (SC - CS). */
    private static void opposite(float[] even, float[] odd, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float p = even[i] + odd[2 * n + i];
            float q = even[3 * n + i] - odd[n + i];
            float r = even[n + i] + odd[3 * n + i];
            float s = even[2 * n + i] - odd[i];
            plus[i] = (float) Math.sqrt((p - q) * (p - q) + (r + s) * (r + s));
            minus[i] = (float) Math.sqrt((p + q) * (p + q) + (r - s) * (r - s));
        }
    }

    private static void add(float[] values, float[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /**
     * One thread's memory for the inverse transform of a batch.
     *
     * <p>Quarter q is vertically even (0, 1) or odd (2, 3) and horizontally even (0, 2) or odd (1, 3).
     */
    static final class QuarterBands {
        private final int lanes;
        private final int pixelPairsY;
        private final float[][] scratch;
        private final float[][][] bands;
        private final float[][][] partial;
        private final float[][][] turned;
        private final float[][][] quarters;

        /**
         * Sets memory aside.
         *
         * @param pairsX the most horizontal pairs of frequencies that a band has
         * @param pairsY the most vertical ones
         */
        QuarterBands(int pairsX, int pairsY, Halves x, Halves y, int lanes) {
            this.lanes = lanes;
            this.pixelPairsY = y.pairs();
            this.scratch = new float[4][pairsX * 2 * lanes];
            this.bands = new float[4][pairsY][pairsX * 2 * lanes];
            this.partial = new float[4][y.pairs()][pairsX * 2 * lanes];
            this.turned = new float[2][pairsX][turnedLength()];
            this.quarters = new float[2][x.pairs()][turnedLength()];
        }

        float[] scratch(int corner) {
            return scratch[corner];
        }

        float[][] band(int quarter) {
            return bands[quarter];
        }

        float[] row(int quarter, int j) {
            return bands[quarter][j];
        }

        /** Quarter bands after the vertical transform: rows are pixel pairs, entries are frequencies. */
        float[][] partial(int quarter) {
            return partial[quarter];
        }

        /**
         * The horizontally even (0) or odd (1) quarters with frequencies as rows; a row holds the real parts of the
         * vertically even quarter for each pixel pair, then its imaginary parts, then those of the odd quarter.
         */
        float[][] turned(int parity) {
            return turned[parity];
        }

        /** As {@link #turned}, after the horizontal transform: rows are pixel pairs. */
        float[][] quarters(int parity) {
            return quarters[parity];
        }

        int turnedLength() {
            return 4 * pixelPairsY * lanes;
        }

        /** Turns the partly transformed quarters, real and imaginary parts to different places. */
        void turn(int frequencies) {
            for (int q = 0; q < 4; q++) {
                float[][] to = turned[q % 2];
                int real = q / 2 * 2 * pixelPairsY * lanes;
                int imaginary = real + pixelPairsY * lanes;
                for (int m = 0; m < pixelPairsY; m++) {
                    float[] row = partial[q][m];
                    for (int i = 0; i < frequencies; i++) {
                        System.arraycopy(row, 2 * i * lanes, to[i], real + m * lanes, lanes);
                        System.arraycopy(row, (2 * i + 1) * lanes, to[i], imaginary + m * lanes, lanes);
                    }
                }
            }
        }
    }
}
