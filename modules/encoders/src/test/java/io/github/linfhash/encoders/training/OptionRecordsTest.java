package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionRecordsTest {
    @Test
    void optionsChangeByNameAloneAndInGroupsAndTheOthersStay() {
        TrainingOptions d = TrainingOptions.DEFAULTS;
        TrainingOptions changed =
                d.with(Map.of("epochs", 7, "margin", 3, "losses.dsh.penalty", 0.5, "batch.images", 9));

        assertThat(changed.epochs()).isEqualTo(7);
        assertThat(changed.margin()).isEqualTo(3.0);
        assertThat(changed.losses().dsh().penalty()).isEqualTo(0.5);
        assertThat(changed.losses().dsh().marginPerBit())
                .isEqualTo(d.losses().dsh().marginPerBit());
        assertThat(changed.batch().images()).isEqualTo(9);
        assertThat(changed.batch().steps()).isEqualTo(d.batch().steps());
        assertThat(changed.with(
                        Map.of("epochs", d.epochs(), "margin", d.margin(), "losses", d.losses(), "batch", d.batch())))
                .isEqualTo(d);
    }

    @Test
    void valuesOutOfRangeAreRefusedAsThoseOfUsersAre() {
        assertThatThrownBy(() -> TrainingOptions.DEFAULTS.with(Map.of("batch.steps", 0)))
                .isInstanceOf(InputException.class)
                .hasMessage("The training option batch.steps must be at least 1, not 0.");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> TrainingOptions.DEFAULTS.with(Map.of("epoch", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[epoch]");
        assertThatThrownBy(() -> TrainingOptions.DEFAULTS.with(Map.of("batch.size", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[size]");
    }
}
