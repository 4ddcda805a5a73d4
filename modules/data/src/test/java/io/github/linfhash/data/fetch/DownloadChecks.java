package io.github.linfhash.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.fetch.FaultyServer.Answer;
import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.FileIdentity.Checksums;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A download of one small file, and what is asserted of it. */
abstract class DownloadChecks {
    static final byte[] CONTENT = content(1);
    static final byte[] OTHER = content(2);
    static final String TAG = "\"1\"";

    @TempDir
    Path folder;

    final List<String> log = new ArrayList<>();

    private static byte[] content(int seed) {
        return Filled.bytes(40_000, i -> i * 31 + (i >> 8) * seed + seed);
    }

    static DatasetFile wanted() {
        return wanted(CONTENT);
    }

    static DatasetFile wanted(byte[] content) {
        String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(content));
        return new DatasetFile(
                "f.bin", List.of("http://localhost/f.bin"), (long) content.length, new Checksums(sha256, null, null));
    }

    final Path target() {
        return folder.resolve("f.bin");
    }

    final Download download(int attempts) {
        HttpClient client =
                HttpClient.newBuilder().proxy(ProxySelector.of(null)).build();
        DatasetFetch.Options options =
                new DatasetFetch.Options(attempts, Duration.ofMillis(10), Duration.ofMillis(400));
        return new Download(client, options, Progress.NONE, log::add);
    }

    final void fetch(URI... sources) throws IOException {
        download(3).fetch(wanted(), List.of(sources), target());
    }

    /** How long the download waited before each further attempt. */
    final List<String> delays() {
        return log.stream()
                .filter(line -> line.contains("trying again in "))
                .map(line -> line.replaceFirst(".*trying again in ", "").replaceFirst(" \\(.*", ""))
                .toList();
    }

    /** Fetches from a server with these answers; the file must be right, and nothing may lie beside it. */
    final List<FaultyServer.Request> assertFetched(Answer... answers) throws IOException {
        try (FaultyServer server = FaultyServer.answering(answers)) {
            fetch(server.at("/f.bin"));
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(names()).containsExactly("f.bin");
            return server.requests();
        }
    }

    /** Fetches from a server with these answers, which must fail and leave no file of the final name. */
    final List<FaultyServer.Request> assertRefused(String reason, Answer... answers) throws IOException {
        try (FaultyServer server = FaultyServer.answering(answers)) {
            assertThatThrownBy(() -> fetch(server.at("/f.bin")))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("f.bin could not be fetched: expected", "found", reason);
            assertThat(target()).doesNotExist();
            return server.requests();
        }
    }

    final List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
