package io.github.linfhash.benchmarks;

import io.github.linfhash.data.gist.GistOptions;
import org.jtransforms.fft.FloatFFT_2D;

/**
 * GIST as the LMgist convention has it, by the Fourier transforms of a library (JTransforms) in single precision: what a plain
 * implementation on the JVM would be. All of each filter's output is computed, as the reference does it. One thread uses it at a time.
 */
final class GistByFft {
    /** By how much the prefilter mirrors an image around its border, and the filters do. */
    private static final int PREFILTER_BORDER = 5;

    private static final int BORDER = 32;
    private static final double FINEST = 0.3;
    private static final double SCALE_RATIO = 1.85;

    private final int side;
    private final GistOptions options;
    private final int padded;
    private final int square;
    private final FloatFFT_2D ofPrefilter;
    private final FloatFFT_2D ofFilters;
    private final float[] lowPass;
    private final float[][] gains;
    private final float[] plane;
    private final float[] spectrum;
    private final float[] prefiltered;
    private final float[] energy;

    /** For square images of an even side. */
    GistByFft(int side, GistOptions options) {
        this.side = side;
        this.options = options;
        this.square = side + 2 * PREFILTER_BORDER;
        this.padded = side + 2 * BORDER;
        this.ofPrefilter = new FloatFFT_2D(square, square);
        this.ofFilters = new FloatFFT_2D(padded, padded);
        this.lowPass = lowPass();
        this.gains = gains();
        this.plane = new float[2 * padded * padded];
        this.spectrum = new float[2 * padded * padded];
        this.prefiltered = new float[2 * square * square];
        this.energy = new float[2 * square * square];
    }

    private float[] lowPass() {
        float[] pass = new float[square * square];
        double scale = options.prefilterCycles() / Math.sqrt(Math.log(2));
        for (int y = 0; y < square; y++) {
            for (int x = 0; x < square; x++) {
                double fx = x < square / 2 ? x : x - square;
                double fy = y < square / 2 ? y : y - square;
                pass[y * square + x] = (float) Math.exp(-(fx * fx + fy * fy) / (scale * scale));
            }
        }
        return pass;
    }

    private float[][] gains() {
        float[][] all = new float[options.filters()][padded * padded];
        int filter = 0;
        for (int scale = 0; scale < options.orientationsPerScale().size(); scale++) {
            int orientations = options.orientationsPerScale().get(scale);
            for (int o = 0; o < orientations; o++) {
                gains(all[filter++], FINEST / Math.pow(SCALE_RATIO, scale), orientations, Math.PI / orientations * o);
            }
        }
        return all;
    }

    private void gains(float[] gains, double center, int orientations, double angle) {
        double sharpness = 16.0 * orientations * orientations / 1024;
        for (int s = 0; s < padded; s++) {
            for (int t = 0; t < padded; t++) {
                double fy = s - padded / 2.0;
                double fx = t - padded / 2.0;
                double radius = Math.hypot(fx, fy) / padded / center - 1;
                double turn = Math.atan2(fy, fx) + angle;
                turn = turn > Math.PI ? turn - 2 * Math.PI : turn;
                int y = (s + padded / 2) % padded;
                int x = (t + padded / 2) % padded;
                gains[y * padded + x] =
                        (float) Math.exp(-3.5 * radius * radius - 2 * sharpness * Math.PI * turn * turn);
            }
        }
    }

    /**
     * The features of an image.
     *
     * @param gray side * side values, 0..255, not all equal
     * @param features where they are put, from {@code offset} on
     */
    void extract(float[] gray, float[] features, int offset) {
        prefilter(gray);
        for (int y = 0; y < padded; y++) {
            for (int x = 0; x < padded; x++) {
                int from = (mirrored(y - BORDER) + PREFILTER_BORDER) * square + mirrored(x - BORDER) + PREFILTER_BORDER;
                float whitened = (float) (prefiltered[2 * from] / (0.2 + Math.sqrt(Math.abs(energy[2 * from]))));
                spectrum[2 * (y * padded + x)] = whitened;
                spectrum[2 * (y * padded + x) + 1] = 0;
            }
        }
        ofFilters.complexForward(spectrum);
        int cells = options.blocks() * options.blocks();
        for (int f = 0; f < gains.length; f++) {
            filter(spectrum, gains[f], plane);
            ofFilters.complexInverse(plane, true);
            average(features, offset + f * cells);
        }
    }

    private int mirrored(int position) {
        int at = position;
        while (at < 0 || at >= side) {
            at = at < 0 ? -1 - at : 2 * side - 1 - at;
        }
        return at;
    }

    /** Stretches the contrast, takes logarithms, and gives the image without its low frequencies and what their local energy is. */
    private void prefilter(float[] gray) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : gray) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float[] logs = new float[2 * square * square];
        for (int y = 0; y < square; y++) {
            for (int x = 0; x < square; x++) {
                float value = gray[mirrored(y - PREFILTER_BORDER) * side + mirrored(x - PREFILTER_BORDER)];
                logs[2 * (y * square + x)] = (float) Math.log((value - least) / (most - least) * 255 + 1);
            }
        }
        System.arraycopy(logs, 0, prefiltered, 0, logs.length);
        passLow(prefiltered);
        for (int i = 0; i < logs.length; i += 2) {
            float high = logs[i] - prefiltered[i];
            prefiltered[i] = high;
            energy[i] = high * high;
            energy[i + 1] = 0;
        }
        passLow(energy);
    }

    private void passLow(float[] image) {
        ofPrefilter.complexForward(image);
        filter(image, lowPass, image);
        ofPrefilter.complexInverse(image, true);
    }

    private static void filter(float[] from, float[] gains, float[] to) {
        for (int i = 0; i < gains.length; i++) {
            to[2 * i] = from[2 * i] * gains[i];
            to[2 * i + 1] = from[2 * i + 1] * gains[i];
        }
    }

    private void average(float[] features, int offset) {
        int blocks = options.blocks();
        for (int column = 0; column < blocks; column++) {
            for (int row = 0; row < blocks; row++) {
                double sum = 0;
                int count = 0;
                for (int y = side * row / blocks; y < side * (row + 1) / blocks; y++) {
                    for (int x = side * column / blocks; x < side * (column + 1) / blocks; x++) {
                        int at = 2 * ((y + BORDER) * padded + x + BORDER);
                        sum += Math.sqrt(plane[at] * plane[at] + plane[at + 1] * plane[at + 1]);
                        count++;
                    }
                }
                features[offset + column * blocks + row] = (float) (sum / count);
            }
        }
    }
}
