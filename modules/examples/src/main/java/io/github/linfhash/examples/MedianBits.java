package io.github.linfhash.examples;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodProvider;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.List;

/** An example of a method: a bit says whether one of the first N features is above its median. */
public final class MedianBits implements MethodProvider {
    /** It has no options. */
    public record Options() {}

    @Override
    public List<MethodSpec<?>> methods() {
        return List.of(new MethodSpec<>(
                "median-bits",
                "Median bits",
                "an example",
                MethodSpec.Supervision.UNSUPERVISED,
                new Options(),
                options -> MedianBits::train,
                MedianBits::restore));
    }

    private static HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        FeatureMatrix rows = training.unlabeled();
        if (bits < 1 || bits > rows.dimension()) {
            throw new InputException("median-bits: expected from 1 to as many bits as features, " + rows.dimension()
                    + ", found " + bits);
        }
        float[] medians = new float[bits];
        for (int bit = 0; bit < bits; bit++) {
            float[] column = new float[rows.rows()];
            for (int row = 0; row < column.length; row++) {
                column[row] = rows.get(row, bit);
                if (!Float.isFinite(column[row])) {
                    throw new NonFiniteException(
                            "median-bits: feature " + bit + " of row " + row + " is " + column[row]);
                }
            }
            Arrays.sort(column);
            medians[bit] = column[column.length / 2];
        }
        return new Medians(rows.dimension(), medians);
    }

    private static HashFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, "medians");
        Medians function = new Medians(in.inputs(), in.floats("medians", in.outputs()));
        in.end();
        return function;
    }

    private static final class Medians implements HashFunction {
        private final int dimension;
        private final float[] medians;

        Medians(int dimension, float[] medians) {
            this.dimension = dimension;
            this.medians = medians;
        }

        @Override
        public int dimension() {
            return dimension;
        }

        @Override
        public int bits() {
            return medians.length;
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            if (features.dimension() != dimension) {
                throw new IllegalArgumentException(
                        "expected " + dimension + " features, found " + features.dimension());
            }
            float[] above = new float[Math.multiplyExact(features.rows(), medians.length)];
            for (int i = 0; i < above.length; i++) {
                int bit = i % medians.length;
                above[i] = features.get(i / medians.length, bit) - medians[bit];
            }
            return BinaryCodes.ofSigns(features.rows(), medians.length, above);
        }

        @Override
        public long parameters() {
            return medians.length;
        }

        @Override
        public ModelState state() {
            return new ModelState("medians", dimension, medians.length)
                    .with("medians", ModelArray.floats(medians, medians.length));
        }
    }
}
