package io.github.linfhash.encoders.training;

/**
 * The pairwise loss of eq. (12): half the squared distance of a similar pair, half the squared shortfall max(0, m -
 * distance) of a dissimilar one, as a mean over the pairs.
 *
 * @param margin m, above 0
 * @param sign of the dissimilar term
 * @param sparsity the weight of |x|_1 + |x'|_1, added for every pair; Masci et al. (2013) use it with LISTA encoders
 */
record ContrastiveLoss(double margin, LossSign sign, double sparsity) {
    private static final double TINY = 1e-12;

    /**
     * The loss of a batch and its gradient.
     *
     * @param x outputs, N x 2P column-major: column p and column P + p are the ends of pair p
     * @param similar for each of the P pairs
     * @param gradient N x 2P; overwritten
     * @return the mean loss over the P pairs
     */
    double gradient(float[] x, boolean[] similar, float[] gradient) {
        int pairs = similar.length;
        int half = x.length / 2;
        int units = half / pairs;
        double sum = 0;
        for (int p = 0; p < pairs; p++) {
            double squared = squaredDistance(x, p * units, half, units);
            float factor = (float) (slope(squared, similar[p]) / pairs);
            for (int i = p * units; i < (p + 1) * units; i++) {
                float pull = factor * (x[i] - x[half + i]);
                gradient[i] = pull;
                gradient[half + i] = -pull;
            }
            sum += value(squared, similar[p]);
        }
        return sum / pairs + addSparsity(x, pairs, gradient);
    }

    /** Adds the penalty's gradient, and gives its value. */
    private double addSparsity(float[] x, int pairs, float[] gradient) {
        if (sparsity == 0) {
            return 0;
        }
        float factor = (float) (sparsity / pairs);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            gradient[i] += factor * Math.signum(x[i]);
            sum += Math.abs(x[i]);
        }
        return sparsity * sum / pairs;
    }

    /** The mean loss of a batch without the penalty; the arguments are those of {@link #gradient}. */
    double value(float[] x, boolean[] similar) {
        int half = x.length / 2;
        int units = half / similar.length;
        double sum = 0;
        for (int p = 0; p < similar.length; p++) {
            sum += value(squaredDistance(x, p * units, half, units), similar[p]);
        }
        return sum / similar.length;
    }

    private double value(double squared, boolean similar) {
        if (similar) {
            return squared / 2;
        }
        double shortfall = Math.max(0, margin - Math.sqrt(squared));
        return sign.factor() * shortfall * shortfall / 2;
    }

    /** The factor of x - x' in the gradient with respect to x. */
    private double slope(double squared, boolean similar) {
        if (similar) {
            return 1;
        }
        double distance = Math.sqrt(squared);
        return distance < margin ? -sign.factor() * (margin - distance) / Math.max(distance, TINY) : 0;
    }

    private static double squaredDistance(float[] x, int from, int half, int units) {
        double even = 0;
        double odd = 0;
        int i = from;
        for (; i + 1 < from + units; i += 2) {
            double d = x[i] - x[half + i];
            double e = x[i + 1] - x[half + i + 1];
            even += d * d;
            odd += e * e;
        }
        if (i < from + units) {
            double d = x[i] - x[half + i];
            even += d * d;
        }
        return even + odd;
    }
}
