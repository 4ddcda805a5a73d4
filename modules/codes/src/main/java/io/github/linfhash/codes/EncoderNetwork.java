package io.github.linfhash.codes;

import java.util.List;

/**
 * A trained encoder of single vectors, without BLAS and in a fixed order of summation ({@link AffineMap}); immutable and safe for
 * threads. The bits of a code are 1 where an output is greater than 0, unless the encoder has another rule.
 *
 * <p>In a chain, z_1 = f_1(map_1(y)) and z_{k+1} = f_{k+1}(map_{k+1}(z_k)). In an unfolded solver (Wang et al., IJCAI 2016, figure 2),
 * a = map_1(y) is added before every function: z_1 = f_1(a), z_{k+1} = f_{k+1}(a + map_{k+1}(z_k)).
 */
public final class EncoderNetwork {
    private final boolean unfolded;
    private final List<Layer> layers;

    /**
     * A layer.
     *
     * @param map what precedes its function
     * @param activation its function
     */
    public record Layer(AffineMap map, Activation activation) {}

    private EncoderNetwork(boolean unfolded, List<Layer> layers) {
        for (int k = 1; k < layers.size(); k++) {
            int before = layers.get(k - 1).map().outputs();
            if (layers.get(k).map().inputs() != before) {
                throw new IllegalArgumentException("layer " + (k + 1) + ": expected " + before + " inputs, found "
                        + layers.get(k).map().inputs());
            }
            if (unfolded && layers.get(k).map().outputs() != before) {
                throw new IllegalArgumentException("layer " + (k + 1) + ": expected " + before + " outputs, found "
                        + layers.get(k).map().outputs());
            }
        }
        this.unfolded = unfolded;
        this.layers = List.copyOf(layers);
    }

    /** A chain of layers. */
    public static EncoderNetwork chain(List<Layer> layers) {
        return new EncoderNetwork(false, layers);
    }

    /** An unfolded solver, whose first map feeds all layers. */
    public static EncoderNetwork unfolded(List<Layer> layers) {
        return new EncoderNetwork(true, layers);
    }

    /** The dimension n of vectors. */
    public int inputs() {
        return layers.get(0).map().inputs();
    }

    /** The number N of outputs. */
    public int outputs() {
        return layers.get(layers.size() - 1).map().outputs();
    }

    /**
     * Returns the outputs of a vector, as a new array.
     *
     * @param vector y, n values
     * @throws IllegalArgumentException if it has another dimension
     */
    public float[] apply(float[] vector) {
        if (vector.length != inputs()) {
            throw new IllegalArgumentException(
                    "expected a vector of dimension " + inputs() + ", found " + vector.length);
        }
        float[] fromInput = {};
        float[] z = vector;
        for (int k = 0; k < layers.size(); k++) {
            Layer layer = layers.get(k);
            float[] u = new float[layer.map().outputs()];
            layer.map().apply(z, 0, 1, u, 0);
            if (unfolded && k == 0) {
                fromInput = u;
            } else if (unfolded) {
                for (int i = 0; i < u.length; i++) {
                    u[i] += fromInput[i];
                }
            }
            z = new float[u.length];
            layer.activation().apply(u, z);
        }
        return z;
    }
}
