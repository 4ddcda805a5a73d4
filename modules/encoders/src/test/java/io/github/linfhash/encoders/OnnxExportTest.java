package io.github.linfhash.encoders;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.OnnxExport.RawInput;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Neuron;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Scales;
import io.github.linfhash.encoders.linf.SparseLinf;
import io.github.linfhash.encoders.lista.DeepL0;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.testing.Filled;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime, which shares nothing with this program, runs what is exported. */
class OnnxExportTest {
    private static final int BITS = 12;
    private static final int DIMENSION = 20;
    private static final double TOLERANCE = 1e-5;
    private static final TrainingSet IMAGES = Blobs.of(60, DIMENSION, 0.5);
    private static final TrainingOptions SHORT = Blobs.shortTraining(4);

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("nnh", new Nnh(Nnh.Options.DEFAULTS.with("training", SHORT))),
                Arguments.of(
                        "nnh, biases",
                        new Nnh(Nnh.Options.DEFAULTS.with("biases", true).with("training", SHORT))),
                Arguments.of("snnh, biases, tanh, support", sparse(CodeRule.SUPPORT)),
                Arguments.of("snnh, biases, tanh, ternary", sparse(CodeRule.TERNARY)),
                Arguments.of("snnh", snnh(StageWeights.UNTIED)),
                Arguments.of("snnh, tied", snnh(StageWeights.TIED)),
                Arguments.of("deep-l0", new DeepL0(deepL0())),
                Arguments.of("sparse-linf", new SparseLinf(sparseLinf())),
                Arguments.of("deep-linf", linf(Scales.PER_STAGE, Neuron.BLU, StageWeights.UNTIED)),
                Arguments.of("deep-linf, free, tanh", linf(Scales.FREE, Neuron.TANH, StageWeights.UNTIED)),
                Arguments.of("deep-linf, shared, tied", linf(Scales.SHARED, Neuron.BLU, StageWeights.TIED)));
    }

    private static HashingMethod snnh(StageWeights weights) {
        Snnh.Options d = Snnh.Options.DEFAULTS;
        return new Snnh(d.with("stageWeights", weights).with("training", SHORT));
    }

    private static HashingMethod sparse(CodeRule codes) {
        Snnh.Options d = Snnh.Options.DEFAULTS;
        return new Snnh(d.with("threshold", 0.6)
                .with("biases", true)
                .with("outputTanh", 2)
                .with("codes", codes)
                .with("training", SHORT));
    }

    private static HashingMethod linf(Scales scales, Neuron neuron, StageWeights weights) {
        DeepLinf.Options d = DeepLinf.Options.DEFAULTS;
        return new DeepLinf(d.with("lambda", 0.8)
                .with("scales", scales)
                .with("neuron", neuron)
                .with("stageWeights", weights)
                .with("training", SHORT));
    }

    private static DeepL0.Options deepL0() {
        DeepL0.Options d = DeepL0.Options.DEFAULTS;
        return d.with("ramp", 0.4).with("training", SHORT);
    }

    private static SparseLinf.Options sparseLinf() {
        SparseLinf.Options d = SparseLinf.Options.DEFAULTS;
        return d.with("threshold", 0.4).with("training", SHORT);
    }

    private static NetworkHashFunction train(HashingMethod method) {
        return (NetworkHashFunction) method.train(IMAGES, BITS, TrainingContext.quiet(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void outputsAndCodesAreThoseOfTheTrainedEncoder(String name, HashingMethod method) throws OrtException {
        NetworkHashFunction function = train(method);
        float[][] raw = raw();
        FeatureMatrix prepared = FeatureMatrix.copyOf(prepare(raw, mean()));
        float[] expected = function.outputs(prepared);
        BinaryCodes codes = function.encode(prepared);
        byte[] model = OnnxExport.of(function.state(), new RawInput(false, mean(), true), "1", Map.of());

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), raw);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            float[][] outputs = (float[][]) result.get("outputs").orElseThrow().getValue();
            byte[][] bits = (byte[][]) result.get("codes").orElseThrow().getValue();
            int units = expected.length / raw.length;
            assertThat(outputs).hasDimensions(raw.length, units);
            assertThat(bits).hasDimensions(raw.length, BITS);
            int compared = 0;
            for (int i = 0; i < raw.length; i++) {
                for (int b = 0; b < BITS; b++) {
                    float x = expected[i * units + b % units];
                    assertThat((double) outputs[i][b % units]).isCloseTo(x, within(TOLERANCE));
                    if (Math.abs(x) > TOLERANCE) {
                        assertThat(bits[i][b] == 1).isEqualTo(codes.bit(i, b));
                        compared++;
                    }
                }
            }
            assertThat(compared).isGreaterThan(raw.length * BITS / 20);
        }
    }

    /** Vectors that are neither centered nor of length 1, and the mean itself, which becomes a vector of zeros. */
    private static float[][] raw() {
        float[][] raw = new float[IMAGES.labeled().rows()][DIMENSION];
        for (int i = 1; i < raw.length; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                raw[i][j] = (float) ((1 + i) * IMAGES.labeled().get(i, j) + mean()[j]);
            }
        }
        for (int j = 0; j < DIMENSION; j++) {
            raw[0][j] = (float) mean()[j];
        }
        return raw;
    }

    private static double[] mean() {
        return IntStream.range(0, DIMENSION).mapToDouble(j -> j / 8.0).toArray();
    }

    private static float[][] prepare(float[][] raw, double[] mean) {
        float[][] prepared = new float[raw.length][DIMENSION];
        for (int i = 0; i < raw.length; i++) {
            double squares = 0;
            for (int j = 0; j < DIMENSION; j++) {
                squares += (raw[i][j] - mean[j]) * (raw[i][j] - mean[j]);
            }
            for (int j = 0; j < DIMENSION; j++) {
                prepared[i][j] = squares > 0 ? (float) ((raw[i][j] - mean[j]) / Math.sqrt(squares)) : 0;
            }
        }
        return prepared;
    }

    @Test
    void bagsOfWordsBecomeRootsOfSharesAndAnEmptyOneStays() throws OrtException {
        NetworkHashFunction function = train(linf(Scales.PER_STAGE, Neuron.BLU, StageWeights.UNTIED));
        float[][] counts = new float[2][DIMENSION];
        counts[1][0] = 1;
        counts[1][DIMENSION - 1] = 3;
        float[][] roots = new float[2][DIMENSION];
        roots[1][0] = 0.5f;
        roots[1][DIMENSION - 1] = (float) Math.sqrt(0.75);
        float[] expected = function.outputs(FeatureMatrix.copyOf(roots));
        byte[] model = OnnxExport.of(function.state(), new RawInput(true, new double[DIMENSION], false), "1", Map.of());

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), counts);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            float[][] outputs = (float[][]) result.get("outputs").orElseThrow().getValue();
            for (int b = 0; b < BITS; b++) {
                assertThat((double) outputs[0][b]).isCloseTo(expected[b], within(TOLERANCE));
                assertThat((double) outputs[1][b]).isCloseTo(expected[BITS + b], within(TOLERANCE));
            }
        }
    }

    @Test
    void anyNumberOfRowsAtOnceAndVectorsThatAreOnlyCentered() throws OrtException {
        NetworkHashFunction function = train(linf(Scales.PER_STAGE, Neuron.BLU, StageWeights.UNTIED));
        float[][] raw = {raw()[5]};
        float[] expected = function.outputs(FeatureMatrix.owning(
                1, DIMENSION, Filled.floats(DIMENSION, j -> (float) (raw[0][j] - mean()[j]))));
        byte[] model = OnnxExport.of(
                function.state(), new RawInput(false, mean(), false), "1", Map.of("linfhash.method", "deep-linf"));
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), raw);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            float[][] outputs = (float[][]) result.get("outputs").orElseThrow().getValue();
            for (int b = 0; b < BITS; b++) {
                assertThat((double) outputs[0][b]).isCloseTo(expected[b], within(TOLERANCE));
            }
            NodeInfo features = Objects.requireNonNull(session.getInputInfo().get("features"));
            assertThat(((TensorInfo) features.getInfo()).getShape()).containsExactly(-1, DIMENSION);
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("linfhash.method", "deep-linf");
            assertThat(session.getMetadata().getProducerName()).isEqualTo("linfhash");
        }
    }

    @Test
    void onlyEncodersCanBeExported() {
        ModelState linear = new ModelState("linear", DIMENSION, BITS);
        assertThat(OnnxExport.supports(linear)).isFalse();
        assertBadInput(() -> OnnxExport.of(linear, new RawInput(false, mean(), true), "1", Map.of()));
    }
}
