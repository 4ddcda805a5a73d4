package io.github.linfhash.data.gist;

import io.github.linfhash.data.gist.ForwardTransform.LaneRows;
import io.github.linfhash.data.gist.ForwardTransform.Mirror;

/**
 * The whitening and local contrast normalization before the Gabor filters.
 *
 * <p>On l = log(gray + 1), mirrored by 5 pixels on each side and then to an even square: h = l - blur(l), and the
 * result is h / (0.2 + sqrt(blur(h^2))), cut to the image. The blur multiplies the spectrum by exp(-(fx^2 + fy^2) /
 * s^2), s = fc / sqrt(ln 2), frequencies in cycles per padded image; it is separable, so it is one real matrix applied
 * from both sides.
 */
final class Prefilter {
    private static final int PADDING = 5;
    private static final float CONTRAST_FLOOR = 0.2f;

    private final int width;
    private final int height;
    private final int side;
    private final RowMatrix blur;
    private final GistConvention convention;

    Prefilter(int width, int height, GistOptions options) {
        this.width = width;
        this.height = height;
        int larger = Math.max(width, height) + 2 * PADDING;
        this.side = larger + larger % 2;
        this.blur = blur(side, options.prefilterCycles());
        this.convention = options.convention();
    }

    private static RowMatrix blur(int side, double cycles) {
        double squaredWidth = cycles * cycles / Math.log(2);
        double[] kernel = new double[side];
        for (int t = 0; t < side; t++) {
            for (int f = -side / 2; f < side / 2; f++) {
                kernel[t] += Math.exp(-f * f / squaredWidth) * Math.cos(2 * Math.PI * f * t / side) / side;
            }
        }
        return RowMatrix.of(side, side, (i, j) -> kernel[Math.abs(i - j)]);
    }

    Space space(int lanes) {
        return new Space(lanes);
    }

    /** Memory for one thread. */
    final class Space {
        private final int lanes;
        private final float[] gray = new float[width * height];
        private final float[][] image;
        private final float[][] low;
        private final float[][] scratch;
        private final float[][] turned;

        Space(int lanes) {
            this.lanes = lanes;
            this.image = new float[side][side * lanes];
            this.low = new float[side][side * lanes];
            this.scratch = new float[side][side * lanes];
            this.turned = new float[side][side * lanes];
        }

        /** Where the caller puts the gray values of the image that {@link #load} takes next. */
        float[] gray() {
            return gray;
        }

        /** Takes the gray values as image number {@code lane}; they are modified. */
        void load(int lane) {
            convention.scale(gray);
            double[] logs = new double[gray.length];
            double mean = 0;
            for (int i = 0; i < gray.length; i++) {
                logs[i] = Math.log(gray[i] + 1.0);
                mean += logs[i] / gray.length;
            }
            // The high-pass filter is blind to the mean; without it, single precision is enough.
            for (int y = 0; y < side; y++) {
                int row = source(y, height) * width;
                for (int x = 0; x < side; x++) {
                    image[y][x * lanes + lane] = (float) (logs[row + source(x, width)] - mean);
                }
            }
        }

        /** Filters the loaded images and copies them to {@code out}, height rows of width * lanes values. */
        void filter(float[][] out) {
            blur(image);
            for (int y = 0; y < side; y++) {
                subtractAndSquare(image[y], low[y]);
            }
            blur(low);
            for (int y = 0; y < height; y++) {
                normalize(image[y + PADDING], low[y + PADDING], out[y]);
            }
        }

        /** Blurs {@code from} into {@link #low}. */
        private void blur(float[][] from) {
            LaneRows.Size size = new LaneRows.Size(side, side, lanes);
            blur.times(from, scratch, side * lanes);
            LaneRows.transpose(scratch, turned, 0, size);
            blur.times(turned, scratch, side * lanes);
            LaneRows.transpose(scratch, low, 0, size);
        }

        /** Leaves the high-pass image in {@code pixels} and its square in {@code smooth}. */
        private void subtractAndSquare(float[] pixels, float[] smooth) {
            for (int i = 0; i < pixels.length; i++) {
                float high = pixels[i] - smooth[i];
                pixels[i] = high;
                smooth[i] = high * high;
            }
        }

        private void normalize(float[] high, float[] energy, float[] out) {
            int from = PADDING * lanes;
            for (int i = 0; i < out.length; i++) {
                out[i] = high[from + i] / (CONTRAST_FLOOR + (float) Math.sqrt(Math.abs(energy[from + i])));
            }
        }
    }

    /** The pixel of a line of {@code size} that the padded square shows at {@code position}. */
    private int source(int position, int size) {
        int padded = Mirror.source(position, size + 2 * PADDING);
        return Mirror.source(padded - PADDING, size);
    }
}
