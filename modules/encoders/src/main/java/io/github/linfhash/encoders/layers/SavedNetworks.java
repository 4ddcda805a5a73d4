package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Networks as plain data and back.
 *
 * <p>The arrays of a state are the network's parameters by name, matrices with a row for each output. Weights or scales
 * that all stages share are there once, under the first stage's name; the words of the state say what is shared.
 */
public final class SavedNetworks {
    /** The kind of {@link ChainNetwork}; its number "layers" says how many weight layers W1, W2, ... there are. */
    public static final String CHAIN = ChainNetwork.CHAIN;

    /** The kind of {@link UnfoldedNetwork}; its number "stages" is K. */
    public static final String UNFOLDED = UnfoldedNetwork.UNFOLDED;

    /** What the outputs are squashed by, where they are: the slope c of {@link SquashedActivation}. */
    public static final String OUTPUT_TANH = "output-tanh";

    /** The share sigma of a threshold on which a {@link HardThreshold} rises. */
    public static final String RAMP = "ramp";

    /** How outputs become bits, where not by their signs; networks keep it for the hash functions that they are in. */
    public static final String CODES = "codes";

    private static final List<String> CODE_RULES = List.of("sign", "support", "ternary");
    private static final String TIED = "tied";
    private static final String UNTIED = "untied";
    static final String NONE = "none";
    static final String LEARNED = "learned";
    private static final String PER_STAGE = "per-stage";
    private static final String SHARED = "shared";
    private static final String FREE = "free";
    private static final int MOST_LAYERS = 64;
    private static final List<String> FUNCTIONS = List.of(
            BoundedLinear.FUNCTION,
            ScaledTanh.FUNCTION,
            SoftThreshold.FUNCTION,
            HardThreshold.FUNCTION,
            BoundedThreshold.FUNCTION,
            Tanh.FUNCTION);

    private SavedNetworks() {}

    static ModelState state(UnfoldedNetwork network) {
        List<Stage> stages = network.stages();
        List<ActivationLayer> layers = network.neurons();
        boolean tied = stages.size() > 1 && stages.get(1).equals(stages.get(0));
        boolean shared = layers.get(1).equals(layers.get(0));
        ModelState state = state(UNFOLDED, network, network.gain(), layers.get(0))
                .with("stages", stages.size())
                .with("stage-weights", tied ? TIED : UNTIED)
                .with("biases", stages.get(0).bias() == null ? NONE : LEARNED)
                .with("scales", layers.get(0) instanceof FreelyScaled ? FREE : shared ? SHARED : PER_STAGE);
        if (network.inputBias() != null) {
            state = state.with("input-bias", LEARNED);
        }
        if (layers.get(0) instanceof HardThreshold hard) {
            state = state.with(RAMP, hard.ramp());
        }
        return layers.get(layers.size() - 1) instanceof SquashedActivation squashed
                ? state.with(OUTPUT_TANH, squashed.slope())
                : state;
    }

    static ModelState state(String kind, Network network, double gain, ActivationLayer neurons) {
        ModelState state = new ModelState(kind, network.dimension(), network.outputs())
                .with("gain", gain)
                .with("neurons", neurons.function());
        for (Parameter parameter : network.parameters()) {
            state = state.with(parameter.name(), array(parameter));
        }
        return state;
    }

    private static ModelArray array(Parameter parameter) {
        float[] values = parameter.toArray();
        return parameter instanceof UnitParameter
                ? ModelArray.floats(values, values.length)
                : ModelArray.floats(transpose(values, parameter.rows()), parameter.rows(), parameter.columns());
    }

    /**
     * The network of a state.
     *
     * @throws io.github.linfhash.core.errors.InputException if the state is none of a network
     */
    public static Network restore(ModelState state) {
        return state.kind().equals(CHAIN) ? chain(state) : unfolded(state);
    }

