package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.layers.SgdStep;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Compares a training step with central differences of the loss, taken in double precision on a {@link NetworkTwin}. */
public final class GradientCheck {
    private static final int PAIRS = 16;
    private static final double STEP = 1e-6;

    private final Network network;
    private final NetworkTwin twin;
    private final LossSign sign;
    private final double sparsity;

    public GradientCheck(Network network, NetworkTwin twin) {
        this(network, twin, LossSign.CORRECTED, 0);
    }

    public GradientCheck(Network network, NetworkTwin twin, LossSign sign, double sparsity) {
        this.network = network;
        this.twin = twin;
        this.sign = sign;
        this.sparsity = sparsity;
    }

    /** Random images for a network of the given dimension. */
    public static FeatureMatrix images(int dimension) {
        UniformRandomProvider random = new RandomStreams(3).stream("images");
        float[] values = new float[2 * PAIRS * dimension];
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) normal.sample();
        }
        return FeatureMatrix.owning(2 * PAIRS, dimension, values);
    }

    /** Checks the loss and the step of every parameter; the margin leaves some dissimilar pairs inside and some outside. */
    public void run(double margin) {
        FeatureMatrix images = images(network.dimension());
        randomise();
        Map<String, double[]> before = NetworkTwin.parameters(network);
        Pairs pairs = pairs();
        double loss = loss(before, images, pairs, margin);
        assertThat(twin.distanceToKink()).as("distance to the nearest kink").isGreaterThan(2e-5);

        double measured = new PairBatches(network, images, PAIRS, new ContrastiveLoss(margin, sign, sparsity))
                .train(pairs, 0, new SgdStep(1, 0));

        assertThat(measured).isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
        Map<String, double[]> after = NetworkTwin.parameters(network);
        for (Parameter parameter : network.parameters()) {
            double[] expected = differences(parameter.name(), before, images, pairs, margin);
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                double step = NetworkTwin.values(before, parameter.name())[i]
                        - NetworkTwin.values(after, parameter.name())[i];
                assertThat(step).as("gradient of %s[%d]", parameter.name(), i).isCloseTo(expected[i], within(2e-5));
                largest = Math.max(largest, Math.abs(expected[i]));
            }
            assertThat(largest).as("largest gradient of %s", parameter.name()).isGreaterThan(1e-3);
        }
    }

    /** Moves every parameter to a random place, so that none stays at a symmetric start. */
    private void randomise() {
        UniformRandomProvider random = new RandomStreams(5).stream("parameters");
        for (Parameter parameter : network.parameters()) {
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            parameter.assign(values);
        }
    }

    private static Pairs pairs() {
        int[] first = new int[PAIRS];
        int[] second = new int[PAIRS];
        boolean[] similar = new boolean[PAIRS];
        for (int p = 0; p < PAIRS; p++) {
            first[p] = 2 * p;
            second[p] = 2 * p + 1;
            similar[p] = p < 6;
        }
        return new Pairs(first, second, similar);
    }

    private double[] differences(
            String name, Map<String, double[]> parameters, FeatureMatrix images, Pairs pairs, double margin) {
        double[] differences = new double[NetworkTwin.values(parameters, name).length];
        for (int i = 0; i < differences.length; i++) {
            double up = loss(moved(parameters, name, i, STEP), images, pairs, margin);
            double down = loss(moved(parameters, name, i, -STEP), images, pairs, margin);
            differences[i] = (up - down) / (2 * STEP);
        }
        return differences;
    }

    private static Map<String, double[]> moved(Map<String, double[]> parameters, String name, int index, double by) {
        Map<String, double[]> moved = new LinkedHashMap<>(parameters);
        double[] values = NetworkTwin.values(parameters, name).clone();
        values[index] += by;
        moved.put(name, values);
        return moved;
    }

    /** Eq. (12) with the chosen sign, as a mean over the pairs. */
    private double loss(Map<String, double[]> parameters, FeatureMatrix images, Pairs pairs, double margin) {
        double sum = 0;
        for (int p = 0; p < pairs.size(); p++) {
            double[] x = twin.forward(parameters, image(images, pairs.first(p)));
            double[] other = twin.forward(parameters, image(images, pairs.second(p)));
            double squared = 0;
            double absolute = 0;
            for (int i = 0; i < x.length; i++) {
                squared += (x[i] - other[i]) * (x[i] - other[i]);
                absolute += Math.abs(x[i]) + Math.abs(other[i]);
            }
            double shortfall = Math.max(0, margin - Math.sqrt(squared));
            double dissimilar = shortfall * shortfall / 2;
            sum += pairs.similar(p) ? squared / 2 : sign == LossSign.PRINTED ? -dissimilar : dissimilar;
            sum += sparsity * absolute;
        }
        return sum / pairs.size();
    }

    static double[] image(FeatureMatrix images, int row) {
        double[] image = new double[images.dimension()];
        for (int j = 0; j < image.length; j++) {
            image[j] = images.get(row, j);
        }
        return image;
    }
}
