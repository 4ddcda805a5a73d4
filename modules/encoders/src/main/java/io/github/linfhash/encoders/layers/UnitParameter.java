package io.github.linfhash.encoders.layers;

import java.util.Arrays;

/** A learned vector with one value for each unit of a layer, and the gradient gathered for it. */
public final class UnitParameter implements Parameter {
    private final String name;
    private final float[] values;
    private final float[] gradient;

    /** A vector whose values are all equal. */
    public UnitParameter(String name, int units, double value) {
        this.name = name;
        this.values = new float[units];
        this.gradient = new float[units];
        Arrays.fill(values, (float) value);
    }

    /** The value of a unit. */
    float get(int unit) {
        return values[unit];
    }

    /** Repeats the values for every column: {@code target[c * units + i]} becomes the value of unit i. */
    void tile(float[] target) {
        System.arraycopy(values, 0, target, 0, values.length);
        for (int filled = values.length; filled < target.length; filled *= 2) {
            System.arraycopy(target, 0, target, filled, Math.min(filled, target.length - filled));
        }
    }

    /**
     * Adds a block's gradient, summed over its columns.
     *
     * @param block units x B, column-major; overwritten, for the sum is taken by folding the block in halves
     */
    void accumulate(float[] block) {
        int units = values.length;
        int columns = block.length / units;
        while (columns > 1) {
            int half = columns / 2;
            int offset = (columns - half) * units;
            for (int i = 0; i < half * units; i++) {
                block[i] += block[offset + i];
            }
            columns -= half;
        }
        for (int i = 0; i < units; i++) {
            gradient[i] += block[i];
        }
    }

    /** Takes a step of plain descent along the gathered gradient, and forgets it. */
    void descend(double rate) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) (rate * gradient[i]);
            gradient[i] = 0;
        }
    }

    /** Copies the gathered gradient, and forgets it. */
    void takeGradient(float[] target) {
        System.arraycopy(gradient, 0, target, 0, gradient.length);
        Arrays.fill(gradient, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public int columns() {
        return 1;
    }

    @Override
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public void assign(float[] columnMajor) {
        System.arraycopy(columnMajor, 0, values, 0, values.length);
    }
}
