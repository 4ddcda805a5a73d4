package io.github.linfhash.data.gist;

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
                width, height, FINEST / Math.pow(SCALE_RATIO, scale), sharpness, Math.PI / orientations * orientation);
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
