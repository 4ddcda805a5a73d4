package io.github.linfhash.encoders.training;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.codes.OutputRule;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.encoders.layers.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The codes of a trained network: by the signs of its outputs, or by another {@link CodeRule}. */
public final class NetworkHashFunction implements RealOutputs {
    /** The images that a thread maps at a time. */
    private static final int BLOCK = 1024;

    private final Network network;
    private final EncoderNetwork frozen;
    private final CodeRule rule;
    private final Map<String, double[]> curves;

    /** The signs of a trained network, which must not be trained any further. */
    public NetworkHashFunction(Network network, Map<String, double[]> curves) {
        this(network, CodeRule.SIGN, curves);
    }

    /**
     * Wraps a trained network, which must not be trained any further.
     *
     * @param rule how outputs become bits
     * @param curves what training recorded, by name
     */
    public NetworkHashFunction(Network network, CodeRule rule, Map<String, double[]> curves) {
        this.network = network;
        this.frozen = network.frozen();
        this.rule = rule;
        this.curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
    }

    /** The function of a state; it has no curves. */
    public static NetworkHashFunction restore(ModelState state) {
        return new NetworkHashFunction(Network.restore(state), CodeRule.of(state), Map.of());
    }

    @Override
    public ModelState state() {
        ModelState state = network.state();
        return rule == CodeRule.SIGN ? state : state.with(Network.CODES, rule.word());
    }

    @Override
    public int bits() {
        return rule.bitsPerOutput() * network.outputs();
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    @Override
    public long parameters() {
        return network.parameterCount();
    }

    @Override
    public Map<String, double[]> curves() {
        return curves;
    }

    /** The bound of each output, N values: lambda of each unit where the outputs are bounded linear units, else empty. */
    public Optional<float[]> outputBounds() {
        return network.outputBounds();
    }

    /** Returns the network without ND4J, which makes the outputs of this function. */
    public EncoderNetwork frozen() {
        return frozen;
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return codes(features.rows(), outputs(features));
    }

    @Override
    public Encoding encodeWithOutputs(FeatureMatrix features) {
        float[] outputs = outputs(features);
        return new Encoding(
                codes(features.rows(), outputs), FeatureMatrix.owning(features.rows(), network.outputs(), outputs));
    }

    private BinaryCodes codes(int rows, float[] outputs) {
        return BinaryCodes.ofSigns(rows, bits(), rule.values(outputs, network.outputs()));
    }

    /**
     * The real outputs that the bits are made of.
     *
     * @param features n x d
     * @return n x N, row-major; for ternary codes N is half the number of bits
     */
    @Override
    public float[] outputs(FeatureMatrix features) {
        if (features.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "features of dimension " + features.dimension() + " do not fit an encoder of " + dimension());
        }
        int units = network.outputs();
        float[] outputs = new float[Math.multiplyExact(features.rows(), units)];
        int blocks = (features.rows() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int from = block * BLOCK;
            int count = Math.min(BLOCK, features.rows() - from);
            float[] images = new float[count * dimension()];
            features.copyRows(from, count, images, 0);
            System.arraycopy(frozen.apply(images), 0, outputs, from * units, count * units);
        });
        return outputs;
    }

    /** How real outputs become bits: a bit is 1 where the value that the rule makes for it is above 0. */
    public enum CodeRule {
        /** One bit for each output: x > 0. */
        SIGN(OutputRule.SIGN),
        /** One bit for each output: x is not 0. */
        SUPPORT(OutputRule.SUPPORT),
        /** Two bits for each output. */
        TERNARY(OutputRule.TERNARY);

        private final OutputRule rule;

        CodeRule(OutputRule rule) {
            this.rule = rule;
        }

        /** The bits that an output takes. */
        public int bitsPerOutput() {
            return rule.bitsPerOutput();
        }

        /**
         * The outputs that make so many bits.
         *
         * @param method whose outputs they are, for the sentence
         * @throws InputException if no number of outputs makes them
         */
        int outputs(String method, int bits) {
            int bitsPerOutput = bitsPerOutput();
            if (bits % bitsPerOutput != 0) {
                throw new InputException(method + ": " + word() + " codes take " + bitsPerOutput
                        + " bits for each output, expected a multiple of that, found " + bits + " bits.");
            }
            return bits / bitsPerOutput;
        }

        /** The rule of a saved network. */
        public static CodeRule of(ModelState network) {
            String word = network.words().getOrDefault(Network.CODES, SIGN.word());
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** The rule's name in saved models and in option files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The values whose signs are the bits: n x bits for outputs of n x units. */
        float[] values(float[] x, int units) {
            return rule.values(x, units);
        }
    }
}
