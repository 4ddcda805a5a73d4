package io.github.linfhash.core.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {
    @Test
    void whatSteersATerminalIsReplaced() {
        String sentence = "f.txt: expected a name, found '\u001b[2J\r\n\u202eabc\u2028'";
        assertThat(new InputException(sentence)).hasMessage("f.txt: expected a name, found '?[2J???abc?'");
        assertThat(new InputException("\ud83d alone", new IllegalStateException()))
                .hasMessage("? alone");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        String sentence = "B\u00fccher/\u6587\u4ef6/\ud83d\udc1f.csv: expected 2 values, found 3";
        assertThat(new InputException(sentence)).hasMessage(sentence);
    }

    @Test
    void ofAVeryLongSentenceBeginningAndEndStay() {
        InputException e = new InputException("f.txt: expected a name, found '" + "x".repeat(1_000_000) + "' twice");
        assertThat(e.getMessage())
                .hasSizeLessThan(1500)
                .startsWith("f.txt: expected a name, found 'xxx")
                .contains("x ... x")
                .endsWith("xxx' twice");
    }
}
