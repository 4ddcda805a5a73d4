package io.github.linfhash.data.gist;

import io.github.linfhash.data.gist.BlockMeans.QuarterBands;

/**
 * A Gabor filter cut to the frequencies that it lets pass, ready to be applied to a batch.
 *
 * <p>The magnitude of the output does not change when the spectrum is shifted, so the band is transformed as if it lay
 * around frequency 0. It is folded about its center along both axes, which leaves four real transforms of a quarter of
 * the size.
 */
final class BandFilter {
    /** Gains below this share of the greatest are dropped; in the tests this moves features by less than 1e-6 of their norm. */
    private static final double NEGLIGIBLE = 3e-6;

    private final Band vertical;
    private final Band horizontal;
    private final RowMatrix cosinesY;
    private final RowMatrix sinesY;
    private final RowMatrix cosinesX;
    private final RowMatrix sinesX;
    /** For each vertical pair and each of its four corners: the gains along a row, laid out as in {@link Spectrum}. */
    private final float[][][] gains;

    BandFilter(GaborFilter filter, Halves x, Halves y, int lanes) {
        int[] box = passed(filter);
        this.vertical = Band.covering(box[0], box[1]);
        this.horizontal = Band.covering(box[2], box[3]);
        this.cosinesY = vertical.cosines(y, filter.height());
        this.sinesY = vertical.sines(y, filter.height());
        this.cosinesX = horizontal.cosines(x, filter.width());
        this.sinesX = horizontal.sines(x, filter.width());
        this.gains = new float[vertical.pairs()][4][];
        for (int j = 0; j < vertical.pairs(); j++) {
            gains[j][0] = row(filter, vertical.above(j), 1, lanes);
            gains[j][1] = row(filter, vertical.above(j), -1, lanes);
            gains[j][2] = row(filter, vertical.below(j), 1, lanes);
            gains[j][3] = row(filter, vertical.below(j), -1, lanes);
        }
    }

