package io.github.linfhash.core.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.NonFiniteException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultTest {
    private static final RunKey KEY = new RunKey("lsh", 48, 3);

    private static RunResult result(Map<String, Double> metrics) {
        return RunResult.measured(KEY, "split", "codes", 1, 4L, metrics, Map.of(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void metricsThatAreNotFiniteAreRefusedByName(double value) {
        assertThatThrownBy(() -> result(Map.of("map", value)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("lsh-48-seed3")
                .hasMessageContaining("map");
    }

    @Test
    void metricsKeepTheirOrderAndCannotBeChanged() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("z", 1.0);
        metrics.put("a", 2.0);
        RunResult result = result(metrics);
        metrics.clear();
        assertThat(result.metrics().keySet()).containsExactly("z", "a");
        assertThatThrownBy(() -> result.metrics().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRunFailedIfItSaysWhy() {
        assertThat(result(Map.of()).failed()).isFalse();
        assertThat(RunResult.failed(KEY, "split", "loss is NaN").failed()).isTrue();
    }
}
