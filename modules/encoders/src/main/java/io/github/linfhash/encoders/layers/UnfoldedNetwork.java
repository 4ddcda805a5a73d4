package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An iterative solver unfolded into K stages (figure 2 of the paper): with a = g W y + b_0,
 *
 * <pre>
 *   z_1 = f_1(a),   z_{k+1} = f_{k+1}(a + S_k z_k + b_k) for k = 1..K,   x = z_{K+1}
 * </pre>
 *
 * <p>so that K stages make K + 1 layers of neurons, and W feeds all of them. The gradient with respect to W is therefore
 * the outer product of the summed layer gradients with y: one product instead of K + 1. The paper's encoder has no b_0.
 */
public final class UnfoldedNetwork implements Network {
    static final String UNFOLDED = "unfolded";

    private final double gain;
    private final Weights input;
    private final @Nullable UnitParameter inputBias;
    private final List<Stage> stages;
    private final List<ActivationLayer> layers;

    /**
     * What stage k adds: its lateral weights and its bias.
     *
     * @param lateral S_k, N x N; the same object in several stages where they are tied
     * @param bias b_k, or null for an encoder without biases
     */
    public record Stage(Weights lateral, @Nullable UnitParameter bias) {}

    /** A network without an input bias. */
    public UnfoldedNetwork(double gain, Weights input, List<Stage> stages, List<ActivationLayer> layers) {
        this(gain, input, null, stages, layers);
    }

    /**
     * A network from its parts.
     *
     * @param gain g, a fixed factor of the input
     * @param input W, N x n
     * @param inputBias b_0, or null for none
     * @param stages K of them
     * @param layers the neurons of K + 1 layers; the same object in several layers where their scales are shared
     */
    public UnfoldedNetwork(
            double gain,
            Weights input,
            @Nullable UnitParameter inputBias,
            List<Stage> stages,
            List<ActivationLayer> layers) {
        if (layers.size() != stages.size() + 1) {
            throw new IllegalArgumentException(
                    stages.size() + " stages need " + (stages.size() + 1) + " layers of neurons, not " + layers.size());
        }
        this.gain = gain;
        this.input = input;
        this.inputBias = inputBias;
        this.stages = List.copyOf(stages);
        this.layers = List.copyOf(layers);
    }

    @Override
    public int dimension() {
        return input.columns();
    }

    @Override
    public int outputs() {
        return input.rows();
    }

    @Override
    public int layers() {
        return layers.size();
    }

    @Override
    public Optional<float[]> outputBounds() {
        return layers.get(layers.size() - 1).bounds();
    }

    @Override
    public List<Parameter> parameters() {
        Set<Parameter> parameters = new LinkedHashSet<>();
        parameters.add(input);
        if (inputBias != null) {
            parameters.add(inputBias);
        }
        stages.forEach(stage -> parameters.add(stage.lateral()));
        stages.stream().map(Stage::bias).filter(Objects::nonNull).forEach(parameters::add);
        layers.forEach(neurons -> parameters.addAll(neurons.parameters()));
        return new ArrayList<>(parameters);
    }

    @Override
    public ModelState state() {
        return SavedNetworks.state(this);
    }

    @Override
    public EncoderNetwork frozen() {
        List<EncoderNetwork.Layer> frozen = new ArrayList<>();
        frozen.add(new EncoderNetwork.Layer(
                input.map(gain, inputBias), layers.get(0).activation()));
        for (int k = 0; k < stages.size(); k++) {
            Stage stage = stages.get(k);
            frozen.add(new EncoderNetwork.Layer(
                    stage.lateral().map(1, stage.bias()), layers.get(k + 1).activation()));
        }
        return EncoderNetwork.unfolded(frozen);
    }

    @Override
    public Pass pass(int columns) {
        return new UnfoldedPass(this, columns);
    }

    double gain() {
        return gain;
    }

    Weights input() {
        return input;
    }

    @Nullable UnitParameter inputBias() {
        return inputBias;
    }

    List<ActivationLayer> neurons() {
        return layers;
    }

    List<Stage> stages() {
        return stages;
    }

    /** Buffers and arithmetic of an {@link UnfoldedNetwork} for blocks of B images. */
    private static final class UnfoldedPass implements Network.Pass {
        private final UnfoldedNetwork network;
        private final FloatMatrix images;
        private final FloatMatrix product;
        private final FloatMatrix inputDelta;
        private final float[] feature;
        private final float[] deltaSum;
        private final List<Layer> layers = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final List<UnitParameter> vectors;

