package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plain chain of weight layers: z_1 = f_1(g W_1 y + b_1), z_{k+1} = f_{k+1}(W_{k+1} z_k + b_{k+1}), x the last z. */
public final class ChainNetwork implements Network {
    static final String CHAIN = "chain";

    private final double gain;
    private final List<Weights> weights;
    private final List<UnitParameter> biases;
    private final List<ActivationLayer> layers;

    /** A network without biases. */
    public ChainNetwork(double gain, List<Weights> weights, List<ActivationLayer> layers) {
        this(gain, weights, List.of(), layers);
    }

    /**
     * A network from its parts.
     *
     * @param gain g, a fixed factor of the input
     * @param weights one matrix for each layer, each with as many inputs as the one before has outputs
     * @param biases one for each layer, or none at all
     * @param layers as many layers of neurons
     */
    public ChainNetwork(double gain, List<Weights> weights, List<UnitParameter> biases, List<ActivationLayer> layers) {
        if (weights.isEmpty() || weights.size() != layers.size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weight layers cannot feed " + layers.size() + " layers of neurons");
        }
        if (!biases.isEmpty() && biases.size() != weights.size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weight layers cannot have " + biases.size() + " biases");
        }
        this.gain = gain;
        this.weights = List.copyOf(weights);
        this.biases = List.copyOf(biases);
        this.layers = List.copyOf(layers);
    }

    @Override
    public int dimension() {
        return weights.get(0).columns();
    }

    @Override
    public int outputs() {
        return weights.get(weights.size() - 1).rows();
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
        List<Parameter> parameters = new ArrayList<>(weights);
        parameters.addAll(biases);
        layers.forEach(neurons -> parameters.addAll(neurons.parameters()));
        return parameters;
    }

    @Override
    public ModelState state() {
        ModelState state = SavedNetworks.state(CHAIN, this, gain, layers.get(0)).with("layers", layers.size());
        return biases.isEmpty() ? state : state.with("biases", SavedNetworks.LEARNED);
    }

    double gain() {
        return gain;
    }

    List<Weights> weights() {
        return weights;
    }

    List<UnitParameter> biases() {
        return biases;
    }

    List<ActivationLayer> neurons() {
        return layers;
    }

    @Override
    public EncoderNetwork frozen() {
        List<EncoderNetwork.Layer> frozen = new ArrayList<>();
        for (int k = 0; k < weights.size(); k++) {
            AffineMap map = weights.get(k).map(k == 0 ? gain : 1, biases.isEmpty() ? null : biases.get(k));
            frozen.add(new EncoderNetwork.Layer(map, layers.get(k).activation()));
        }
        return EncoderNetwork.chain(frozen);
    }

    @Override
    public Pass pass(int columns) {
        List<Link> links = new ArrayList<>();
        FloatMatrix in = FloatMatrix.zeros(dimension(), columns);
        for (int k = 0; k < weights.size(); k++) {
            Link link = new Link(
                    weights.get(k),
                    biases.isEmpty() ? null : biases.get(k),
                    k == 0 ? gain : 1,
                    layers.get(k).kernel(columns),
                    in);
            links.add(link);
            in = FloatMatrix.zeros(weights.get(k).rows(), columns);
        }
        return new ChainPass(
                links,
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList());
    }

    /** One weight layer with its neurons and buffers. */
    private static final class Link {
        final Weights weights;
        final @Nullable UnitParameter bias;
        final double gain;
        final ActivationLayer.Kernel kernel;
        final FloatMatrix in;
        final FloatMatrix product;
        final FloatMatrix delta;
        final float[] u;
        final float[] z;
        final float[] tiledBias;

        Link(
                Weights weights,
                @Nullable UnitParameter bias,
                double gain,
                ActivationLayer.Kernel kernel,
                FloatMatrix in) {
            this.weights = weights;
            this.bias = bias;
            this.gain = gain;
            this.kernel = kernel;
            this.in = in;
            this.product = FloatMatrix.zeros(weights.rows(), in.columns());
            this.delta = FloatMatrix.zeros(weights.rows(), in.columns());
            this.u = new float[product.length()];
            this.z = new float[product.length()];
            this.tiledBias = new float[bias == null ? 0 : product.length()];
        }

        void forward() {
            weights.apply(gain, in, product);
            product.copyTo(u);
            if (bias != null) {
                bias.tile(tiledBias);
                for (int i = 0; i < u.length; i++) {
                    u[i] += tiledBias[i];
                }
            }
            kernel.forward(u, z);
        }

        void backward(float[] gradient) {
            kernel.backward(u, z, gradient);
            delta.copyFrom(gradient);
            if (bias != null) {
                System.arraycopy(gradient, 0, tiledBias, 0, tiledBias.length);
                bias.accumulate(tiledBias);
            }
        }
    }

    private record ChainPass(List<Link> links, List<UnitParameter> scales) implements Pass {
        @Override
        public FloatMatrix input() {
            return links.get(0).in;
        }

        @Override
        public float[] forward() {
            links.get(0).forward();
            for (int k = 1; k < links.size(); k++) {
                links.get(k).in.copyFrom(links.get(k - 1).z);
                links.get(k).forward();
            }
            return activation(links.size() - 1);
        }

        @Override
        public boolean saturated(int layer, int index) {
            Link link = links.get(layer);
            return link.kernel.saturated(link.u, link.z, index);
        }

        @Override
        public float[] activation(int layer) {
            return links.get(layer).z;
        }

        @Override
        public void step(float[] gradient, Optimizer optimizer) {
            for (int k = links.size() - 1; k >= 0; k--) {
                Link link = links.get(k);
                link.backward(gradient);
                if (k > 0) {
                    link.weights.applyTransposed(link.delta, links.get(k - 1).product);
                    links.get(k - 1).product.copyTo(gradient);
                }
            }
            for (int k = 0; k < links.size(); k++) {
                Link link = links.get(k);
                optimizer.weights(link.weights, k == 0, link.gain, link.delta, link.in);
                if (link.bias != null) {
                    optimizer.vector(link.bias);
                }
            }
            scales.forEach(optimizer::vector);
            optimizer.finish();
        }
    }
}
