package io.github.linfhash.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.data.fetch.FaultyServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Downloads that break off, and what becomes of the bytes that have come. */
class ResumedDownloadTest extends DownloadChecks {
    @Test
    void goesOnWhereAConnectionBroke() throws IOException {
        Answer broken = Answers.claiming(CONTENT.length, Arrays.copyOf(CONTENT, 15_000));
        List<FaultyServer.Request> requests = assertFetched(broken, Answers.file(CONTENT, TAG));
        assertThat(requests.get(1).field("range")).isEqualTo("bytes=15000-");
        assertThat(requests.get(1).field("if-range")).isEqualTo(TAG);
        assertThat(delays()).containsExactly("10 ms");
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

    @Test
    void anAnswerWithoutALengthMayEndEarly() throws IOException {
        Answer early = Answers.unbounded(Arrays.copyOf(CONTENT, 12_345));
        List<FaultyServer.Request> requests = assertFetched(early, Answers.file(CONTENT, TAG));
        assertThat(requests.get(1).field("range")).isEqualTo("bytes=12345-");
    }

    @Test
    void attemptsAreCountedAnewAfterAMebibyte() throws IOException {
        byte[] content = new byte[5 << 20];
        Answer breaking = Answers.breaking(Answers.file(content, TAG), (1 << 20) + 1);
        try (FaultyServer server = FaultyServer.answering(breaking)) {
            download(2).fetch(wanted(content), List.of(server.at("/f.bin")), target());
            assertThat(target()).hasBinaryContent(content);
            assertThat(server.requests()).hasSize(5);
        }
        assertThat(delays()).containsExactly("10 ms", "10 ms", "10 ms", "10 ms");
    }
}
