package io.github.linfhash.data.gist;

/**
 * One thread's memory for the inverse transform of a batch.
 *
 * <p>Quarter q is vertically even (0, 1) or odd (2, 3) and horizontally even (0, 2) or odd (1, 3).
 */
final class QuarterBands {
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
