package io.github.linfhash.encoders.training;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionRecordsTest {
    @Test
    void optionsChangeByNameAloneAndInGroupsAndTheOthersStay() {
        TrainingOptions d = TrainingOptions.DEFAULTS;
        TrainingOptions changed = d.with("epochs", 7)
                .with("margin", 3)
                .with("losses.dsh.penalty", 0.5)
                .with("batch.images", 9);

        assertThat(changed.epochs()).isEqualTo(7);
        assertThat(changed.margin()).isEqualTo(3.0);
        assertThat(changed.losses().dsh().penalty()).isEqualTo(0.5);
        assertThat(changed.losses().dsh().marginPerBit())
                .isEqualTo(d.losses().dsh().marginPerBit());
        assertThat(changed.batch().images()).isEqualTo(9);
        assertThat(changed.batch().steps()).isEqualTo(d.batch().steps());
        assertThat(changed.with("epochs", d.epochs())
                        .with("margin", d.margin())
                        .with("losses", d.losses())
                        .with("batch", d.batch()))
                .isEqualTo(d);
    }

    @Test
    void valuesOutOfRangeAreRefusedAsThoseOfUsersAre() {
        assertBadInput(() -> TrainingOptions.DEFAULTS.with("batch.steps", 0))
                .hasMessage("steps: expected a whole number of at least 1, found 0");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> TrainingOptions.DEFAULTS.with("epoch", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no option epoch ");
        assertThatThrownBy(() -> TrainingOptions.DEFAULTS.with("batch.size", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no option size ");
    }
}