    /** The least and greatest ky, then kx, at which the gain is not negligible. */
    private static int[] passed(GaborFilter filter) {
        int firstY = GaborFilter.first(filter.height());
        int firstX = GaborFilter.first(filter.width());
        double[][] plane = new double[filter.height()][filter.width()];
        double greatest = 0;
        for (int y = 0; y < filter.height(); y++) {
            for (int x = 0; x < filter.width(); x++) {
                plane[y][x] = filter.gain(firstY + y, firstX + x);
                greatest = Math.max(greatest, plane[y][x]);
            }
        }
        int[] box = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int y = 0; y < filter.height(); y++) {
            for (int x = 0; x < filter.width(); x++) {
                if (plane[y][x] >= NEGLIGIBLE * greatest) {
                    box[0] = Math.min(box[0], firstY + y);
                    box[1] = Math.max(box[1], firstY + y);
                    box[2] = Math.min(box[2], firstX + x);
                    box[3] = Math.max(box[3], firstX + x);
                }
            }
        }
        return box;
    }

    /**
     * The gains of one row, for the frequencies above (side 1) or below (side -1) the center. Those below are read as
     * the complex conjugates of the opposite frequencies, so their imaginary parts change sign.
     */
    private float[] row(GaborFilter filter, int ky, int side, int lanes) {
        double norm = 1.0 / ((double) filter.width() * filter.height());
        float[] row = new float[horizontal.pairs() * 2 * lanes];
        for (int i = 0; i < horizontal.pairs(); i++) {
            int kx = side > 0 ? horizontal.above(i) : horizontal.below(i);
            float gain = (float) (filter.gain(ky, kx) * norm);
            for (int lane = 0; lane < lanes; lane++) {
                row[i * 2 * lanes + lane] = gain;
                row[(i * 2 + 1) * lanes + lane] = side * gain;
            }
        }
        return row;
    }

    int pairsX() {
        return horizontal.pairs();
    }

    int pairsY() {
        return vertical.pairs();
    }

    /** Filters and folds the spectrum into the four quarter bands. */
    void fold(Spectrum spectrum, QuarterBands bands) {
        int length = gains[0][0].length;
        int forward = spectrum.offset(horizontal.above(0));
        int mirrored = spectrum.offset(-horizontal.below(0));
        for (int j = 0; j < vertical.pairs(); j++) {
            int above = vertical.above(j);
            int below = vertical.below(j);
            float[] a = bands.scratch(0);
            float[] b = bands.scratch(1);
            float[] c = bands.scratch(2);
            float[] d = bands.scratch(3);
            System.arraycopy(spectrum.row(above), forward, a, 0, length);
            System.arraycopy(spectrum.row(-above), mirrored, b, 0, length);
            System.arraycopy(spectrum.row(below), forward, c, 0, length);
            System.arraycopy(spectrum.row(-below), mirrored, d, 0, length);
            multiplyPair(a, b, gains[j][0], gains[j][1], length);
            multiplyPair(c, d, gains[j][2], gains[j][3], length);
            butterfly(a, c, bands.row(0, j), bands.row(2, j), length);
            butterfly(b, d, bands.row(1, j), bands.row(3, j), length);
        }
    }

    /** Replaces a and b by the sum and the difference of their filtered values. */
    private static void multiplyPair(float[] a, float[] b, float[] gainsA, float[] gainsB, int length) {
        for (int i = 0; i < length; i++) {
            float p = a[i] * gainsA[i];
            float q = b[i] * gainsB[i];
            a[i] = p + q;
            b[i] = p - q;
        }
    }

    private static void butterfly(float[] a, float[] b, float[] sums, float[] differences, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] = a[i] + b[i];
            differences[i] = a[i] - b[i];
        }
    }

    /** Transforms the quarter bands back to quarter images. */
    void inverse(QuarterBands bands, int lanes) {
        int length = horizontal.pairs() * 2 * lanes;
        for (int q = 0; q < 4; q++) {
            RowMatrix matrix = q < 2 ? cosinesY : sinesY;
            matrix.times(bands.band(q), bands.partial(q), length);
        }
        bands.turn(horizontal.pairs());
        int turnedLength = bands.turnedLength();
        cosinesX.times(bands.turned(0), bands.quarters(0), turnedLength);
        sinesX.times(bands.turned(1), bands.quarters(1), turnedLength);
    }

    /**
     * An interval of frequencies, of even length, folded about its center: pair j holds the frequencies at j + 1/2 above
     * and below the center.
     *
     * @param first the least frequency
     * @param pairs half the number of frequencies
     */
    private record Band(int first, int pairs) {
        /** The least band that holds first..last. */
        static Band covering(int first, int last) {
            return new Band(first, (last - first + 2) / 2);
        }

        int above(int j) {
            return first + pairs + j;
        }

        int below(int j) {
            return first + pairs - 1 - j;
        }

        /** The matrix (pairs of pixels x pairs of frequencies) of cos(2 pi (j + 1/2) p(m) / padded). */
        RowMatrix cosines(Halves pixels, int padded) {
            return RowMatrix.of(pixels.pairs(), pairs, (m, j) -> Math.cos(angle(j, pixels.coordinate(m), padded)));
        }

        /** As {@link #cosines}, of the sine. */
        RowMatrix sines(Halves pixels, int padded) {
            return RowMatrix.of(pixels.pairs(), pairs, (m, j) -> Math.sin(angle(j, pixels.coordinate(m), padded)));
        }

        private static double angle(int j, double coordinate, int padded) {
            return 2 * Math.PI * (j + 0.5) * coordinate / padded;
        }
    }

    /**
     * One Gabor filter, given by its gains in the frequency plane: exp(-3.5 (r - 1)^2 - 2 pi q t^2) with r the frequency
     * relative to the filter's center frequency, t the angle to its direction and q = 16 orientations^2 / 32^2.
     *
     * @param width the width of the mirrored image
     * @param height the height of the mirrored image
     * @param center the center frequency in cycles per pixel of the width
     * @param sharpness q, the angular sharpness
     * @param angle the direction in radians
     */
    record GaborFilter(int width, int height, double center, double sharpness, double angle) {
        private static final double RADIAL = 10 * 0.35;
        private static final double FINEST = 0.3;
        private static final double SCALE_RATIO = 1.85;

        /** The filter of the given scale and orientation, both counted from 0. */
        static GaborFilter of(int width, int height, GistOptions options, int scale, int orientation) {
            int orientations = options.orientationsPerScale().get(scale);
            double sharpness = 16.0 * orientations * orientations / (32 * 32);
            return new GaborFilter(
                    width,
                    height,
                    FINEST / Math.pow(SCALE_RATIO, scale),
                    sharpness,
                    Math.PI / orientations * orientation);
        }

        /** The least frequency of a line. */
        static int first(int size) {
            return -((size + 1) / 2);
        }

        /** The greatest frequency of a line. */
        static int last(int size) {
            return size / 2 - 1;
        }

        /** The gain at a frequency in cycles per line; 0 outside the plane. */
        double gain(int ky, int kx) {
            if (ky < first(height) || ky > last(height) || kx < first(width) || kx > last(width)) {
                return 0;
            }
            double fx = onGrid(kx, width);
            double fy = onGrid(ky, height);
            double radius = Math.hypot(fx, fy) / width / center - 1;
            double turn = Math.atan2(fy, fx) + angle;
            if (turn > Math.PI) {
                turn -= 2 * Math.PI;
            }
            return Math.exp(-RADIAL * radius * radius - 2 * sharpness * Math.PI * turn * turn);
        }

        /** The reference's frequency grid, which lies half a step off the true frequency where the size is odd. */
        private static double onGrid(int k, int size) {
            return k - first(size) - size / 2.0;
        }
    }
}
