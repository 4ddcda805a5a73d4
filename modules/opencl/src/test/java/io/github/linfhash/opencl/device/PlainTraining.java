package io.github.linfhash.opencl.device;

import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.NetworkForm.Neuron;
import io.github.linfhash.encoders.backend.Training;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;

/** A training in plain loops and float64, written from the formulas, as a reference for the kernels. */
final class PlainTraining {
    final double[] values;
    final double[] first;
    final double[] second;
    final double[][] u;
    final double[][] z;
    double[] images = new double[0];
    int[] batch = new int[0];
    private final Training training;
    private final NetworkForm form;
    private final int columns;

    /** Of the drawn images. */
    private final boolean[][] similar;

    private final boolean[][] distinct;
    private int steps;

    PlainTraining(Training training) {
        this.training = training;
        this.form = training.form();
        this.columns = training.schedule().images();
        this.similar = new boolean[columns][columns];
        this.distinct = new boolean[columns][columns];
        float[] start = training.start().floats();
        this.values = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            values[i] = start[i];
        }
        this.first = new double[start.length];
        this.second = new double[start.length];
        this.u = new double[form.stages() + 1][form.units() * columns];
        this.z = new double[form.stages() + 1][form.units() * columns];
    }

    /** Floyd's algorithm with the generator of core. */
    void draw(int epoch, int step) {
        UniformRandomProvider random = training.draws().batches().at(epoch, step);
        int rows = training.examples().rows();
        TreeSet<Integer> drawn = new TreeSet<>();
        for (int last = rows - columns; last < rows; last++) {
            int candidate = random.nextInt(last + 1);
            drawn.add(drawn.contains(candidate) ? last : candidate);
        }
        batch = drawn.stream().mapToInt(Integer::intValue).toArray();
        UniformRandomProvider mask = training.draws().dropout().at(epoch, step);
        int dropped = (int) Math.round(training.draws().share() * 65536);
        images = new double[columns * form.inputs()];
        int word = 0;
        for (int i = 0; i < images.length; i++) {
            double value = training.examples().features().get(batch[i / form.inputs()], i % form.inputs());
            if (dropped > 0) {
                word = i % 2 == 0 ? mask.nextInt() : word;
                int level = i % 2 == 0 ? word >>> 16 : word & 0xFFFF;
                value = level < dropped ? 0 : value * 65536 / (65536 - dropped);
            }
            images[i] = value;
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                similar[i][j] = training.examples().relation().similar(batch[i], batch[j]);
                distinct[i][j] = isDistinct(i, j);
            }
        }
    }

    private int lateral(int stage) {
        return form.units() * form.inputs() + (form.tied() ? 0 : stage - 1) * form.units() * form.units();
    }

    private int biases() {
        return form.units() * (form.inputs() + form.laterals() * form.units());
    }

    private double bias(int layer, int unit) {
        if (layer == 0) {
            return form.inputBias() ? values[biases() + unit] : 0;
        }
        return form.stageBiases() ? values[stageBias(layer) + unit] : 0;
    }

    private int stageBias(int layer) {
        return biases() + ((form.inputBias() ? 1 : 0) + (form.tied() ? 0 : layer - 1)) * form.units();
    }

    private int scale(int layer) {
        return biases() + (form.biases() + layer) * form.units();
    }

    private double neuron(int layer, int unit, double in) {
        if (form.neuron() == Neuron.TANH) {
            return Math.tanh(in);
        }
        double s = Math.exp(values[scale(layer) + unit]);
        double clipped = Math.max(-s, Math.min(s, in));
        if (form.neuron() == Neuron.BOUNDED) {
            return clipped;
        }
        boolean last = layer == form.stages() && training.outputTanh() > 0;
        return last ? Math.tanh(training.outputTanh() * (in - clipped)) : in - clipped;
    }

    void forward() {
        for (int b = 0; b < columns; b++) {
            for (int layer = 0; layer <= form.stages(); layer++) {
                for (int i = 0; i < form.units(); i++) {
                    int at = b * form.units() + i;
                    double in = layer == 0 ? fed(b, i) : form.chain() ? 0 : u[0][at];
                    for (int k = 0; k < form.units() && layer > 0; k++) {
                        in += values[lateral(layer) + k * form.units() + i] * z[layer - 1][b * form.units() + k];
                    }
                    u[layer][at] = in + bias(layer, i);
                    z[layer][at] = neuron(layer, i, u[layer][at]);
                }
            }
        }
    }

    private double fed(int image, int unit) {
        double sum = 0;
        for (int k = 0; k < form.inputs(); k++) {
            sum += values[k * form.units() + unit] * images[image * form.inputs() + k];
        }
        return training.gain() * sum;
    }

    /** The numbers of similar and dissimilar pairs of the batch. */
    int[] pairs() {
        int[] pairs = new int[2];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                if (distinct[i][j]) {
                    pairs[similar[i][j] ? 0 : 1]++;
                }
            }
        }
        return pairs;
    }

    private boolean isDistinct(int i, int j) {
        for (int k = 0; k < form.inputs(); k++) {
            if (training.examples().features().get(batch[i], k)
                    != training.examples().features().get(batch[j], k)) {
                return true;
            }
        }
        return false;
    }

    /** The loss of the last forward pass. */
    double loss() {
        Training.Loss loss = training.loss();
        int[] pairs = pairs();
        double[] x = z[form.stages()];
        double sum = 0;
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                if (distinct[i][j]) {
                    double squared = 0;
                    for (int k = 0; k < form.units(); k++) {
                        double apart = x[i * form.units() + k] - x[j * form.units() + k];
                        squared += apart * apart;
                    }
                    double shortfall = Math.max(0, loss.margin() - Math.sqrt(squared));
                    sum += similar[i][j]
                            ? loss.similarShare() / pairs[0] * squared / 2
                            : loss.sign() * (1 - loss.similarShare()) / pairs[1] * shortfall * shortfall / 2;
                }
            }
        }
        for (double value : x) {
            sum += 2 * loss.sparsity() / columns * Math.abs(value);
        }
        return sum;
    }

    /** The loss of the drawn images with one value changed. */
    double lossWith(int index, double change) {
        double kept = values[index];
        values[index] = kept + change;
        forward();
        double loss = loss();
        values[index] = kept;
        return loss;
    }

    /** The gradient of the loss of the drawn images by central differences. */
    double difference(int index, double width) {
        return (lossWith(index, width) - lossWith(index, -width)) / (2 * width);
    }

    /** Moves all values along a given gradient. */
    void move(double[] gradient) {
        steps++;
        Training.Descent descent = training.descent();
        for (int i = 0; i < values.length; i++) {
            double decay =
                    i < form.units() * form.inputs() ? descent.firstDecay() : i < biases() ? descent.laterDecay() : 0;
            double kept = (1 - descent.rate() * decay) * values[i];
            switch (descent.rule()) {
                case SGD -> values[i] = kept - descent.rate() * gradient[i];
                case MOMENTUM -> {
                    first[i] = 0.9 * first[i] + gradient[i];
                    values[i] = kept - descent.rate() * first[i];
                }
                case ADAM -> {
                    first[i] = 0.9 * first[i] + 0.1 * gradient[i];
                    second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
                    double mean = first[i] / (1 - Math.pow(0.9, steps));
                    double square = second[i] / (1 - Math.pow(0.999, steps));
                    values[i] = kept - descent.rate() * mean / (Math.sqrt(square) + 1e-8);
                }
            }
        }
    }
}
