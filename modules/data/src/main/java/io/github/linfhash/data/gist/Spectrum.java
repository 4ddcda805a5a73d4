package io.github.linfhash.data.gist;

/**
 * The spectra of a batch of images in centered frequencies: rows ky, and in each row, for each kx, the real parts of all
 * lanes and then their imaginary parts.
 */
final class Spectrum {
    private final int lanes;
    private final int reachX;
    private final int reachY;
    private final float[][] rows;

    Spectrum(int paddedWidth, int paddedHeight, int lanes) {
        this.lanes = lanes;
        this.reachX = reach(paddedWidth);
        this.reachY = reach(paddedHeight);
        this.rows = new float[2 * reachY + 1][(2 * reachX + 1) * 2 * lanes];
    }

    /** Frequencies from -reach to reach are kept: all of a line of that length, and one more for even-sized bands. */
    static int reach(int paddedSize) {
        return (paddedSize + 1) / 2 + 1;
    }

    void put(int ky, int kx, int lane, float real, float imaginary) {
        float[] row = rows[reachY + ky];
        int at = (reachX + kx) * 2 * lanes + lane;
        row[at] = real;
        row[at + lanes] = imaginary;
    }

    /** The row of frequency ky, to be read only. */
    float[] row(int ky) {
        return rows[reachY + ky];
    }

    /** Where frequency kx begins in a row. */
    int offset(int kx) {
        return (reachX + kx) * 2 * lanes;
    }
}
