package io.github.linfhash.data.gist;

/**
 * GIST straight from its definition, in double precision and plain loops: every frequency, every pixel of the mirrored
 * image, no symmetry used. The independent twin of the fast version.
 */
final class DirectGist {
    private DirectGist() {}

    static double[] extract(float[] gray, int width, int height, GistOptions options) {
        double[][] image = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image[y][x] = gray[y * width + x];
            }
        }
        boolean lmgist = options.convention() == GistConvention.LMGIST;
        if (lmgist) {
            stretch(image);
        }
        double[][] whitened = prefilter(image, options.prefilterCycles());
        int extension = lmgist ? 32 : 0;
        return describe(extend(whitened, extension, extension), extension, options);
    }

    private static void stretch(double[][] image) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : image) {
            for (double value : row) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        for (double[] row : image) {
            for (int x = 0; x < row.length; x++) {
                row[x] = most == least ? 0 : (row[x] - least) / (most - least) * 255;
            }
        }
    }

    /** Mirrors by {@code before} pixels at the top and left and {@code after} at the bottom and right, step by step. */
    private static double[][] extend(double[][] image, int before, int after) {
        return extend(image, before, after, after);
    }

    private static double[][] extend(double[][] image, int before, int below, int right) {
        int height = image.length;
        int width = image[0].length;
        double[][] extended = new double[height + before + below][width + before + right];
        for (int y = 0; y < extended.length; y++) {
            for (int x = 0; x < extended[0].length; x++) {
                extended[y][x] = image[bounce(y - before, height)][bounce(x - before, width)];
            }
        }
        return extended;
    }

    private static int bounce(int position, int size) {
        int at = position;
        while (at < 0 || at >= size) {
            at = at < 0 ? -1 - at : 2 * size - 1 - at;
        }
        return at;
    }

    private static double[][] prefilter(double[][] image, double cycles) {
        int height = image.length;
        int width = image[0].length;
        double[][] logs = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                logs[y][x] = Math.log(image[y][x] + 1);
            }
        }
        double[][] padded = extend(logs, 5, 5);
        int side = Math.max(padded.length, padded[0].length);
        side += side % 2;
        double[][] square = extend(padded, 0, side - padded.length, side - padded[0].length);
        double[][] low = lowPass(square, cycles);
        double[][] squared = new double[side][side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                square[y][x] -= low[y][x];
                squared[y][x] = square[y][x] * square[y][x];
            }
        }
        double[][] energy = lowPass(squared, cycles);
        double[][] result = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result[y][x] = square[y + 5][x + 5] / (0.2 + Math.sqrt(Math.abs(energy[y + 5][x + 5])));
            }
        }
        return result;
    }

    private static double[][] lowPass(double[][] image, double cycles) {
        int n = image.length;
        double scale = cycles / Math.sqrt(Math.log(2));
        ComplexPlane spectrum = ComplexPlane.real(image).transform(-1);
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                double fx = x < n / 2 ? x : x - n;
                double fy = y < n / 2 ? y : y - n;
                spectrum.scale(y, x, Math.exp(-(fx * fx + fy * fy) / (scale * scale)));
            }
        }
        return spectrum.transform(1).real(1.0 / ((double) n * n));
    }

    private static double[] describe(double[][] extended, int extension, GistOptions options) {
        ComplexPlane spectrum = ComplexPlane.real(extended).transform(-1);
        double[] features = new double[options.dimension()];
        int perFilter = options.blocks() * options.blocks();
        int at = 0;
        for (int scale = 0; scale < options.orientationsPerScale().size(); scale++) {
            int orientations = options.orientationsPerScale().get(scale);
            for (int o = 0; o < orientations; o++) {
                ComplexPlane filtered = spectrum.copy();
                applyGabor(filtered, scale, o, orientations);
                average(filtered.transform(1), extension, options.blocks(), features, at);
                at += perFilter;
            }
        }
        return features;
    }

    /** The frequency grid is that of fftshift(-n/2 : n/2-1), halves included where n is odd. */
    private static void applyGabor(ComplexPlane plane, int scale, int orientation, int orientations) {
        double center = 0.3 / Math.pow(1.85, scale);
        double sharpness = 16.0 * orientations * orientations / 1024;
        double shift = Math.PI / orientations * orientation;
        for (int s = 0; s < plane.height(); s++) {
            for (int t = 0; t < plane.width(); t++) {
                double fy = s - plane.height() / 2.0;
                double fx = t - plane.width() / 2.0;
                double radius = Math.sqrt(fx * fx + fy * fy) / plane.width() / center - 1;
                double turn = Math.atan2(fy, fx) + shift;
                turn = turn > Math.PI ? turn - 2 * Math.PI : turn;
                double gain = Math.exp(-3.5 * radius * radius - 2 * sharpness * Math.PI * turn * turn);
                int y = (s + plane.height() / 2) % plane.height();
                int x = (t + plane.width() / 2) % plane.width();
                plane.scale(y, x, gain);
            }
        }
    }

    private static void average(ComplexPlane output, int extension, int blocks, double[] features, int at) {
        int width = output.width() - 2 * extension;
        int height = output.height() - 2 * extension;
        double norm = (double) output.width() * output.height();
        for (int column = 0; column < blocks; column++) {
            for (int row = 0; row < blocks; row++) {
                double sum = 0;
                int count = 0;
                for (int y = height * row / blocks; y < height * (row + 1) / blocks; y++) {
                    for (int x = width * column / blocks; x < width * (column + 1) / blocks; x++) {
                        sum += output.magnitude(y + extension, x + extension) / norm;
                        count++;
                    }
                }
                features[at + column * blocks + row] = sum / count;
            }
        }
    }
}
