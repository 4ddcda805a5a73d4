package io.github.linfhash.data.fetch;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.data.fetch.DatasetFetch.EnvironmentProxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
    private static final ProxySelector DIRECT = ProxySelector.of(null);

    private static String chosen(Map<String, String> environment, String address) {
        Proxy proxy = new EnvironmentProxies(environment, DIRECT)
                .select(URI.create(address))
                .get(0);
        return proxy.address() instanceof InetSocketAddress at ? at.getHostString() + ":" + at.getPort() : "none";
    }

    @Test
    void theVariableOfTheSchemeCounts() {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain", "ALL_PROXY", "http://all:1");
        assertThat(chosen(environment, "https://example.org/f")).isEqualTo("secure:3128");
        assertThat(chosen(environment, "http://example.org/f")).isEqualTo("plain:80");
        assertThat(chosen(Map.of("ALL_PROXY", "all:1"), "http://example.org/f")).isEqualTo("all:1");
        assertThat(chosen(Map.of("HTTPS_PROXY", ""), "https://example.org/f")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, true",
        ".example.org, true",
        "*.example.org, true",
        "www.example.org, true",
        "*, true",
        "other.org, false",
        "ample.org, false",
    })
    void someHostsAreAskedDirectly(String entry, boolean direct) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", "localhost, " + entry);
        assertThat(chosen(environment, "https://www.Example.org/f")).isEqualTo(direct ? "none" : "proxy:1");
    }

    @Test
    void javasOwnSettingsComeFirst() {
        ProxySelector java = ProxySelector.of(InetSocketAddress.createUnresolved("java", 7));
        assertThat(new EnvironmentProxies(Map.of("HTTPS_PROXY", "proxy:1"), java)
                        .select(URI.create("https://example.org/f")))
                .extracting(proxy -> ((InetSocketAddress) proxy.address()).getHostString())
                .containsExactly("java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://proxy:1", "http://me:secret@proxy:1", "http://", "http://proxy:port", "a b"})
    void refusesWhatIsNoProxy(String value) {
        assertOneSentence(() -> new EnvironmentProxies(Map.of("HTTPS_PROXY", value), DIRECT), "HTTPS_PROXY");
    }

    @Test
    void theProxyIsAskedForTheAddress() throws IOException, InterruptedException {
        try (FaultyServer proxy = FaultyServer.answering(Answers.status("204 No Content", "Server: proxy"))) {
            ProxySelector selector =
                    new EnvironmentProxies(Map.of("HTTP_PROXY", "http://localhost:" + proxy.port()), DIRECT);
            HttpClient client = HttpClient.newBuilder().proxy(selector).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://data.example/f.bin"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(proxy.requests().get(0).target()).isEqualTo("http://data.example/f.bin");
        }
    }
}