        UnfoldedPass(UnfoldedNetwork network, int columns) {
            int units = network.outputs();
            this.network = network;
            this.images = FloatMatrix.zeros(network.dimension(), columns);
            this.product = FloatMatrix.zeros(units, columns);
            this.inputDelta = FloatMatrix.zeros(units, columns);
            this.feature = new float[units * columns];
            this.deltaSum = new float[units * columns];
            network.neurons().forEach(neurons -> layers.add(new Layer(neurons.kernel(columns), units * columns)));
            network.stages().forEach(stage -> links.add(new Link(stage, columns)));
            this.vectors = network.parameters().stream()
                    .filter(UnitParameter.class::isInstance)
                    .map(UnitParameter.class::cast)
                    .toList();
        }

        @Override
        public FloatMatrix input() {
            return images;
        }

        @Override
        public float[] forward() {
            network.input().apply(network.gain(), images, product);
            product.copyTo(feature);
            @Nullable UnitParameter bias = network.inputBias();
            if (bias != null) {
                bias.tile(deltaSum);
                add(feature, deltaSum);
            }
            System.arraycopy(feature, 0, layers.get(0).u, 0, feature.length);
            layers.get(0).forward();
            for (int k = 0; k < links.size(); k++) {
                Layer next = layers.get(k + 1);
                links.get(k).forward(layers.get(k).z, next.u);
                next.forward();
            }
            return activation(links.size());
        }

        @Override
        public boolean saturated(int layer, int index) {
            Layer at = layers.get(layer);
            return at.kernel.saturated(at.u, at.z, index);
        }

        @Override
        public float[] activation(int layer) {
            return layers.get(layer).z;
        }

        @Override
        public void step(float[] gradient, Optimizer optimizer) {
            backward(gradient);
            optimizer.weights(network.input(), true, network.gain(), inputDelta, images);
            for (Link link : links) {
                optimizer.weights(link.stage.lateral(), false, 1, link.delta, link.activation);
            }
            vectors.forEach(optimizer::vector);
            optimizer.finish();
        }

        /** Computes all layers' deltas before any weight moves. */
        private void backward(float[] gradient) {
            Arrays.fill(deltaSum, 0);
            for (int k = links.size() - 1; k >= 0; k--) {
                layers.get(k + 1).backward(gradient);
                add(deltaSum, gradient);
                links.get(k).backward(gradient);
            }
            layers.get(0).backward(gradient);
            add(deltaSum, gradient);
            inputDelta.copyFrom(deltaSum);
            @Nullable UnitParameter bias = network.inputBias();
            if (bias != null) {
                bias.accumulate(deltaSum);
            }
        }

        private static void add(float[] sum, float[] term) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += term[i];
            }
        }

        /** A layer of neurons with its input u and output z. */
        private static final class Layer {
            final ActivationLayer.Kernel kernel;
            final float[] u;
            final float[] z;

            Layer(ActivationLayer.Kernel kernel, int length) {
                this.kernel = kernel;
                this.u = new float[length];
                this.z = new float[length];
            }

            void forward() {
                kernel.forward(u, z);
            }

            void backward(float[] gradient) {
                kernel.backward(u, z, gradient);
            }
        }

        /** The lateral weights and bias between two layers, with the matrices that their products need. */
        private final class Link {
            final Stage stage;
            final FloatMatrix activation;
            final FloatMatrix delta;
            final float[] bias;

            Link(Stage stage, int columns) {
                this.stage = stage;
                this.activation = FloatMatrix.zeros(network.outputs(), columns);
                this.delta = FloatMatrix.zeros(network.outputs(), columns);
                this.bias = new float[network.outputs() * columns];
            }

            /** Sets the next layer's input to a + S z + b. */
            void forward(float[] z, float[] next) {
                activation.copyFrom(z);
                stage.lateral().apply(1, activation, product);
                product.copyTo(next);
                @Nullable UnitParameter vector = stage.bias();
                if (vector != null) {
                    vector.tile(bias);
                }
                for (int i = 0; i < next.length; i++) {
                    next[i] += feature[i] + bias[i];
                }
            }

            /** Turns the next layer's delta into the gradient of the layer before, and gathers the bias's gradient. */
            void backward(float[] gradient) {
                delta.copyFrom(gradient);
                @Nullable UnitParameter vector = stage.bias();
                if (vector != null) {
                    vector.accumulate(gradient);
                }
                stage.lateral().applyTransposed(delta, product);
                product.copyTo(gradient);
            }
        }
    }
}
