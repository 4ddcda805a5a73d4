package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** A learned array of a network, by name. */
public sealed interface Parameter {
    /** The paper's name for it, such as {@code W} or {@code b1}. */
    String name();

    /** The number of rows r. */
    int rows();

    /** The number of columns c; 1 for a vector. */
    int columns();

    /** The values, column-major, as a new array of r * c. */
    float[] toArray();

    /** Replaces the values by the r * c given ones, column-major. */
    void assign(float[] columnMajor);

    /** Returns the values as they are saved: a vector, or a matrix with a row for each output. */
    ModelArray toModelArray();

    /** The number of values. */
    default int size() {
        return rows() * columns();
    }

    /** A weight matrix: outputs x inputs, applied to blocks of columns. */
    final class Weights implements Parameter {
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

        /** Reads the weights of a saved network. */
        static Weights restore(StateReader in, String name, int outputs, int inputs) {
            Weights weights = new Weights(name, outputs, inputs);
            weights.assign(transpose(in.floats(name, outputs, inputs), inputs));
            return weights;
        }

        @Override
        public ModelArray toModelArray() {
            return ModelArray.floats(transpose(toArray(), rows()), rows(), columns());
        }

        /** The transpose of a matrix with rows of {@code width} values. */
        private static float[] transpose(float[] values, int width) {
            int height = values.length / width;
            float[] transpose = new float[values.length];
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    transpose[j * height + i] = values[i * width + j];
                }
            }
            return transpose;
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

    /** A learned vector with one value for each unit of a layer, and the gradient gathered for it. */
    final class UnitParameter implements Parameter {
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

        /** Reads a vector of a saved network. */
        static UnitParameter restore(StateReader in, String name, int units) {
            UnitParameter vector = new UnitParameter(name, units, 0);
            vector.assign(in.floats(name, units));
            return vector;
        }

        @Override
        public ModelArray toModelArray() {
            return ModelArray.floats(values, values.length);
        }

        /** The value of a unit. */
        float get(int unit) {
            return values[unit];
        }

        /** Repeats the values for every column: {@code target[c * units + i]} becomes the value of unit i. */
        void tile(float[] target) {
            System.arraycopy(values, 0, target, 0, values.length);
            repeat(target);
        }

        /** Repeats exp(rho) for every column, where the values rho are logarithms. */
        void tileExponentials(float[] target) {
            for (int i = 0; i < values.length; i++) {
                target[i] = (float) Math.exp(values[i]);
            }
            repeat(target);
        }

        private void repeat(float[] target) {
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
}
