package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.MeasuredRun.EncoderOutputs;
import io.github.linfhash.testing.Blobs;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statistics that a run keeps of its encoder's outputs on the queries. */
class EncoderOutputsTest {
    private static final Blobs DATA = Blobs.classes(new Blobs.Sizes(3, 6, 60, 20), 1);
    private static final Map<String, Object> BRIEF = Map.of("epochs", 1, "pairsPerEpoch", 128);

    private static HashFunction trained(String method, Map<String, Object> options) {
        return MethodRegistry.standard()
                .configure(method, options, "test")
                .method()
                .train(new TrainingSet(DATA.train(), DATA.trainLabels(), DATA.train()), 8, TrainingContext.quiet(0));
    }

    @ParameterizedTest
    @CsvSource({"deep-linf, sign", "nnh, sign", "snnh, sign", "snnh, ternary", "snnh, support"})
    void theErrorIsThatOfTheQueriesOverEachUnitsMeanMagnitude(String method, String codes) {
        HashFunction function = trained(
                method, method.equals("snnh") ? Map.of("training", BRIEF, "codes", codes) : Map.of("training", BRIEF));

        EncoderOutputs kept = EncoderOutputs.of(
                function,
                ((RealOutputs) function).encodeWithOutputs(DATA.test()).outputs());

        Map<String, Double> metrics = Metric.Value.byKey(kept.metrics());
        assertThat(metrics).containsOnlyKeys("quantization@queries");
        assertThat(metrics.get("quantization@queries"))
                .isCloseTo(plainError((RealOutputs) function, DATA.test()), within(1e-9))
                .isBetween(0.001, 0.999);
        assertThat(kept.curves()).containsOnlyKeys("outputs.first", "outputs.quantization");
        assertThat(Objects.requireNonNull(kept.curves().get("outputs.first")))
                .hasSize(((RealOutputs) function).outputs(DATA.test()).length
                        / DATA.test().rows());
    }

    /** Straight from the definition: ||y - m s||^2 / ||y||^2, y_i = x_i / mean |x_i|. */
    private static double plainError(RealOutputs function, FeatureMatrix queries) {
        float[] x = function.outputs(queries);
        int units = x.length / queries.rows();
        double[] scale = new double[units];
        for (int i = 0; i < x.length; i++) {
            scale[i % units] += Math.abs(x[i]) / queries.rows();
        }
        double error = 0;
        for (int q = 0; q < queries.rows(); q++) {
            double m = 0;
            double square = 0;
            double distance = 0;
            double[] y = new double[units];
            for (int i = 0; i < units; i++) {
                y[i] = scale[i] == 0 ? 0 : x[q * units + i] / scale[i];
                m += Math.abs(y[i]) / units;
                square += y[i] * y[i];
            }
            for (double value : y) {
                distance += (Math.abs(value) - m) * (Math.abs(value) - m);
            }
            error += square == 0 ? 1 : distance / square;
        }
        return error / queries.rows();
    }

    @Test
    void nothingIsKeptOfMethodsThatAreNoEncoders() {
        EncoderOutputs kept = EncoderOutputs.of(trained("lsh", Map.of()), DATA.test());
        assertThat(kept.metrics()).isEmpty();
        assertThat(kept.curves()).isEmpty();
    }
}
