package io.github.linfhash.protocols.fetch;

import static io.github.linfhash.protocols.input.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.files.Digests;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.protocols.dataset.Checksums;
import io.github.linfhash.protocols.dataset.DatasetFile;
import io.github.linfhash.protocols.fetch.FaultyServer.Answer;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from servers that fail in every way but one. */
class DownloadTest {
    private static final byte[] CONTENT = content(1);
    private static final byte[] OTHER = content(2);
    private static final String TAG = "\"1\"";

    @TempDir
    Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private static byte[] content(int seed) {
        byte[] content = new byte[40_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + (i >> 8) * seed + seed);
        }
        return content;
    }

    private static DatasetFile wanted() {
        String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(CONTENT));
        return new DatasetFile(
                "f.bin", List.of("http://localhost/f.bin"), (long) CONTENT.length, new Checksums(sha256, null, null));
    }

    private Path target() {
        return folder.resolve("f.bin");
    }

    private void fetch(URI... sources) throws IOException {
        Patience patience = new Patience(3, Duration.ofSeconds(1), Duration.ofMillis(400));
        Web web = new Web(ProxySelector.of(null), null, patience.stall());
        new Download(web, patience, pauses::add, Progress.NONE, log::add).fetch(wanted(), List.of(sources), target());
    }

    /** Fetches from a server with these answers; the file must be right, and nothing may lie beside it. */
    private List<FaultyServer.Request> assertFetched(Answer... answers) throws IOException {
        try (FaultyServer server = FaultyServer.answering(answers)) {
            fetch(server.at("/f.bin"));
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(names()).containsExactly("f.bin");
            return server.requests();
        }
    }

    /** Fetches from a server with these answers, which must fail and leave no file of the final name. */
    private List<FaultyServer.Request> assertRefused(String reason, Answer... answers) throws IOException {
        try (FaultyServer server = FaultyServer.answering(answers)) {
            assertThatThrownBy(() -> fetch(server.at("/f.bin")))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContainingAll("f.bin could not be fetched: expected", "found", reason);
            assertThat(target()).doesNotExist();
            return server.requests();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void getsAFile() throws IOException {
        List<FaultyServer.Request> requests = assertFetched(Answers.file(CONTENT, TAG));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).field("range")).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void goesOnWhereAConnectionBroke() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000));
        List<FaultyServer.Request> requests = assertFetched(broken, Answers.file(CONTENT, TAG));
        assertThat(requests.get(1).field("range")).isEqualTo("bytes=15000-");
        assertThat(requests.get(1).field("if-range")).isEqualTo(TAG);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void goesOnInAnotherRunAndFromAnotherAddress() throws IOException {
        assertRefused("broke off", Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 9_000)));
        assertThat(folder.resolve("f.bin.part")).hasSize(9_000);
        List<FaultyServer.Request> requests = assertFetched(Answers.file(CONTENT, "\"of another server\""));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).field("range")).isEqualTo("bytes=9000-");
        // An entity tag means something to the server alone that gave it.
        assertThat(requests.get(0).field("if-range")).isEmpty();
    }

    @Test
    void startsOverWhereAServerDoesNotKnowRanges() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000));
        assertThat(assertFetched(broken, Answers.whole(CONTENT))).hasSize(2);
    }

    @Test
    void startsOverWhereTheFileHasChanged() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(OTHER, 15_000));
        assertThat(assertFetched(broken, Answers.file(CONTENT, "\"2\""))).hasSize(2);
    }

    @Test
    void startsOverWhereAServerGivesAPartOfAChangedFile() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(OTHER, 15_000));
        List<FaultyServer.Request> requests =
                assertFetched(broken, Answers.part(CONTENT, "\"2\""), Answers.file(CONTENT, "\"2\""));
        assertThat(requests).hasSize(3);
        assertThat(requests.get(2).field("range")).isEmpty();
        assertThat(log).anyMatch(line -> line.contains("has changed the file meanwhile"));
    }

    @Test
    void startsOverWhereNobodySaysThatTheFileHasChanged() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(OTHER, 15_000));
        List<FaultyServer.Request> requests =
                assertFetched(broken, Answers.part(CONTENT, TAG), Answers.file(CONTENT, TAG));
        assertThat(requests).hasSize(3);
        assertThat(log).anyMatch(line -> line.contains("parts that do not make the file"));
    }

    @Test
    void startsOverWhereTheServerSendsAnotherPart() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000));
        Answer another =
                Answers.status("206 Partial Content", "ETag: " + TAG + "\r\nContent-Range: bytes 0-39999/40000");
        assertThat(assertFetched(broken, another, Answers.file(CONTENT, TAG))).hasSize(3);
    }

    @Test
    void startsOverWhereThePartIsOutOfRange() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000));
        Answer unsatisfiable = Answers.status("416 Range Not Satisfiable", "Content-Range: bytes */40000");
        List<FaultyServer.Request> requests = assertFetched(broken, unsatisfiable, Answers.file(CONTENT, TAG));
        assertThat(requests.get(2).field("range")).isEmpty();
    }

    @Test
    void aLeftoverThatIsLongerThanTheFileIsDropped() throws IOException {
        Files.write(folder.resolve("f.bin.part"), new byte[CONTENT.length + 1]);
        assertThat(assertFetched(Answers.file(CONTENT, TAG))).hasSize(1);
    }

    @Test
    void aWholeLeftoverIsCheckedAndNeedsNoServer() throws IOException {
        Files.write(folder.resolve("f.bin.part"), CONTENT);
        assertThat(assertFetched(Answers.file(CONTENT, TAG))).isEmpty();
    }

    @Test
    void givesUpOnAServerThatStallsAndGoesOn() throws IOException {
        List<FaultyServer.Request> requests =
                assertFetched(Answers.stalling(CONTENT, 20_000), Answers.silence(), Answers.file(CONTENT, TAG));
        assertThat(requests).hasSize(3);
        assertThat(requests.get(2).field("range")).isEqualTo("bytes=20000-");
        assertThat(log).anyMatch(line -> line.contains("bytes in 400 ms"));
        assertThat(log).anyMatch(line -> line.contains("does not answer"));
    }

    @Test
    void givesUpOnAServerThatSendsAByteNowAndThen() throws IOException {
        assertThat(assertFetched(Answers.trickling(CONTENT), Answers.file(CONTENT, TAG)))
                .hasSize(2);
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
    void anAnswerWithoutALengthMayEndEarly() throws IOException {
        Answer early = Answers.unbounded(Arrays.copyOf(CONTENT, 12_345));
        List<FaultyServer.Request> requests = assertFetched(early, Answers.file(CONTENT, TAG));
        assertThat(requests.get(1).field("range")).isEqualTo("bytes=12345-");
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
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        Files.delete(target());
        pauses.clear();
        Answer later = Answers.status("429 Too Many Requests", "Retry-After: 7");
        Answer muchLater = Answers.status("503 Service Unavailable", "Retry-After: 999999");
        assertFetched(later, muchLater, Answers.file(CONTENT, TAG));
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(2));
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
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void followsARedirection() throws IOException {
        List<FaultyServer.Request> requests = assertFetched(Answers.redirect("/elsewhere"), Answers.file(CONTENT, TAG));
        assertThat(requests.get(1).target()).isEqualTo("/elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://localhost/f.bin", "http://me:secret@localhost/", "://", "jar:x"})
    void doesNotFollowARedirectionToSomethingElse(String location) throws IOException {
        assertThat(assertRefused("redirects to", Answers.redirect(location))).hasSize(1);
    }

    @Test
    void doesNotFollowRedirectionsForEver() throws IOException {
        assertThat(assertRefused("redirects more than 5 times", Answers.redirect("/again")))
                .hasSize(6);
        assertRefused("without saying where", Answers.status("302 Found", "Server: lost"));
    }

    @Test
    void doesNotFollowARedirectionFromHttpsToHttp() throws Exception {
        Certificate certificate = Certificate.make(folder.resolve("keys"));
        try (FaultyServer plain = FaultyServer.answering(Answers.file(CONTENT, TAG));
                FaultyServer secure = FaultyServer.secure(
                        certificate.server(),
                        Answers.redirect(plain.at("/f.bin").toString()),
                        Answers.file(CONTENT, TAG))) {
            Patience patience = new Patience(1, Duration.ZERO, Duration.ofSeconds(20));
            Web web = new Web(ProxySelector.of(null), certificate.client(), patience.stall());
            Download download = new Download(web, patience, pauses::add, Progress.NONE, log::add);
            assertThatThrownBy(() -> download.fetch(wanted(), List.of(secure.at("/f.bin")), target()))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining("redirects from https to http");
            assertThat(plain.requests()).isEmpty();
            download.fetch(wanted(), List.of(secure.at("/f.bin")), target());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aServerWithAnUnknownCertificateIsNotTrusted() throws Exception {
        Certificate certificate = Certificate.make(folder.resolve("keys"));
        try (FaultyServer secure = FaultyServer.secure(certificate.server(), Answers.file(CONTENT, TAG))) {
            assertThatThrownBy(() -> fetch(secure.at("/f.bin"))).isInstanceOf(FetchException.class);
            assertThat(target()).doesNotExist();
        }
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
