package io.github.linfhash.results.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionValueTest {
    private enum Init {
        K_SVD
    }

    private record Options(
            int epochs,
            long pairs,
            double rate,
            float gain,
            boolean tied,
            Init init,
            String note,
            List<Integer> sizes,
            @Nullable Double limit) {}

    private record Unsupported(Map<String, String> map) {}

    private record NotFinite(double rate) {}

    @Test
    void everyComponentOfARecordBecomesAnOptionInOrder() {
        Map<String, OptionValue> values =
                OptionValue.allOf(new Options(30, 1L << 40, 0.01, 0.1f, true, Init.K_SVD, "n", List.of(1, 2), null));

        assertThat(values.keySet())
                .containsExactly("epochs", "pairs", "rate", "gain", "tied", "init", "note", "sizes", "limit");
        assertThat(values.values().stream().map(OptionValue::toString))
                .containsExactly("30", "1099511627776", "0.01", "0.1", "true", "k-svd", "n", "1, 2", "not set");
    }

    @Test
    void smallNumbersReadAsInProtocolFiles() {
        assertThat(OptionValue.of(1e-8)).hasToString("1e-8");
        assertThat(OptionValue.of(2.5e-7)).hasToString("2.5e-7");
        assertThat(OptionValue.of(1.0)).hasToString("1.0");
    }

    @Test
    void whatJsonCannotHoldIsRefused() {
        assertThatThrownBy(() -> OptionValue.allOf(new Unsupported(Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OptionValue.allOf(new NotFinite(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