    private static Network chain(ModelState state) {
        StateReader in = StateReader.of(state, CHAIN);
        int count = in.count("layers", 1, MOST_LAYERS);
        boolean biased = in.word("biases", List.of(NONE, LEARNED), NONE).equals(LEARNED);
        List<Weights> weights = new ArrayList<>();
        List<UnitParameter> biases = new ArrayList<>();
        List<ActivationLayer> layers = new ArrayList<>();
        int width = in.inputs();
        for (int k = 1; k <= count; k++) {
            int outputs = k == count ? in.outputs() : in.rows("W" + k);
            weights.add(weights(in, "W" + k, outputs, width));
            if (biased) {
                biases.add(vector(in, "b" + k, outputs));
            }
            layers.add(neurons(in, k, outputs, false));
            width = outputs;
        }
        in.word(CODES, CODE_RULES, "sign");
        double gain = gain(in);
        in.end();
        return new ChainNetwork(gain, weights, biases, layers);
    }

    private static Network unfolded(ModelState state) {
        StateReader in = StateReader.of(state, UNFOLDED);
        int count = in.count("stages", 1, MOST_LAYERS);
        int units = in.outputs();
        Weights input = weights(in, "W", units, in.inputs());
        List<Stage> stages = new ArrayList<>();
        List<ActivationLayer> layers = new ArrayList<>();
        boolean tied = in.word("stage-weights", List.of(UNTIED, TIED)).equals(TIED);
        boolean biased = in.word("biases", List.of(NONE, LEARNED)).equals(LEARNED);
        boolean inputBiased =
                in.word("input-bias", List.of(NONE, LEARNED), NONE).equals(LEARNED);
        String scales = in.word("scales", List.of(PER_STAGE, SHARED, FREE));
        for (int k = 1; k <= count; k++) {
            stages.add(k > 1 && tied ? stages.get(0) : stage(in, k, units, biased));
        }
        for (int k = 1; k <= count + 1; k++) {
            layers.add(k > 1 && scales.equals(SHARED) ? layers.get(0) : neurons(in, k, units, scales.equals(FREE)));
        }
        if (state.numbers().containsKey(OUTPUT_TANH)) {
            double slope = in.number(OUTPUT_TANH, Double.MIN_NORMAL, Double.MAX_VALUE);
            layers.set(count, new SquashedActivation(slope, layers.get(count)));
        }
        in.word(CODES, CODE_RULES, "sign");
        double gain = gain(in);
        @Nullable UnitParameter inputBias = inputBiased ? vector(in, "b0", units) : null;
        in.end();
        return new UnfoldedNetwork(gain, input, inputBias, stages, layers);
    }

    private static double gain(StateReader in) {
        return in.number("gain", Double.MIN_NORMAL, Double.MAX_VALUE);
    }

    private static Stage stage(StateReader in, int number, int units, boolean biased) {
        @Nullable UnitParameter bias = biased ? vector(in, "b" + number, units) : null;
        return new Stage(weights(in, "S" + number, units, units), bias);
    }

    private static ActivationLayer neurons(StateReader in, int number, int units, boolean free) {
        String rho = "rho" + number;
        String function = in.word("neurons", FUNCTIONS);
        ActivationLayer neurons = switch (function) {
            case BoundedLinear.FUNCTION -> new BoundedLinear(rho, units, 1);
            case ScaledTanh.FUNCTION -> new ScaledTanh(rho, units, 1);
            case SoftThreshold.FUNCTION -> new SoftThreshold(rho, units, 1);
            case HardThreshold.FUNCTION -> new HardThreshold(rho, units, 1, in.number(RAMP, Double.MIN_NORMAL, 1));
            case BoundedThreshold.FUNCTION -> new BoundedThreshold(number, units, 1, 1);
            default -> new Tanh();
        };
        ActivationLayer scaled = free ? new FreelyScaled("mu" + number, units, neurons) : neurons;
        scaled.parameters().forEach(vector -> vector.assign(in.floats(vector.name(), units)));
        return scaled;
    }

    private static UnitParameter vector(StateReader in, String name, int units) {
        UnitParameter vector = new UnitParameter(name, units, 0);
        vector.assign(in.floats(name, units));
        return vector;
    }

    private static Weights weights(StateReader in, String name, int outputs, int inputs) {
        Weights weights = new Weights(name, outputs, inputs);
        weights.assign(transpose(in.floats(name, outputs, inputs), inputs));
        return weights;
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
}
