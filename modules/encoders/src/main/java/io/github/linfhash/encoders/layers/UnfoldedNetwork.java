package io.github.linfhash.encoders.layers;

import io.github.linfhash.core.method.ModelState;
import java.util.ArrayList;
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
    private final @Nullable UnitVector inputBias;
    private final List<Stage> stages;
    private final List<Neurons> layers;

    /**
     * What stage k adds: its lateral weights and its bias.
     *
     * @param lateral S_k, N x N; the same object in several stages where they are tied
     * @param bias b_k, or null for an encoder without biases
     */
    public record Stage(Weights lateral, @Nullable UnitVector bias) {}

    /** A network without an input bias. */
    public UnfoldedNetwork(double gain, Weights input, List<Stage> stages, List<Neurons> layers) {
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
            double gain, Weights input, @Nullable UnitVector inputBias, List<Stage> stages, List<Neurons> layers) {
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
    public Pass pass(int columns) {
        return new UnfoldedPass(this, columns);
    }

    double gain() {
        return gain;
    }

    Weights input() {
        return input;
    }

    @Nullable UnitVector inputBias() {
        return inputBias;
    }

    List<Neurons> neurons() {
        return layers;
    }

    List<Stage> stages() {
        return stages;
    }
}
