package io.github.linfhash.data.images;

/**
 * Resizes an image to a square by area averaging: the source is laid over the square, and each pixel of the square is the
 * mean of the source's pixels over the area that it covers, which may be parts of pixels.
 */
final class AreaAverage {
    private final int side;
    private final double[] sums;

    private AreaAverage(int side) {
        this.side = side;
        this.sums = new double[3 * side * side];
    }

    /**
     * Resizes an image; one of its rows is in use at a time.
     *
     * @param target gets 3 * side * side bytes from {@code offset} on, channel after channel
     */
    static void of(RgbRows image, int side, byte[] target, int offset) {
        AreaAverage average = new AreaAverage(side);
        float[] row = new float[3 * image.width()];
        double[] squeezed = new double[3 * side];
        for (int y = 0; y < image.height(); y++) {
            image.copy(y, row);
            average.squeeze(row, squeezed);
            average.addRow(y, image.height(), squeezed);
        }
        average.round(target, offset);
    }

    /** The means over a row's pixels: 3 values for each column of the square. */
    private void squeeze(float[] row, double[] squeezed) {
        int width = row.length / 3;
        for (int column = 0; column < side; column++) {
            double from = (double) column * width / side;
            double to = (double) (column + 1) * width / side;
            for (int channel = 0; channel < 3; channel++) {
                double sum = 0;
                for (int x = (int) from; x < width && x < to; x++) {
                    sum += row[3 * x + channel] * overlap(x, from, to);
                }
                squeezed[3 * column + channel] = sum / (to - from);
            }
        }
    }

    private void addRow(int y, int height, double[] squeezed) {
        double squareHeight = (double) height / side;
        for (int line = (int) (y / squareHeight); line < side && line * squareHeight < y + 1; line++) {
            double share = overlap(y, line * squareHeight, (line + 1) * squareHeight) / squareHeight;
            for (int i = 0; i < squeezed.length; i++) {
                sums[line * squeezed.length + i] += share * squeezed[i];
            }
        }
    }

    /** How much of the pixel from {@code pixel} to {@code pixel + 1} lies between the two places. */
    private static double overlap(int pixel, double from, double to) {
        return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
    }

    private void round(byte[] target, int offset) {
        int pixels = side * side;
        for (int p = 0; p < pixels; p++) {
            for (int channel = 0; channel < 3; channel++) {
                target[offset + channel * pixels + p] = (byte) Math.round(sums[3 * p + channel]);
            }
        }
    }
}
