package io.github.linfhash.experiment.models;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;

/** The smallest learned function: signs of a few projections. */
final class SignFunction implements HashFunction {
    record NoOptions() {}

    static final MethodSpec<NoOptions> SPEC = new MethodSpec<>(
            "signs",
            "Signs",
            "none",
            MethodSpec.Supervision.DATA_INDEPENDENT,
            new NoOptions(),
            options -> (training, bits, context) -> new SignFunction(bits, new float[bits * training.dimension()]),
            SignFunction::restore);

    private final int dimension;
    private final float[] rows;

    SignFunction(int dimension, float[] rows) {
        this.dimension = dimension;
        this.rows = rows;
    }

    static SignFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, "signs");
        float[] rows = in.floats("rows", in.outputs(), in.inputs());
        in.end();
        return new SignFunction(in.inputs(), rows);
    }

    @Override
    public ModelState state() {
        return new ModelState("signs", dimension, bits()).with("rows", ModelArray.floats(rows, bits(), dimension));
    }

    @Override
    public int bits() {
        return rows.length / dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public long parameters() {
        return rows.length;
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        float[] values = new float[features.rows() * bits()];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < dimension; j++) {
                values[i] += rows[i % bits() * dimension + j] * features.get(i / bits(), j);
            }
        }
        return BinaryCodes.ofSigns(features.rows(), bits(), values);
    }
}
