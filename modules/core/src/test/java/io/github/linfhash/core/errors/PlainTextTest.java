package io.github.linfhash.core.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    /** Escape, bell, delete, the one-byte CSI, a change of the direction of writing, a separator, half a pair. */
    private static final String STEERING = "\u001b[2J\u0007\u007f\u009b31m\u202e\u2028\ud83d";

    @Test
    void whatSteersATerminalIsReplaced() {
        assertThat(PlainText.line(STEERING)).isEqualTo("?[2J???31m???");
        assertThat(PlainText.lines(STEERING)).isEqualTo("?[2J???31m???");
    }

    @Test
    void lineEndsAndTabsStayWhereThereMayBeLines() {
        String text = "a\tb\r\nc\rd\n\r";
        assertThat(PlainText.line(text)).isEqualTo("a?b??c?d??");
        assertThat(PlainText.lines(text)).isEqualTo("a\tb\r\nc?d\n?");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        String text = "B\u00fccher \u2212 \u6587\u4ef6 \ud83d\udc1f \u00a0";
        assertThat(PlainText.line(text)).isEqualTo(text);
        assertThat(PlainText.lines(text)).isEqualTo(text);
    }
}
