package io.github.linfhash.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where servers send a download, and whom it trusts. */
class RedirectedDownloadTest extends DownloadChecks {
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
            HttpClient client = HttpClient.newBuilder()
                    .proxy(ProxySelector.of(null))
                    .sslContext(certificate.client())
                    .build();
            DatasetFetch.Options options = new DatasetFetch.Options(1, Duration.ZERO, Duration.ofSeconds(20));
            Download download = new Download(client, options, Progress.NONE, log::add);
            assertThatThrownBy(() -> download.fetch(wanted(), List.of(secure.at("/f.bin")), target()))
                    .isInstanceOf(UnavailableException.class)
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
            assertThatThrownBy(() -> fetch(secure.at("/f.bin"))).isInstanceOf(UnavailableException.class);
            assertThat(target()).doesNotExist();
        }
    }
}
