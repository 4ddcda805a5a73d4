package io.github.linfhash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Paragraphs and commands below the options of a command. */
class HelpTextTest {
    @Test
    void aParagraphIsOneLineAndCommandsStayApart() {
        assertThat(HelpText.lines(List.of("  linfhash x", "", "One sentence that goes", "on.", "", "Another.")))
                .containsExactly("  linfhash x", "", "One sentence that goes on.", "", "Another.");
    }

    @Test
    void aLongCommandGoesOnBelowAtAnOption() {
        String command =
                "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 --seed 0 --out codes";
        List<String> lines = HelpText.lines(List.of(command, "      what it does"));
        assertThat(lines)
                .containsExactly(
                        "  linfhash encode --protocol cifar10 --data ~/data --method ksh --bits 48 \\",
                        "      --seed 0 --out codes",
                        "      what it does");
    }
}
