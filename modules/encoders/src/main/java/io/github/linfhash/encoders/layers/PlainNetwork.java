package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import io.github.linfhash.encoders.trainings.NetworkForm;
import io.github.linfhash.encoders.trainings.NetworkForm.Neuron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network as trainings in plain arrays describe it: its form, the numbers that are not learned, and its learned values, in the
 * order of {@link NetworkForm}.
 *
 * @param form its form
 * @param gain g of its input
 * @param outputTanh c of a tanh behind the last layer, or 0
 */
public record PlainNetwork(NetworkForm form, double gain, double outputTanh) {
    /**
     * Describes a network.
     *
     * @throws IllegalArgumentException if it is of none of the described forms
     */
    public static PlainNetwork of(Network network) {
        if (network instanceof ChainNetwork chain) {
            return new PlainNetwork(formOf(chain), chain.gain(), 0);
        }
        UnfoldedNetwork unfolded = (UnfoldedNetwork) network;
        ActivationLayer last = unfolded.neurons().get(unfolded.layers() - 1);
        return new PlainNetwork(
                formOf(unfolded), unfolded.gain(), last instanceof SquashedActivation squashed ? squashed.slope() : 0);
    }

    private static NetworkForm formOf(ChainNetwork chain) {
        int units = chain.outputs();
        boolean described = chain.layers() > 1
                && chain.neurons().stream().allMatch(Tanh.class::isInstance)
                && chain.weights().stream().allMatch(weights -> weights.rows() == units);
        require(described, "a chain of layers of one width, of tanh neurons");
        boolean biases = !chain.biases().isEmpty();
        return new NetworkForm(Neuron.TANH, true, chain.dimension(), units, chain.layers() - 1, false, biases, biases);
    }

    private static NetworkForm formOf(UnfoldedNetwork network) {
        List<Stage> stages = network.stages();
        boolean tied = stages.size() > 1 && stages.get(1).equals(stages.get(0));
        Neuron neuron = neuron(network.neurons());
        require(
                network.neurons().stream().distinct().count() == network.layers(),
                "neurons with scales of their own in each layer");
        return new NetworkForm(
                neuron,
                false,
                network.dimension(),
                network.outputs(),
                stages.size(),
                tied,
                network.inputBias() != null,
                stages.get(0).bias() != null);
    }

    private static Neuron neuron(List<ActivationLayer> layers) {
        boolean bounded = layers.stream().allMatch(BoundedLinear.class::isInstance);
        boolean threshold = layers.stream()
                .allMatch(neurons -> neurons instanceof SoftThreshold || neurons instanceof SquashedActivation);
        require(bounded || threshold, "bounded linear units or soft thresholds");
        return bounded ? Neuron.BOUNDED : Neuron.THRESHOLD;
    }

    private static void require(boolean described, String expected) {
        if (!described) {
            throw new IllegalArgumentException("a network that is not described: expected " + expected);
        }
    }

    /** The learned values of a network, matrices before vectors. */
    public static float[] values(Network network) {
        float[] values = new float[(int) network.parameterCount()];
        int at = 0;
        for (Parameter parameter : inOrder(network)) {
            System.arraycopy(parameter.toArray(), 0, values, at, parameter.size());
            at += parameter.size();
        }
        return values;
    }

    /** Gives a network its learned values. */
    public static void assign(Network network, float[] values) {
        int at = 0;
        for (Parameter parameter : inOrder(network)) {
            parameter.assign(Arrays.copyOfRange(values, at, at + parameter.size()));
            at += parameter.size();
        }
    }

    private static List<Parameter> inOrder(Network network) {
        List<Parameter> parameters = new ArrayList<>(network.parameters());
        List<Parameter> vectors =
                parameters.stream().filter(UnitParameter.class::isInstance).toList();
        parameters.removeAll(vectors);
        parameters.addAll(vectors);
        return parameters;
    }

    /** A network of this form with the given values. */
    public Network network(float[] values) {
        Network network = form.chain() ? chain() : unfolded();
        assign(network, values);
        return network;
    }

    private Network chain() {
        List<Weights> weights = new ArrayList<>();
        List<UnitParameter> biases = new ArrayList<>();
        List<ActivationLayer> layers = new ArrayList<>();
        for (int k = 0; k <= form.stages(); k++) {
            weights.add(new Weights("W" + (k + 1), form.units(), k == 0 ? form.inputs() : form.units()));
            if (form.inputBias()) {
                biases.add(new UnitParameter("b" + (k + 1), form.units(), 0));
            }
            layers.add(new Tanh());
        }
        return new ChainNetwork(gain, weights, biases, layers);
    }

    private Network unfolded() {
        List<Stage> stages = new ArrayList<>();
        List<ActivationLayer> layers = new ArrayList<>();
        for (int k = 1; k <= form.stages(); k++) {
            stages.add(
                    k > 1 && form.tied()
                            ? stages.get(0)
                            : new Stage(new Weights("S" + k, form.units(), form.units()), bias(k, form.stageBiases())));
        }
        for (int k = 1; k <= form.stages() + 1; k++) {
            layers.add(
                    form.neuron() == Neuron.BOUNDED
                            ? new BoundedLinear("rho" + k, form.units(), 1)
                            : new SoftThreshold("rho" + k, form.units(), 1));
        }
        if (outputTanh > 0) {
            layers.set(
                    form.stages(),
                    new SquashedActivation(outputTanh, Objects.requireNonNull(layers.get(form.stages()))));
        }
        return new UnfoldedNetwork(
                gain, new Weights("W", form.units(), form.inputs()), bias(0, form.inputBias()), stages, layers);
    }

    private @Nullable UnitParameter bias(int number, boolean there) {
        return there ? new UnitParameter("b" + number, form.units(), 0) : null;
    }
}
