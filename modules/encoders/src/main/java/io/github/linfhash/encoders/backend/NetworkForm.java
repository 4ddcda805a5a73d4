package io.github.linfhash.encoders.backend;

/**
 * The form of a network with K + 1 layers of N neurons, and where its learned values lie in one array.
 *
 * <p>With a = g W y + b_0 and z_0 = f(a), later layers are
 *
 * <pre>
 *   z_k = f(a + S_k z_{k-1} + b_k)   where the input feeds all layers (an unfolded solver),
 *   z_k = f(S_k z_{k-1} + b_k)       in a chain,
 * </pre>
 *
 * <p>for k = 1..K. The array holds W (N x n), each S (N x N), b_0, each b_k, and rho of each layer, one after another;
 * matrices are column-major. Tied stages share one S and one b.
 *
 * @param neuron f
 * @param chain whether the input feeds the first layer alone
 * @param inputs n
 * @param units N
 * @param stages K, at least 1
 * @param tied whether all stages share their weights and bias
 * @param inputBias whether there is b_0
 * @param stageBiases whether there are b_k
 */
public record NetworkForm(
        Neuron neuron,
        boolean chain,
        int inputs,
        int units,
        int stages,
        boolean tied,
        boolean inputBias,
        boolean stageBiases) {
    /** The function that a neuron applies to its input u, with s = exp(rho) of its unit. */
    public enum Neuron {
        /** clip(u, -s, s). */
        BOUNDED,
        /** u - clip(u, -s, s); in the last layer, tanh(c (u - clip(u, -s, s))) where a training says c. */
        THRESHOLD,
        /** tanh(u), without a scale. */
        TANH;

        /** Whether each unit of each layer has a scale. */
        public boolean scaled() {
            return this != TANH;
        }
    }

    public NetworkForm {
        if (inputs < 1 || units < 1 || stages < 1) {
            throw new IllegalArgumentException("a network of " + inputs + " inputs, " + units + " units and " + stages
                    + " stages cannot be described");
        }
    }

    /** The number of different S. */
    public int laterals() {
        return tied ? 1 : stages;
    }

    /** The number of vectors: biases and scales. */
    public int vectors() {
        return biases() + (neuron.scaled() ? stages + 1 : 0);
    }

    /** The number of biases, b_0 included. */
    public int biases() {
        return (inputBias ? 1 : 0) + (stageBiases ? laterals() : 0);
    }

    /** The number of learned values. */
    public int size() {
        return Math.addExact(
                Math.multiplyExact(units, inputs),
                Math.addExact(Math.multiplyExact(laterals() * units, units), vectors() * units));
    }
}
