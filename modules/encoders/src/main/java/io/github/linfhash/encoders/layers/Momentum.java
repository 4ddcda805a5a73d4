package io.github.linfhash.encoders.layers;

/** Descent with momentum (Polyak 1964): {@code v <- momentum v + gradient; w <- (1 - rate * decay) w - rate * v}. */
public final class Momentum extends GatheredDescent {
    private static final float MOMENTUM = 0.9f;

    /** A descent with momentum 0.9 and a constant learning rate. */
    public Momentum(double rate, Decay decay) {
        super(rate, decay, 1);
    }

    @Override
    void move(float[] values, float kept, float[] gradient, float[][] means, int step) {
        float[] velocity = means[0];
        float length = (float) rate();
        for (int i = 0; i < values.length; i++) {
            velocity[i] = MOMENTUM * velocity[i] + gradient[i];
            values[i] = kept * values[i] - length * velocity[i];
        }
    }
}
