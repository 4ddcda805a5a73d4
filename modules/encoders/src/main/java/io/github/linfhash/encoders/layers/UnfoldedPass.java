package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Buffers and arithmetic of an {@link UnfoldedNetwork} for blocks of B images. */
final class UnfoldedPass implements Network.Pass {
    private final UnfoldedNetwork network;
    private final FloatMatrix images;
    private final FloatMatrix product;
    private final FloatMatrix inputDelta;
    private final float[] feature;
    private final float[] deltaSum;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<UnitVector> vectors;

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
                .filter(UnitVector.class::isInstance)
                .map(UnitVector.class::cast)
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
        @Nullable UnitVector bias = network.inputBias();
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
    public void step(float[] gradient, Optimiser optimiser) {
        backward(gradient);
        optimiser.weights(network.input(), true, network.gain(), inputDelta, images);
        for (Link link : links) {
            optimiser.weights(link.stage.lateral(), false, 1, link.delta, link.activation);
        }
        vectors.forEach(optimiser::vector);
        optimiser.finish();
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
        @Nullable UnitVector bias = network.inputBias();
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
        final Neurons.Kernel kernel;
        final float[] u;
        final float[] z;

        Layer(Neurons.Kernel kernel, int length) {
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
            @Nullable UnitVector vector = stage.bias();
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
            @Nullable UnitVector vector = stage.bias();
            if (vector != null) {
                vector.accumulate(gradient);
            }
            stage.lateral().applyTransposed(delta, product);
            product.copyTo(gradient);
        }
    }
}
