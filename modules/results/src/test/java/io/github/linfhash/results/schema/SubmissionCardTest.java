package io.github.linfhash.results.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionCardTest {
    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1.1e9, Double.NaN, Double.POSITIVE_INFINITY})
    void secondsAreFromZeroToABillion(double wrong) {
        assertThat(new SubmissionCard.Seconds(0.0, 1e9).encode()).isEqualTo(1e9);
        assertThat(new SubmissionCard.Seconds(null, null).train()).isNull();
        assertThatThrownBy(() -> new SubmissionCard.Seconds(wrong, 1.0))
                .hasMessageContaining("seconds: expected numbers from 0 to 1e9, found");
        assertThatThrownBy(() -> new SubmissionCard.Seconds(1.0, wrong))
                .hasMessageContaining("seconds: expected numbers from 0 to 1e9, found");
    }
}
