package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.StateReader;
import java.util.Arrays;

/**
 * The out-of-sample extension of AGH: Z of a row to the anchors, times W, and the bits of the layers. The real outputs are
 * Z W, before the layers: N values with one layer, N / 2 with two.
 */
final class AnchorHashFunction implements RealOutputs {
    private static final String KIND = "anchor-graph";

    private final AnchorExtension extension;
    private final double[][] embedding;
    private final Layers.BitRule rule;
    private final BlockEncoder encoder;

    /**
     * Takes the learned parts.
     *
     * @param embedding W, m x functions
     * @param bits N
     */
    AnchorHashFunction(AnchorExtension extension, double[][] embedding, Layers.BitRule rule, int bits) {
        this.extension = extension;
        this.embedding = embedding;
        this.rule = rule;
        int d = extension.anchors().dimension();
        this.encoder = new BlockEncoder(d, bits, Math.max(extension.anchors().rows(), d));
    }

    @Override
    public int bits() {
        return encoder.bits();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    /** The anchors, W, the bandwidth, and a threshold for each bit beyond the functions' signs, two for each. */
    @Override
    public long parameters() {
        long functions = embedding[0].length;
        return embedding.length * (dimension() + functions) + 1 + 2 * (bits() - functions);
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return encoder.encode(features, this::bitValues);
    }

    @Override
    public ModelState state() {
        ModelArray matrix = ModelArray.doubles(Matrices.flatten(embedding), embedding.length, embedding[0].length);
        return rule.addTo(
                extension.addTo(new ModelState(KIND, dimension(), bits())).with("embedding", matrix));
    }

    /** The function of a state; the layers say how many functions so many bits need. */
    static AnchorHashFunction restore(ModelState state, Layers layers) {
        StateReader in = StateReader.of(state, KIND);
        AnchorExtension extension = AnchorExtension.read(in);
        int functions = layers.functions(in.outputs());
        double[] embedding = in.doubles("embedding", extension.anchors().rows(), functions);
        Layers.BitRule rule = layers.read(in, functions);
        in.end();
        return new AnchorHashFunction(extension, Matrices.unflatten(embedding, functions), rule, in.outputs());
    }

    @Override
    public int outputDimension() {
        return embedding[0].length;
    }

    @Override
    public float[] outputs(FeatureMatrix features) {
        return new BlockEncoder(dimension(), outputDimension(), encoder.valuesPerRow())
                .values(features, rows -> values(rows, Layers.SIGNS, outputDimension()));
    }

    /** The functions of a row with the values of its bits behind them, which are made before the functions are rounded. */
    @Override
    public Encoding encodeWithOutputs(FeatureMatrix features) {
        int functions = outputDimension();
        Layers.BitRule both = (row, values) -> {
            double[] ofBits = new double[bits()];
            rule.apply(row, ofBits);
            System.arraycopy(row, 0, values, 0, functions);
            System.arraycopy(ofBits, 0, values, functions, bits());
        };
        int width = functions + bits();
        float[] values = new BlockEncoder(dimension(), width, encoder.valuesPerRow())
                .values(features, rows -> values(rows, both, width));
        return new Encoding(
                BinaryCodes.ofSigns(features.rows(), bits(), columns(values, width, functions, width)),
                FeatureMatrix.owning(features.rows(), functions, columns(values, width, 0, functions)));
    }

    /** Some columns of rows that lie one after another. */
    private static float[] columns(float[] rows, int width, int from, int to) {
        int count = rows.length / width;
        float[] columns = new float[count * (to - from)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * width + from, columns, i * (to - from), to - from);
        }
        return columns;
    }

    private float[] bitValues(float[] rows) {
        return values(rows, rule, bits());
    }

    private float[] values(float[] rows, Layers.BitRule applied, int width) {
        SparseWeights z = extension.of(rows);
        double[] functions = new double[embedding[0].length];
        double[] values = new double[width];
        float[] outputs = new float[z.rows() * width];
        for (int i = 0; i < z.rows(); i++) {
            Arrays.fill(functions, 0);
            z.addProduct(i, embedding, functions);
            applied.apply(functions, values);
            for (int b = 0; b < values.length; b++) {
                outputs[i * values.length + b] = (float) values[b];
            }
        }
        return outputs;
    }
}
