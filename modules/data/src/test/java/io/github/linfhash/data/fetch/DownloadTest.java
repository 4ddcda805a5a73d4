package io.github.linfhash.data.fetch;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.data.fetch.FaultyServer.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of one answer: right, wrong, late, or none at all. */
class DownloadTest extends DownloadChecks {
    @Test
    void getsAFile() throws IOException {
        List<FaultyServer.Request> requests = assertFetched(Answers.file(CONTENT, TAG));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).field("range")).isEmpty();
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 39_999, 40_001, 999_999_999_999L})
    void anotherLengthIsAnotherFile(long length) throws IOException {
        assertThat(assertRefused("expected 40000 bytes, found " + length, Answers.claiming(length, CONTENT)))
                .hasSize(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void noMoreIsWrittenThanTheFileHas() throws IOException {
        byte[] tooMuch = new byte[50_000_000];
        assertThat(assertRefused("sends more than the 40000 bytes", Answers.unbounded(tooMuch)))
                .hasSize(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void theWrongFileIsRefusedAndNotAskedForAgain() throws IOException {
        assertThat(assertRefused("sends another file (expected SHA-256", Answers.file(OTHER, TAG)))
                .hasSize(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void triesTheNextAddress() throws IOException {
        try (FaultyServer wrong = FaultyServer.answering(Answers.file(OTHER, TAG));
                FaultyServer missing = FaultyServer.answering(Answers.status("404 Not Found", "Server: empty"));
                FaultyServer right = FaultyServer.answering(Answers.file(CONTENT, TAG))) {
            fetch(wrong.at("/f.bin"), missing.at("/f.bin"), right.at("/f.bin"));
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(missing.requests()).hasSize(1);
            assertThat(log).hasSize(2);
        }
    }

    @Test
    void waitsLongerAfterEachFailureAndAsLongAsTheServerAsks() throws IOException {
        Answer busy = Answers.status("503 Service Unavailable", "Server: busy");
        assertFetched(busy, busy, Answers.file(CONTENT, TAG));
        assertThat(delays()).containsExactly("10 ms", "20 ms");
        Files.delete(target());
        log.clear();
        Answer later = Answers.status("429 Too Many Requests", "Retry-After: 1");
        assertFetched(later, busy, Answers.file(CONTENT, TAG));
        assertThat(delays()).containsExactly("1 s", "20 ms");
    }

    @Test
    void waitsAtMostTwoMinutesAndEndsWhenItIsInterrupted() throws IOException {
        Thread waiting = Thread.currentThread();
        log.clear();
        Answer muchLater = (request, out) -> {
            Answers.status("503 Service Unavailable", "Retry-After: 999999").to(request, out);
            LockSupport.parkNanos(500_000_000);
            waiting.interrupt();
        };
        try (FaultyServer server = FaultyServer.answering(muchLater)) {
            assertThatThrownBy(() -> fetch(server.at("/f.bin"))).isInstanceOf(InterruptedIOException.class);
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delays()).containsExactly("120 s");
    }

    @Test
    void endsWhenItIsInterruptedAndKeepsWhatHasCome() throws IOException {
        Thread waiting = Thread.currentThread();
        Answer slow = (request, out) -> {
            Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000)).to(request, out);
            out.flush();
            LockSupport.parkNanos(200_000_000);
            waiting.interrupt();
            LockSupport.parkNanos(2_000_000_000);
        };
        try (FaultyServer server = FaultyServer.answering(slow)) {
            assertThatThrownBy(() -> fetch(server.at("/f.bin"))).isInstanceOf(InterruptedIOException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("f.bin.part")).hasBinaryContent(Arrays.copyOf(CONTENT, 15_000));
        List<FaultyServer.Request> requests = assertFetched(Answers.file(CONTENT, TAG));
        assertThat(requests.get(0).field("range")).isEqualTo("bytes=15000-");
    }

    @Test
    void givesUpAfterSoManyAttempts() throws IOException {
        assertThat(assertRefused(
                        "HTTP 500), 3 times in a row", Answers.status("500 Internal Server Error", "Server: broken")))
                .hasSize(3);
        assertThat(names()).isEmpty();
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> fetch(URI.create("http://localhost:" + port + "/f.bin")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void twoDownloadsOfOneFileDoNotMix() throws IOException {
        try (PartFile other = PartFile.open(target())) {
            assertOneSentence(() -> fetch(URI.create("http://localhost/f.bin")), "f.bin.part is in use");
            assertThat(other.size()).isZero();
        }
    }

    @Test
    void afterALinkNothingIsWritten() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Files.createSymbolicLink(folder.resolve("f.bin.part"), precious);
        assertThatThrownBy(() -> fetch(URI.create("http://localhost/f.bin"))).isInstanceOf(IOException.class);
        assertThat(precious).hasContent("kept");
    }

    @Test
    void aFolderThatCannotBeMadeIsAFaultOfTheDisk() throws IOException {
        Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> PartFile.open(folder.resolve("file").resolve("f.bin")))
                .isInstanceOf(FileSystemException.class);
    }
}
