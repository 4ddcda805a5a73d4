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
                .hasMessage(file + " is no text: expected UTF-8, found bytes that are none");
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
}
