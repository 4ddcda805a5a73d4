package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.algebra.Matrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** A weight matrix: outputs x inputs, applied to blocks of columns. */
public final class Weights implements Parameter {
    private final String name;
    private final FloatMatrix matrix;

    /** Weights of zero. */
    public Weights(String name, int outputs, int inputs) {
        this.name = name;
        this.matrix = FloatMatrix.zeros(outputs, inputs);
    }

    /**
     * Weights drawn uniformly from +-sqrt(6 / (inputs + outputs)) (Glorot and Bengio, AISTATS 2010, eq. 16).
     *
     * @param random draws outputs * inputs values, column-major
     */
    public static Weights glorot(String name, int outputs, int inputs, UniformRandomProvider random) {
        Weights weights = new Weights(name, outputs, inputs);
        double limit = Math.sqrt(6.0 / (inputs + outputs));
        float[] values = new float[outputs * inputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (limit * (2 * random.nextDouble() - 1));
        }
        weights.assign(values);
        return weights;
    }

    /** Weights with the given values, rounded to float32. */
    public static Weights of(String name, Matrix values) {
        Weights weights = new Weights(name, values.rows(), values.columns());
        weights.assign(values.transpose().toFloats());
        return weights;
    }

    /** The map y = gain * W x + b of single vectors, with the values as they are now. */
    AffineMap map(double gain, @Nullable UnitParameter bias) {
        float[] columns = toArray();
        float[] values = new float[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (gain * columns[i % columns() * rows() + i / columns()]);
        }
        return AffineMap.of(values, columns(), null, bias == null ? null : bias.toArray());
    }

    /** Sets {@code out} to {@code gain} times these weights times {@code in}. */
    public void apply(double gain, FloatMatrix in, FloatMatrix out) {
        out.setProduct(gain, matrix, in);
    }

    /** Sets {@code out} to the transposed weights times {@code delta}: the gradient with respect to the input. */
    public void applyTransposed(FloatMatrix delta, FloatMatrix out) {
        out.setTransposedProduct(matrix, delta);
    }

    /** Sets the weights to {@code kept} times themselves plus {@code factor * delta * transpose(in)}. */
    void addOuterProduct(double kept, double factor, FloatMatrix delta, FloatMatrix in) {
        matrix.addOuterProduct(kept, factor, delta, in);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int columns() {
        return matrix.columns();
    }

    @Override
    public float[] toArray() {
        float[] values = new float[matrix.length()];
        matrix.copyTo(values);
        return values;
    }

    @Override
    public void assign(float[] columnMajor) {
        matrix.copyFrom(columnMajor);
    }
}
