package io.github.linfhash.data.gist;

/** A complex matrix with the discrete Fourier transform written out as sums. */
final class ComplexPlane {
    private final double[][] real;
    private final double[][] imaginary;

    private ComplexPlane(double[][] real, double[][] imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    static ComplexPlane real(double[][] values) {
        return new ComplexPlane(values, new double[values.length][values[0].length]);
    }

    int height() {
        return real.length;
    }

    int width() {
        return real[0].length;
    }

    ComplexPlane copy() {
        double[][] re = new double[height()][];
        double[][] im = new double[height()][];
        for (int y = 0; y < height(); y++) {
            re[y] = real[y].clone();
            im[y] = imaginary[y].clone();
        }
        return new ComplexPlane(re, im);
    }

    void scale(int y, int x, double factor) {
        real[y][x] *= factor;
        imaginary[y][x] *= factor;
    }

    double magnitude(int y, int x) {
        return Math.hypot(real[y][x], imaginary[y][x]);
    }

    double[][] real(double factor) {
        double[][] scaled = new double[height()][width()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                scaled[y][x] = real[y][x] * factor;
            }
        }
        return scaled;
    }

    /** The sums over both axes with exp(sign * 2 pi i ...), not normalized. */
    ComplexPlane transform(int sign) {
        return alongRows(sign).transposed().alongRows(sign).transposed();
    }

    private ComplexPlane alongRows(int sign) {
        int n = width();
        double[] cosines = new double[n];
        double[] sines = new double[n];
        for (int k = 0; k < n; k++) {
            cosines[k] = Math.cos(2 * Math.PI * k / n);
            sines[k] = sign * Math.sin(2 * Math.PI * k / n);
        }
        double[][] re = new double[height()][n];
        double[][] im = new double[height()][n];
        for (int y = 0; y < height(); y++) {
            for (int k = 0; k < n; k++) {
                for (int x = 0, turn = 0; x < n; x++, turn = (turn + k) % n) {
                    re[y][k] += real[y][x] * cosines[turn] - imaginary[y][x] * sines[turn];
                    im[y][k] += real[y][x] * sines[turn] + imaginary[y][x] * cosines[turn];
                }
            }
        }
        return new ComplexPlane(re, im);
    }

    private ComplexPlane transposed() {
        double[][] re = new double[width()][height()];
        double[][] im = new double[width()][height()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                re[x][y] = real[y][x];
                im[x][y] = imaginary[y][x];
            }
        }
        return new ComplexPlane(re, im);
    }
}
