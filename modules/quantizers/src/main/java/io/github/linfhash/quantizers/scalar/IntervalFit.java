package io.github.linfhash.quantizers.scalar;

/**
 * The grid of equal steps for the coordinates of one vector x of which little is lost: with e the error of rounding x to it, the least (1
 * - lambda) (x, e)^2 / |x|^2 + lambda |e|^2, lambda = 0.1, so that errors along x count more than others.
 *
 * <p>From the grid that has the least mean squared error for normal coordinates, roundings and ends are improved in turn, at most five
 * times and as long as the loss falls: for fixed roundings the loss is a quadratic form of the two ends.
 */
final class IntervalFit {
    private static final double LAMBDA = 0.1;
    private static final int ROUNDS = 5;

    /** Half the width, in standard deviations, of the best uniform grid of 2^B values for normal numbers, B = 1..8. */
    private static final double[] HALF_WIDTHS = {0.798, 1.493, 2.051, 2.514, 2.916, 3.278, 3.611, 3.922};

    private IntervalFit() {}

    /**
     * A grid.
     *
     * @param low its least value
     * @param high its greatest value, not below low
     * @param points how many values it has
     */
    record Interval(float low, float high, int points) {
        float step() {
            return (high - low) / (points - 1);
        }

        /** The number of the grid's value that is nearest. */
        int nearest(float x) {
            if (high <= low) {
                return 0;
            }
            return Math.round((Math.min(high, Math.max(low, x)) - low) / step());
        }

        void round(float[] x, byte[] target, int at) {
            for (int j = 0; j < x.length; j++) {
                target[at + j] = (byte) nearest(x[j]);
            }
        }

        private double loss(float[] x, double squaredLength) {
            double along = 0;
            double squares = 0;
            for (float value : x) {
                double error = value - (low + (double) step() * nearest(value));
                along += value * error;
                squares += error * error;
            }
            return (1 - LAMBDA) * along * along / squaredLength + LAMBDA * squares;
        }

        /** The ends of the least loss for the roundings to this grid; this grid where they are not determined. */
        private Interval improved(float[] x, double squaredLength) {
            double aa = 0;
            double ab = 0;
            double bb = 0;
            double ax = 0;
            double bx = 0;
            for (float value : x) {
                double share = nearest(value) / (points - 1.0);
                aa += (1 - share) * (1 - share);
                ab += (1 - share) * share;
                bb += share * share;
                ax += value * (1 - share);
                bx += value * share;
            }
            double weight = (1 - LAMBDA) / squaredLength;
            double laa = weight * ax * ax + LAMBDA * aa;
            double lab = weight * ax * bx + LAMBDA * ab;
            double lbb = weight * bx * bx + LAMBDA * bb;
            double determinant = laa * lbb - lab * lab;
            float a = (float) ((lbb * ax - lab * bx) / determinant);
            float b = (float) ((laa * bx - lab * ax) / determinant);
            return determinant != 0 && Float.isFinite(a) && Float.isFinite(b) && a <= b
                    ? new Interval(a, b, points)
                    : this;
        }
    }

    /** The grid of so many points for a vector. */
    static Interval of(float[] x, int points) {
        double mean = 0;
        double squaredLength = 0;
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : x) {
            mean += (double) value / x.length;
            squaredLength += (double) value * value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        double deviation = Math.sqrt(Math.max(0, squaredLength / x.length - mean * mean));
        double half = HALF_WIDTHS[Integer.numberOfTrailingZeros(points) - 1] * deviation;
        Interval interval = new Interval(
                (float) Math.max(least, Math.min(greatest, mean - half)),
                (float) Math.max(least, Math.min(greatest, mean + half)),
                points);
        if (squaredLength == 0) {
            return interval;
        }
        double loss = interval.loss(x, squaredLength);
        for (int round = 0; round < ROUNDS; round++) {
            Interval next = interval.improved(x, squaredLength);
            double nextLoss = next.loss(x, squaredLength);
            if (nextLoss >= loss) {
                break;
            }
            interval = next;
            loss = nextLoss;
        }
        return interval;
    }
}
