package io.github.linfhash.baselines.classifier;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;

/** Bit b of x is 1 if direction b times the scores of x is greater than 0; the scores are the real outputs. */
final class ClassScoreFunction implements RealOutputs {
    private static final String KIND = "class-scores";

    /** Makes blocks of 256 rows, as many as a product takes at a time: the kernel has a value for each training row. */
    private static final int VALUES_PER_ROW = 1 << 11;

    private final KernelRidge regression;
    private final ScoreRule rule;
    private final int bits;
    private final float[] directions;

    /** Takes N directions of C values, one after another. */
    ClassScoreFunction(KernelRidge regression, ScoreRule rule, float[] directions) {
        this.regression = regression;
        this.rule = rule;
        this.bits = directions.length / rule.labels();
        this.directions = directions;
    }

    static ClassScoreFunction restore(ModelState state) {
        StateReader in = StateReader.of(state, KIND);
        ScoreRule rule = ScoreRule.read(in);
        KernelRidge regression = KernelRidge.read(in, rule.labels());
        float[] directions = in.floats("directions", in.outputs(), rule.labels());
        in.end();
        return new ClassScoreFunction(regression, rule, directions);
    }

    @Override
    public ModelState state() {
        return rule.addTo(regression.addTo(new ModelState(KIND, dimension(), bits)))
                .with("directions", ModelArray.floats(directions, bits, rule.labels()));
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public int dimension() {
        return regression.dimension();
    }

    @Override
    public long parameters() {
        return regression.parameters() + rule.parameters() + directions.length;
    }

    @Override
    public int outputDimension() {
        return rule.labels();
    }

    /** The centred scores, C for each row. */
    @Override
    public float[] outputs(FeatureMatrix features) {
        return encoder(rule.labels()).values(features, this::scores);
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return encoder(bits).encode(features, rows -> projections(scores(rows)));
    }

    @Override
    public Encoding encodeWithOutputs(FeatureMatrix features) {
        float[] scores = outputs(features);
        return new Encoding(
                BinaryCodes.ofSigns(features.rows(), bits, projections(scores)),
                FeatureMatrix.owning(features.rows(), rule.labels(), scores));
    }

    private BlockEncoder encoder(int values) {
        return new BlockEncoder(dimension(), values, VALUES_PER_ROW);
    }

    private float[] scores(float[] rows) {
        float[] scores = regression.of(rows);
        rule.apply(scores);
        return scores;
    }

    private float[] projections(float[] scores) {
        int labels = rule.labels();
        float[] projections = new float[scores.length / labels * bits];
        for (int i = 0; i < projections.length; i++) {
            int row = i / bits * labels;
            int direction = i % bits * labels;
            float sum = 0;
            for (int c = 0; c < labels; c++) {
                sum += scores[row + c] * directions[direction + c];
            }
            projections[i] = sum;
        }
        return projections;
    }
}
