package io.github.linfhash.core.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.linfhash.core.method.Origin.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionEntryTest {
    record Schedule(
            @Origin(value = Source.PAPER, note = "printed") double rate, int epochs) {}

    record Options(
            @Origin(value = Source.RELEASED_CODE, note = "demo")
            int anchors,

            @Origin(value = Source.OUR_READING, note = "group")
            Schedule schedule,

            String free) {}

    @Test
    void followsGroupsAndGivesEachOptionItsOwnOriginOrThatOfItsGroup() {
        List<OptionEntry> entries = OptionEntry.of(new Options(300, new Schedule(0.01, 20), "x"));
        assertThat(entries)
                .extracting(OptionEntry::name, OptionEntry::value)
                .containsExactly(
                        tuple("anchors", 300),
                        tuple("schedule.rate", 0.01),
                        tuple("schedule.epochs", 20),
                        tuple("free", "x"));
        assertThat(entries)
                .extracting(
                        entry -> entry.origin() == null ? "" : entry.origin().note())
                .containsExactly("demo", "printed", "group", "");
    }
}
