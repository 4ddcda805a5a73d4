package io.github.linfhash.encoders.trainings;

import java.util.List;

/** How a training ended; NaN and infinity are handed on as they are. */
public final class Trained {
    private final float[] values;
    private final List<Double> losses;

    /**
     * Copies the values.
     *
     * @param values in the order of {@link NetworkForm}
     * @param losses the mean loss of each epoch's steps
     */
    public Trained(float[] values, List<Double> losses) {
        this.values = values.clone();
        this.losses = List.copyOf(losses);
    }

    /** The learned values, in the order of {@link NetworkForm}, in a new array. */
    public float[] values() {
        return values.clone();
    }

    /** The mean loss of each epoch's steps. */
    public List<Double> losses() {
        return losses;
    }
}
