package io.github.linfhash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    @Test
    void namesAndNotesCannotSteerTheTerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        progress.begin("reading \u001b[2J\u009b\n", 1).close();
        progress.note("\u001b[2J is damaged");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .matches("reading \\?\\[2J\\?\\? \\.\\.\\.\\R" + "reading \\?\\[2J\\?\\?: [0-9.]+ s\\R"
                        + "linfhash: \\?\\[2J is damaged\\R");
    }
}
