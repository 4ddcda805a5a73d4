package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetches the small data set as a user would, from a server on this machine. */
class FetchTest extends ProgramOnTinyHome {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private Path served;

    @BeforeEach
    void serve() throws IOException {
        Path datasets = root.resolve("datasets");
        served = Files.move(datasets.resolve("stripes"), root.resolve("served"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
            byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        Files.writeString(datasets.resolve("stripes.yaml"), manifest(""));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String manifest(String terms) throws IOException {
        return String.format(
                Locale.ROOT,
                """
                name: stripes
                title: Stripes
                origin: {homepage: "https://example.org", license: CC0, %s citation: made for this test}
                content: {format: idx, images: 120, shape: {width: 16, height: 16, channels: 1}, classes: [across, down, diagonal]}
                files:
                  layouts: [[images.gz, labels.gz]]
                  files:
                    - {path: images.gz, urls: ["%s/images.gz"], size: %d, checksums: {sha256: %s}}
                    - {path: labels.gz, urls: ["%s/labels.gz"], size: %d, checksums: {sha256: %s}}
                  sources: []
                  instructions: run the test
                """,
                terms,
                address(),
                Files.size(served.resolve("images.gz")),
                Digests.sha256(served.resolve("images.gz")),
                address(),
                Files.size(served.resolve("labels.gz")),
                Digests.sha256(served.resolve("labels.gz")));
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Test
    void reproduceFindsWhatFetchHasPutThere() {
        assertThat(badInput("run --protocol tiny --quick --methods ksh")).contains("linfhash fetch stripes");
        succeed("fetch stripes");
        Path folder = root.resolve("cache").resolve("datasets").resolve("stripes");
        assertThat(out.toString().strip()).isEqualTo(folder.toString());
        assertThat(err.toString()).contains("license: CC0", "to cite: made for this test");
        succeed("run --protocol tiny --quick --methods ksh");
        succeed("fetch stripes");
        assertThat(requests).hasValue(2);
    }

    @Test
    void termsAreAcceptedExplicitly() throws IOException {
        Files.writeString(root.resolve("datasets").resolve("stripes.yaml"), manifest("terms: for zebras only,"));
        assertThat(badInput("fetch stripes")).contains("accept its terms with --yes: for zebras only");
        assertThat(requests).hasValue(0);
        succeed("fetch stripes --yes");
        assertThat(requests).hasValue(2);
    }

    @Test
    void aFileThatNobodyHasEndsWithExitCodeOne() throws IOException {
        Files.delete(served.resolve("labels.gz"));
        Path folder = root.resolve("mine");
        assertThat(call("fetch stripes --out %s", folder)).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains(
                        "labels.gz could not be fetched",
                        "HTTP 404",
                        "; download it by hand into " + folder
                                + " and run the same command again, or pass the folder that contains it to 'linfhash run' as --data DIR.\n")
                .doesNotContain("Exception");
        assertThat(folder.resolve("images.gz")).exists();
        assertThat(folder.resolve("labels.gz")).doesNotExist();
    }

    @Test
    void aFileThatWasDownloadedByHandIsTaken() throws IOException {
        Path folder = Files.createDirectory(root.resolve("mine"));
        Files.move(served.resolve("labels.gz"), folder.resolve("labels.gz"));
        succeed("fetch stripes --out %s", folder);
        assertThat(requests).hasValue(1);
        succeed("run --protocol tiny --quick --methods ksh --data %s", folder);
    }

    @Test
    void saysWhichDataSetsThereAre() {
        assertThat(badInput("fetch ../stripes")).contains("expected as data set one of stripes, found '../stripes'");
        assertThat(badInput("fetch stripes --mirror file:///etc")).contains("--mirror: expected an address");
    }
}
