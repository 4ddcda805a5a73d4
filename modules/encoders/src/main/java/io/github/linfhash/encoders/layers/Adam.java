package io.github.linfhash.encoders.layers;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1, with its constants beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8), with
 * decoupled weight decay (Loshchilov and Hutter, ICLR 2019).
 */
public final class Adam extends GatheredDescent {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    /** Adam with a constant learning rate. */
    public Adam(double rate, Decay decay) {
        super(rate, decay, 2);
    }

    @Override
    void move(float[] values, float kept, float[] gradient, float[][] means, int step) {
        float[] mean = means[0];
        float[] square = means[1];
        float beta1 = (float) BETA1;
        float beta2 = (float) BETA2;
        float length = (float) (rate() / (1 - Math.pow(BETA1, step)));
        float unbiased = (float) (1 / (1 - Math.pow(BETA2, step)));
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * g;
            square[i] = beta2 * square[i] + (1 - beta2) * g * g;
            values[i] = kept * values[i] - length * mean[i] / ((float) Math.sqrt(square[i] * unbiased) + EPSILON);
        }
    }
}
