package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The networks once more, in double precision and plain loops over one image at a time, reading parameters by name. */
public final class NetworkTwin {
    /** An elementwise function of the input u and the scale of its unit. */
    @FunctionalInterface
    public interface Neuron {
        double apply(double u, double scale);
    }

    public static final Neuron BLU = (u, lambda) -> Math.min(Math.max(u, -lambda), lambda);
    public static final Neuron SHELU = (u, theta) -> Math.signum(u) * Math.max(Math.abs(u) - theta, 0);
    /** HELU with a ramp on the last share sigma below the threshold. */
    public static Neuron helu(double sigma) {
        return (u, theta) -> {
            double v = Math.abs(u) / theta;
            double h = v >= 1 ? v : Math.max(0, (v - 1 + sigma) / sigma);
            return Math.signum(u) * theta * h;
        };
    }

    public static final Neuron TANH = (u, lambda) -> lambda * Math.tanh(u / lambda);

    private final double gain;
    private final int stages;
    private final Neuron neuron;
    private final double outputTanh;
    private double distanceToKink = Double.POSITIVE_INFINITY;

    /** A twin with K unfolded stages; a chain has 0. */
    public NetworkTwin(double gain, int stages, Neuron neuron) {
        this(gain, stages, neuron, 0);
    }

    /** A twin whose outputs are squashed, x = tanh(c z) with c above 0. */
    public NetworkTwin(double gain, int stages, Neuron neuron, double outputTanh) {
        this.outputTanh = outputTanh;
        this.gain = gain;
        this.stages = stages;
        this.neuron = neuron;
    }

    /** The parameters of a network as doubles, column-major. */
    static Map<String, double[]> parameters(Network network) {
        Map<String, double[]> parameters = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            float[] values = parameter.toArray();
            parameters.put(
                    parameter.name(),
                    IntStream.range(0, values.length)
                            .mapToDouble(i -> values[i])
                            .toArray());
        }
        return parameters;
    }

    /** How near any |u| came to its scale, where BLU and SHeLU have their kinks. */
    double distanceToKink() {
        return distanceToKink;
    }

    /** The output for one image */
    double[] forward(Map<String, double[]> parameters, double[] image) {
        double[] input = image.clone();
        for (int i = 0; i < input.length; i++) {
            input[i] *= gain;
        }
        return stages > 0 ? unfolded(parameters, input) : chain(parameters, input);
    }

    private double[] chain(Map<String, double[]> parameters, double[] input) {
        double[] z = input;
        for (int k = 1; parameters.containsKey("W" + k); k++) {
            z = times(values(parameters, "W" + k), z);
            double[] b = parameters.getOrDefault("b" + k, new double[z.length]);
            for (int i = 0; i < z.length; i++) {
                z[i] = Math.tanh(z[i] + b[i]);
            }
        }
        return z;
    }

    private double[] unfolded(Map<String, double[]> parameters, double[] input) {
        double[] a = times(values(parameters, "W"), input);
        double[] b0 = parameters.getOrDefault("b0", new double[a.length]);
        for (int i = 0; i < a.length; i++) {
            a[i] += b0[i];
        }
        double[] z = layer(parameters, 1, a);
        for (int k = 1; k <= stages; k++) {
            double[] u = times(parameters.getOrDefault("S" + k, values(parameters, "S1")), z);
            double[] b = parameters.getOrDefault("b" + k, parameters.getOrDefault("b1", new double[z.length]));
            for (int i = 0; i < u.length; i++) {
                u[i] += a[i] + b[i];
            }
            z = layer(parameters, k + 1, u);
        }
        for (int i = 0; i < z.length && outputTanh > 0; i++) {
            z[i] = Math.tanh(outputTanh * z[i]);
        }
        return z;
    }

    private double[] layer(Map<String, double[]> parameters, int number, double[] u) {
        double[] rho = parameters.getOrDefault("rho" + number, values(parameters, "rho1"));
        double[] mu = parameters.getOrDefault("mu" + number, new double[u.length]);
        double[] z = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            double scale = Math.exp(rho[i]);
            distanceToKink = Math.min(distanceToKink, Math.abs(Math.abs(u[i]) - scale));
            z[i] = Math.exp(mu[i]) * neuron.apply(u[i], scale);
            if (parameters.containsKey("nu" + number)) {
                double bound = Math.exp(values(parameters, "nu" + number)[i]);
                distanceToKink = Math.min(distanceToKink, Math.abs(Math.abs(z[i]) - bound));
                z[i] = BLU.apply(z[i], bound);
            }
        }
        return z;
    }

    /** The values of a parameter that the network has. */
    static double[] values(Map<String, double[]> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    private static double[] times(double[] columnMajor, double[] vector) {
        int rows = columnMajor.length / vector.length;
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += columnMajor[j * rows + i] * vector[j];
            }
        }
        return product;
    }
}
