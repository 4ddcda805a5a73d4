package io.github.linfhash.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.opencl.trainings.NetworkForm;
import io.github.linfhash.opencl.trainings.Training;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts of distances beside core's, and encoding beside the forward pass of plain loops. */
final class OpenClScanTest {
    private static BinaryCodes codes(int rows, int bits, String stream) {
        UniformRandomProvider random = new RandomStreams(bits).stream(stream);
        float[] values = new float[rows * bits];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) - 1;
        }
        return BinaryCodes.ofSigns(rows, bits, values);
    }

    private static ClassLabels labels(int rows) {
        return ClassLabels.of(IntStream.range(0, rows).map(i -> i * i % 7).toArray());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "70, 333, 48", "3, 9001, 64", "130, 20000, 65", "2, 100, 200"})
    void countsAreThoseOfCoreToTheLast(int queries, int rows, int bits) {
        BinaryCodes few = codes(queries, bits, "queries");
        BinaryCodes many = codes(rows, bits, "database");
        Relevance relevance = Relevance.bySimilarLabels(labels(queries), labels(rows));

        DistanceHistograms found = OpenClScan.scan(SmallTrainings.device(), few, many, relevance);

        DistanceHistograms expected = HammingScan.scan(few, many, relevance);
        assertThat(found.toAll()).isEqualTo(expected.toAll());
        assertThat(found.toRelevant()).isEqualTo(expected.toRelevant());
    }

    @Test
    void codesOfOtherLengthsAreRefused() {
        OpenClDevice device = SmallTrainings.device();
        Relevance relevance = Relevance.bySimilarLabels(labels(2), labels(3));
        assertThatThrownBy(() -> OpenClScan.scan(device, codes(2, 8, "queries"), codes(3, 9, "database"), relevance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 bits");
    }

    static Stream<NetworkForm> forms() {
        return SmallTrainings.forms();
    }

    /** Vectors of more than one launch; what is compared lies at both ends and at a border of blocks. */
    @ParameterizedTest
    @MethodSource("forms")
    void outputsAreThoseOfPlainLoopsWhereverAVectorStands(NetworkForm form) {
        Training training = SmallTrainings.training(form, Training.Rule.ADAM, SmallTrainings.examples(1), 10);
        int rows = 8192 + 300;
        float[] repeated = new float[rows * SmallTrainings.INPUTS];
        float[] examples = training.examples().features().toArray();
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = examples[i % examples.length];
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, SmallTrainings.INPUTS, repeated);
        float[] outputs;
        try (OpenClEncoder encoder = new OpenClEncoder(
                SmallTrainings.device(),
                form,
                training.gain(),
                training.outputTanh(),
                training.start().floats())) {
            outputs = encoder.outputs(features);
        }

        PlainTraining plain = new PlainTraining(training);
        plain.images = new double[SmallTrainings.IMAGES * SmallTrainings.INPUTS];
        for (int i = 0; i < plain.images.length; i++) {
            plain.images[i] = examples[i];
        }
        plain.forward();
        double[] expected = plain.z[form.stages()];
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) outputs[i]).isCloseTo(expected[i], within(1e-5));
        }
        int period = SmallTrainings.ROWS * SmallTrainings.UNITS;
        for (int i = period; i < outputs.length; i++) {
            assertThat(outputs[i]).isEqualTo(outputs[i % period]);
        }
    }
}
