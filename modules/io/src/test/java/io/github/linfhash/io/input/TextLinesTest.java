package io.github.linfhash.io.input;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    /** The files that this process has open, on Linux. */
    private static final Path OPEN = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsNoTextIsClosed() throws IOException {
        assumeThat(OPEN).isDirectory();
        Path file = Files.write(folder.resolve("x.txt"), new byte[] {(byte) 0xff, 'a'});
        assertBadInput(() -> TextLines.open(file, Progress.NONE.begin("", 2)))
                .hasMessage(file + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8");
        try (Stream<Path> open = Files.list(OPEN)) {
            assertThat(open.filter(one -> leadsTo(one, file))).isEmpty();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException e) {
            // Closed meanwhile, as the folder that is listed.
            return false;
        }
    }

    @Test
    void aWholeTextIsReadBehindItsByteOrderMark() throws IOException {
        Path file = Files.writeString(folder.resolve("x.txt"), "\ufeffred\r\n\u00e9\n\nlast");
        assertThat(TextLines.all(file)).containsExactly("red", "\u00e9", "", "last");
        assertThat(TextLines.text(file)).isEqualTo("red\r\n\u00e9\n\nlast");
        Path latin1 = Files.write(folder.resolve("y.txt"), new byte[] {'a', (byte) 0xe9, '\n'});
        String sentence = latin1 + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8";
        assertBadInput(() -> TextLines.text(latin1)).hasMessage(sentence);
        assertBadInput(() -> TextLines.all(latin1)).hasMessage(sentence);
    }
}
