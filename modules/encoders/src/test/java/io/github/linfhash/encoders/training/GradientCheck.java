package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer.Decay;
import io.github.linfhash.encoders.layers.Optimizer.Sgd;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.SiameseTrainer.InBatchSteps;
import io.github.linfhash.encoders.training.SiameseTrainer.PairBatches;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
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
        randomize();
        Map<String, double[]> before = NetworkTwin.parameters(network);
        Pairs pairs = pairs();
        double loss = loss(before, images, pairs, margin);
        assertThat(twin.distanceToKink()).as("distance to the nearest kink").isGreaterThan(2e-5);

        double measured = new PairBatches(network, images, PAIRS, new ContrastiveLoss(margin, sign, sparsity))
                .train(pairs, 0, new Sgd(1, Decay.NONE));

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

    /** Checks the loss and the step of every parameter for all pairs of a batch; the differences are of the pairwise loss, listed pair by pair. */
    public void runInBatch(double margin, double similarShare) {
        FeatureMatrix images = images(network.dimension());
        randomize();
        Map<String, double[]> before = NetworkTwin.parameters(network);
        Labels labels =
                ClassLabels.of(IntStream.range(0, images.rows()).map(i -> i % 3).toArray());
        twin.forward(before, image(images, 0));
        TrainingOptions d = TrainingOptions.DEFAULTS;
        TrainingOptions options = d.with("pairs", PairSource.IN_BATCH)
                .with("learningRate", 1)
                .with("epochs", 1)
                .with("pairsPerEpoch", 128)
                .with("similarShare", similarShare)
                .with("batch", new BatchOptions(images.rows(), 0, 1))
                .with("margin", margin)
                .with("lossSign", sign)
                .with("sparsityPenalty", sparsity);

        double measured = new InBatchSteps(network, images, labels, null, options, new RandomStreams(1))
                .step(1, 0, new Sgd(1, Decay.NONE));

        assertThat(measured).isCloseTo(allPairs(before, images, labels, margin, similarShare), within(1e-4));
        assertThat(twin.distanceToKink()).as("distance to the nearest kink").isGreaterThan(2e-6);
        Map<String, double[]> after = NetworkTwin.parameters(network);
        for (Parameter parameter : network.parameters()) {
            double[] start = NetworkTwin.values(before, parameter.name());
            double[] end = NetworkTwin.values(after, parameter.name());
            double largest = 0;
            for (int i = 0; i < start.length; i++) {
                double up = allPairs(moved(before, parameter.name(), i, STEP), images, labels, margin, similarShare);
                double down = allPairs(moved(before, parameter.name(), i, -STEP), images, labels, margin, similarShare);
                double expected = (up - down) / (2 * STEP);
                assertThat(start[i] - end[i])
                        .as("gradient of %s[%d]", parameter.name(), i)
                        .isCloseTo(expected, within(5e-5));
                largest = Math.max(largest, Math.abs(expected));
            }
            assertThat(largest).as("largest gradient of %s", parameter.name()).isGreaterThan(1e-3);
        }
    }

    private double allPairs(
            Map<String, double[]> parameters, FeatureMatrix images, Labels labels, double margin, double share) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        double absolute = 0;
        double[][] x = new double[images.rows()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = twin.forward(parameters, image(images, i));
            absolute += Arrays.stream(x[i]).map(Math::abs).sum();
            for (int j = 0; j < i; j++) {
                double squared = 0;
                for (int u = 0; u < x[i].length; u++) {
                    squared += (x[i][u] - x[j][u]) * (x[i][u] - x[j][u]);
                }
                double shortfall = Math.max(0, margin - Math.sqrt(squared));
                int kind = labels.similar(i, labels, j) ? 0 : 1;
                sums[kind] += kind == 0 ? squared / 2 : sign.factor() * shortfall * shortfall / 2;
                counts[kind]++;
            }
        }
        return share * sums[0] / counts[0] + (1 - share) * sums[1] / counts[1] + 2 * sparsity * absolute / x.length;
    }

    /** Moves every parameter to a random place, so that none stays at a symmetric start. */
    private void randomize() {
        UniformRandomProvider random = new RandomStreams(5).stream("parameters");
        for (Parameter parameter : network.parameters()) {
            parameter.assign(Filled.floats(parameter.size(), i -> random.nextFloat() - 0.5f));
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
        return IntStream.range(0, images.dimension())
                .mapToDouble(j -> images.get(row, j))
                .toArray();
    }
}
