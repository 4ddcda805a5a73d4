package io.github.linfhash.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel against plain loops, and gradients against differences of the loss. */
final class TrainingGroupTest {
    private static final int EPOCH = 2;
    private static final int STEP = 3;

    /** By form; of the trainings of {@link #three}, whether kernels use tiles or not. */
    private static final Map<NetworkForm, List<double[]>> DIFFERENCES = new HashMap<>();

    static Stream<NetworkForm> forms() {
        return SmallTrainings.forms();
    }

    /** A GPU takes tiles of matrices into local memory, a processor does not: both are tested on whatever device there is. */
    static Stream<Arguments> formsWithAndWithoutTiles() {
        return forms().flatMap(form -> Stream.of(Arguments.of(form, true), Arguments.of(form, false)));
    }

    private static List<Training> three(NetworkForm form, Training.Rule rule) {
        Examples shared = SmallTrainings.examples(1);
        return List.of(
                SmallTrainings.training(form, rule, shared, 1),
                SmallTrainings.training(form, rule, SmallTrainings.examples(2), 6),
                SmallTrainings.training(form, rule, shared, 10));
    }

    /** Returns whole numbers that were read as floats of the same bits. */
    private static int[] ints(float[] bits) {
        return IntStream.range(0, bits.length)
                .map(i -> Float.floatToRawIntBits(bits[i]))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void drawsWhatCoreDraws(NetworkForm form) {
        List<Training> trainings = three(form, Training.Rule.ADAM);
        try (TrainingGroup group = new TrainingGroup(SmallTrainings.device(), trainings)) {
            group.draw(EPOCH, trainings.size());
            int[] batches = ints(group.read("batches"));
            int[] pairs = ints(group.read("pairs"));
            group.forward(EPOCH, STEP, trainings.size());
            float[] images = group.read("images");
            for (int m = 0; m < trainings.size(); m++) {
                PlainTraining plain = new PlainTraining(trainings.get(m));
                for (int step = 0; step < SmallTrainings.STEPS; step++) {
                    plain.draw(EPOCH, step);
                    int at = m * SmallTrainings.STEPS + step;
                    assertThat(slice(batches, at, SmallTrainings.IMAGES)).isEqualTo(plain.batch);
                    assertThat(slice(pairs, at, 2)).isEqualTo(plain.pairs());
                }
                plain.draw(EPOCH, STEP);
                assertClose(slice(images, m, plain.images.length), plain.images, 1e-6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formsWithAndWithoutTiles")
    void layersAndLossAreThoseOfPlainLoops(NetworkForm form, boolean tiles) {
        List<Training> trainings = three(form, Training.Rule.ADAM);
        try (TrainingGroup group = new TrainingGroup(SmallTrainings.device(), trainings, tiles)) {
            group.draw(EPOCH, trainings.size());
            group.forward(EPOCH, STEP, trainings.size());
            group.backward(STEP, trainings.size());
            float[] u = group.read("u");
            float[] z = group.read("z");
            float[] losses = group.read("losses");
            int block = SmallTrainings.UNITS * SmallTrainings.IMAGES;
            int parts = losses.length / trainings.size() / SmallTrainings.STEPS;
            for (int m = 0; m < trainings.size(); m++) {
                PlainTraining plain = new PlainTraining(trainings.get(m));
                plain.draw(EPOCH, STEP);
                plain.forward();
                for (int layer = 0; layer <= form.stages(); layer++) {
                    int at = m * (form.stages() + 1) + layer;
                    assertClose(slice(u, at, block), plain.u[layer], 1e-5);
                    assertClose(slice(z, at, block), plain.z[layer], 1e-5);
                }
                double loss = 0;
                for (float part : slice(losses, m * SmallTrainings.STEPS + STEP, parts)) {
                    loss += part;
                }
                assertThat(loss).isCloseTo(plain.loss(), within(1e-5 * Math.abs(plain.loss())));
            }
        }
    }

    /** A step of plain descent without decay divided by its rate is the gradient. */
    @ParameterizedTest
    @MethodSource("formsWithAndWithoutTiles")
    void gradientsAreDifferencesOfTheLoss(NetworkForm form, boolean tiles) {
        List<Training> trainings = three(form, Training.Rule.SGD);
        try (TrainingGroup group = new TrainingGroup(SmallTrainings.device(), trainings, tiles)) {
            group.draw(EPOCH, trainings.size());
            group.step(EPOCH, STEP, trainings.size());
            float[] moved = group.read("parameters");
            List<double[]> differences = DIFFERENCES.computeIfAbsent(
                    form,
                    key -> trainings.stream()
                            .map(TrainingGroupTest::differences)
                            .toList());
            for (int m = 0; m < trainings.size(); m++) {
                assertGradients(trainings.get(m), differences.get(m), slice(moved, m, form.size()));
            }
        }
    }

    /** Of every few parameters of a training, at their places. */
    private static double[] differences(Training training) {
        PlainTraining plain = new PlainTraining(training);
        plain.draw(EPOCH, STEP);
        double[] differences = new double[training.form().size()];
        for (int i = 0; i < differences.length; i += stride(training.form(), i)) {
            differences[i] = plain.difference(i, 1e-6);
        }
        return differences;
    }

    private static int stride(NetworkForm form, int parameter) {
        return parameter < form.units() * form.inputs() ? 7 : 3;
    }

    private static void assertGradients(Training training, double[] differences, float[] moved) {
        NetworkForm form = training.form();
        double rate = training.descent().rate();
        int failures = 0;
        int checked = 0;
        double[] values = new PlainTraining(training).values;
        for (int i = 0; i < moved.length; i += stride(form, i)) {
            double decay = i < form.units() * form.inputs()
                    ? training.descent().firstDecay()
                    : i < form.size() - form.vectors() * form.units()
                            ? training.descent().laterDecay()
                            : 0;
            double found = ((1 - rate * decay) * values[i] - moved[i]) / rate;
            double expected = differences[i];
            checked++;
            failures += Math.abs(found - expected) > 2e-4 + 1e-3 * Math.abs(expected) ? 1 : 0;
        }
        // A value within a millionth of a kink of its neuron has no gradient to compare with: there are none, or hardly
        // one.
        assertThat(failures).as("of %d gradients", checked).isLessThanOrEqualTo(checked / 200);
    }

    /** Momentum's first step keeps the gradient itself; all rules move twice along it. */
    @ParameterizedTest
    @EnumSource(Training.Rule.class)
    void movesByEachRule(Training.Rule rule) {
        NetworkForm form = SmallTrainings.forms().findFirst().orElseThrow();
        List<Training> trainings = three(form, rule);
        try (TrainingGroup group = new TrainingGroup(SmallTrainings.device(), trainings);
                TrainingGroup gradients =
                        new TrainingGroup(SmallTrainings.device(), three(form, Training.Rule.MOMENTUM))) {
            gradients.draw(EPOCH, trainings.size());
            gradients.step(EPOCH, STEP, trainings.size());
            group.draw(EPOCH, trainings.size());
            group.step(EPOCH, STEP, trainings.size());
            group.update(trainings.size());
            float[] gradient = gradients.read("firstMoments");
            float[] moved = group.read("parameters");
            for (int m = 0; m < trainings.size(); m++) {
                PlainTraining plain = new PlainTraining(trainings.get(m));
                plain.move(doubles(slice(gradient, m, form.size())));
                plain.move(doubles(slice(gradient, m, form.size())));
                assertClose(slice(moved, m, form.size()), plain.values, 1e-6);
            }
        }
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static void assertClose(float[] found, double[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static float[] slice(float[] values, int number, int length) {
        return Arrays.copyOfRange(values, number * length, (number + 1) * length);
    }

    private static int[] slice(int[] values, int number, int length) {
        return Arrays.copyOfRange(values, number * length, (number + 1) * length);
    }
}
