package io.github.linfhash.results.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import org.junit.jupiter.api.Test;

class OptionOriginTest {
    private static final OptionOrigin CHOSEN = new OptionOrigin(OptionOrigin.Source.TUNED, "linfhash tune x");

    private record Training(
            double rate,

            @Origin(value = Origin.Source.RELEASED_CODE, note = "train.m")
            int epochs) {}

    private record Options(
            @Origin(value = Origin.Source.PAPER, note = "section 4")
            int anchors,

            @Origin(value = Origin.Source.OUR_READING, note = "the paper is silent")
            Training training,

            int unexplained) {}

    private static final Options DEFAULTS = new Options(300, new Training(0.1, 30), 5);

    @Test
    void defaultsHaveTheOriginThatTheMethodDeclares() {
        assertThat(OptionOrigin.allOf(DEFAULTS, DEFAULTS, CHOSEN))
                .containsOnlyKeys("anchors", "training.rate", "training.epochs")
                .containsEntry("anchors", new OptionOrigin(OptionOrigin.Source.PAPER, "section 4"))
                .containsEntry(
                        "training.rate", new OptionOrigin(OptionOrigin.Source.OUR_READING, "the paper is silent"))
                .containsEntry("training.epochs", new OptionOrigin(OptionOrigin.Source.RELEASED_CODE, "train.m"));
    }

    @Test
    void valuesThatAreNoDefaultsHaveTheChosenOriginAndNoOtherValues() {
        Options changed = new Options(300, new Training(0.2, 30), 6);
        assertThat(OptionOrigin.allOf(DEFAULTS, changed, CHOSEN))
                .containsEntry("anchors", new OptionOrigin(OptionOrigin.Source.PAPER, "section 4"))
                .containsEntry("training.rate", CHOSEN)
                .containsEntry("training.epochs", new OptionOrigin(OptionOrigin.Source.RELEASED_CODE, "train.m"))
                .containsEntry("unexplained", CHOSEN);
    }
}
