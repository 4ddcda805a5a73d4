package io.github.linfhash.data.gist;

/**
 * The discrete Fourier transform of a batch of images, mirrored around their borders, for the frequencies that the
 * Gabor filters can ask for.
 *
 * <p>Coordinates run from the center of the image, where the mirrored image is symmetric in its sources. So, along each
 * axis, the transform of a real line x is A u - i B v with u and v the sums and differences of the pixels opposite
 * each other and A, B real: a quarter of the multiplications of the plain matrix.
 */
final class ForwardTransform {
    private final Axis vertical;
    private final Axis horizontal;

    ForwardTransform(int width, int height, int extension) {
        this.vertical = Axis.of(height, extension);
        this.horizontal = Axis.of(width, extension);
    }

    /**
     * The transform along one axis.
     *
     * @param halves the folded line of pixels
     * @param reach frequencies -reach..reach are computed
     * @param even A, (reach + 1) x pairs, for the frequencies 0..reach
     * @param odd B, of the same size
     */
    private record Axis(Halves halves, int reach, RowMatrix even, RowMatrix odd) {
        static Axis of(int size, int extension) {
            Halves halves = new Halves(size);
            int padded = size + 2 * extension;
            int reach = Spectrum.reach(padded);
            double[][] cosines = new double[reach + 1][halves.pairs()];
            double[][] sines = new double[reach + 1][halves.pairs()];
            for (int t = 0; t < padded; t++) {
                int m = Mirror.source(t - extension, size) - size / 2;
                if (m < 0) {
                    continue; // The source is the -p of its pair; the +p stands for both.
                }
                for (int k = 0; k <= reach; k++) {
                    double angle = 2 * Math.PI * k * (t - (padded - 1) / 2.0) / padded;
                    cosines[k][m] += Math.cos(angle);
                    sines[k][m] += Math.sin(angle);
                }
            }
            RowMatrix even = RowMatrix.of(reach + 1, halves.pairs(), (k, m) -> cosines[k][m]);
            RowMatrix odd = RowMatrix.of(reach + 1, halves.pairs(), (k, m) -> sines[k][m]);
            return new Axis(halves, reach, even, odd);
        }
    }

    Space space(int lanes) {
        return new Space(lanes);
    }

    /** Memory for one thread. */
    final class Space {
        private final int lanes;
        private final int pairsX = horizontal.halves().pairs();
        private final int pairsY = vertical.halves().pairs();
        private final int frequenciesX = horizontal.reach() + 1;
        private final int frequenciesY = vertical.reach() + 1;
        /** Folded pixels: vertically even (0, 1) or odd (2, 3), horizontally even (0, 2) or odd (1, 3). */
        private final float[][][] folded;

        private final float[][][] columns;
        private final float[][][] turned;
        private final float[][][] waves;

        Space(int lanes) {
            this.lanes = lanes;
            this.folded = new float[4][pairsY][pairsX * lanes];
            this.columns = new float[4][frequenciesY][pairsX * lanes];
            this.turned = new float[2][pairsX][2 * frequenciesY * lanes];
            this.waves = new float[2][frequenciesX][2 * frequenciesY * lanes];
        }

        /** Transforms images given as height rows of width * lanes values. */
        void transform(float[][] pixels, Spectrum spectrum) {
            for (int m = 0; m < pairsY; m++) {
                fold(pixels, m);
            }
            LaneRows.Size size = new LaneRows.Size(frequenciesY, pairsX, lanes);
            for (int q = 0; q < 4; q++) {
                RowMatrix matrix = q < 2 ? vertical.even() : vertical.odd();
                matrix.times(folded[q], columns[q], pairsX * lanes);
                LaneRows.transpose(columns[q], turned[q % 2], q / 2 * frequenciesY, size);
            }
            horizontal.even().times(turned[0], waves[0], 2 * frequenciesY * lanes);
            horizontal.odd().times(turned[1], waves[1], 2 * frequenciesY * lanes);
            for (int kx = 0; kx < frequenciesX; kx++) {
                for (int ky = 0; ky < frequenciesY; ky++) {
                    unfold(ky, kx, spectrum);
                }
            }
        }

        private void fold(float[][] pixels, int m) {
            Halves y = vertical.halves();
            Halves x = horizontal.halves();
            float[] below = pixels[y.plus(m)];
            float[] above = pixels[y.minus(m)];
            // A middle pixel is its own opposite and counts once.
            float twiceY = y.single(m) ? 0 : 1;
            for (int n = 0; n < pairsX; n++) {
                float twiceX = x.single(n) ? 0 : 1;
                int plus = x.plus(n) * lanes;
                int minus = x.minus(n) * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    float a = below[plus + lane];
                    float b = below[minus + lane] * twiceX;
                    float c = above[plus + lane] * twiceY;
                    float d = above[minus + lane] * twiceX * twiceY;
                    int at = n * lanes + lane;
                    folded[0][m][at] = (a + b) + (c + d);
                    folded[1][m][at] = (a - b) + (c - d);
                    folded[2][m][at] = (a + b) - (c + d);
                    folded[3][m][at] = (a - b) - (c - d);
                }
            }
        }

        /** Writes the four frequencies (+-ky, +-kx). */
        private void unfold(int ky, int kx, Spectrum spectrum) {
            float[] even = waves[0][kx];
            float[] odd = waves[1][kx];
            for (int lane = 0; lane < lanes; lane++) {
                int first = ky * lanes + lane;
                int second = (frequenciesY + ky) * lanes + lane;
                float cc = even[first];
                float sc = even[second];
                float cs = odd[first];
                float ss = odd[second];
                spectrum.put(ky, kx, lane, cc - ss, -(sc + cs));
                spectrum.put(-ky, -kx, lane, cc - ss, sc + cs);
                spectrum.put(ky, -kx, lane, cc + ss, -(sc - cs));
                spectrum.put(-ky, kx, lane, cc + ss, sc - cs);
            }
        }
    }

    /** Stacks of rows in which each entry holds one float for each image (lane) of a batch, the lanes side by side. */
    static final class LaneRows {
        private LaneRows() {}

        /**
         * Moves entries from rows to columns: entry i of row k of {@code from} becomes entry {@code at + k} of row i of
         * {@code to}.
         *
         * @param size how many rows, entries of each and lanes to move
         */
        static void transpose(float[][] from, float[][] to, int at, Size size) {
            int lanes = size.lanes();
            for (int k = 0; k < size.rows(); k++) {
                float[] row = from[k];
                int target = (at + k) * lanes;
                for (int i = 0; i < size.entries(); i++) {
                    System.arraycopy(row, i * lanes, to[i], target, lanes);
                }
            }
        }

        record Size(int rows, int entries, int lanes) {}
    }

    /** Symmetric extension of a line of pixels: the border pixel is repeated, then the line runs backwards, and so on. */
    static final class Mirror {
        private Mirror() {}

        /** The pixel in 0..size-1 that position (any integer, negative or beyond the end) shows. */
        static int source(int position, int size) {
            int within = Math.floorMod(position, 2 * size);
            return within < size ? within : 2 * size - 1 - within;
        }
    }
}
