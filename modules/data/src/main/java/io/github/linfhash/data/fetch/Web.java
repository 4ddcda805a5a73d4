package io.github.linfhash.data.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks web servers for files; redirections are followed within the rules of {@link Redirects}. */
final class Web {
    private static final String AGENT = "linfhash";

    private final HttpClient client;
    private final Duration stall;

    /**
     * @param proxies which proxy to use for which address
     * @param tls what certificates are trusted; null for what Java trusts
     * @param stall how long a server may take to answer
     */
    Web(ProxySelector proxies, @Nullable SSLContext tls, Duration stall) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(stall)
                .proxy(proxies);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
        this.stall = stall;
    }

    /**
     * Asks for a file.
     *
     * @param fields further fields of the request's header
     * @throws RefusedSource if the server redirects where it may not, or too often
     * @throws IOException if there is no answer
     */
    Reply get(URI address, Map<String, String> fields) throws IOException {
        URI at = address;
        for (int redirects = 0; redirects <= Redirects.MOST; redirects++) {
            Reply reply = ask(at, fields);
            if (!reply.redirects()) {
                return reply;
            }
            try (reply) {
                at = Redirects.next(
                        at,
                        reply.field("Location")
                                .orElseThrow(() -> new RefusedSource("redirects without saying where to")));
            }
        }
        throw new RefusedSource("redirects more than " + Redirects.MOST + " times");
    }

    private Reply ask(URI address, Map<String, String> fields) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(stall)
                .header("User-Agent", AGENT)
                .header("Accept-Encoding", "identity");
        fields.forEach(request::header);
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
            return new Reply(response.statusCode(), response.headers(), new Body(response.body(), stall));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was interrupted");
        }
    }
}
