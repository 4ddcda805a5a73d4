package io.github.linfhash.testing;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** The smallest honest method: signs of projections on random directions (Charikar, STOC 2002). */
record RandomProjections(Options options) implements HashingMethod {

    record Options(
            @Origin(value = Origin.Source.OUR_READING, note = "any scale gives the same signs")
            double scale) {}

    /** The registration of a method of this kind. */
    static MethodUnderTest<Options> under(HashingMethod method, MethodSpec.Supervision supervision) {
        return MethodUnderTest.of(new MethodSpec<>(
                "random", "Random", "STOC 2002", supervision, new Options(1), options -> method, Projection::restore));
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        if (bits < 1) {
            throw new IllegalArgumentException("a code needs at least one bit, not " + bits);
        }
        UniformRandomProvider random = context.random().stream("directions");
        double[][] directions = new double[bits][training.dimension()];
        for (double[] direction : directions) {
            for (int j = 0; j < direction.length; j++) {
                direction[j] = options.scale() * (random.nextDouble() - 0.5);
            }
        }
        return new Projection(directions);
    }

    /** The function that training draws. */
    static final class Projection implements HashFunction {
        private final double[][] directions;

        Projection(double[][] directions) {
            this.directions = directions;
        }

        static Projection restore(ModelState state) {
            StateReader in = StateReader.of(state, "random");
            double[] values = in.doubles("directions", in.outputs(), in.inputs());
            in.end();
            double[][] directions = new double[in.outputs()][in.inputs()];
            for (int i = 0; i < values.length; i++) {
                directions[i / in.inputs()][i % in.inputs()] = values[i];
            }
            return new Projection(directions);
        }

        @Override
        public ModelState state() {
            double[] values =
                    Arrays.stream(directions).flatMapToDouble(Arrays::stream).toArray();
            return new ModelState("random", dimension(), bits())
                    .with("directions", ModelArray.doubles(values, bits(), dimension()));
        }

        @Override
        public int bits() {
            return directions.length;
        }

        @Override
        public int dimension() {
            return directions[0].length;
        }

        @Override
        public long parameters() {
            return (long) bits() * dimension();
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            if (features.dimension() != dimension()) {
                throw new IllegalArgumentException(
                        "features of dimension " + features.dimension() + " instead of " + dimension());
            }
            float[] values = new float[features.rows() * bits()];
            for (int i = 0; i < features.rows(); i++) {
                for (int b = 0; b < bits(); b++) {
                    double sum = 0;
                    for (int j = 0; j < dimension(); j++) {
                        sum += directions[b][j] * features.get(i, j);
                    }
                    values[i * bits() + b] = (float) sum;
                }
            }
            return BinaryCodes.ofSigns(features.rows(), bits(), values);
        }
    }
}
