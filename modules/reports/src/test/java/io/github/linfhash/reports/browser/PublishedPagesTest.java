package io.github.linfhash.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages that {@code ci/docs.sh} publishes, as readers see them: pictures, and axe-core's findings. The property {@code linfhash.site}
 * names the folder of the site, and {@code linfhash.pictures} that of the pictures.
 */
@EnabledIfSystemProperty(named = "linfhash.site", matches = ".+")
class PublishedPagesTest {
    private static final Map<String, String> PAGES = Map.of(
            "home", "index.html",
            "datasets", "datasets.html",
            "report", "examples/report/index.html",
            "advice", "examples/advice/index.html",
            "rankings", "rankings/index.html",
            "ranking", "rankings/protocols/cifar10.html");

    private static final String BASE = "/linfhash/";
    private static final int TALLEST = 6000;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css",
            "js", "text/javascript",
            "json", "application/json",
            "png", "image/png",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    @TempDir
    private Path profile;

    @Test
    void noPageHasASeriousFindingInLightOrDarkOnAScreenOrAPhone() throws IOException {
        Path site = Path.of(Objects.requireNonNull(System.getProperty("linfhash.site")));
        Path pictures = Files.createDirectories(Path.of(System.getProperty("linfhash.pictures", "target/pictures")));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE, exchange -> serve(site, exchange));
        server.start();
        List<String> lines = new ArrayList<>();
        try (Browser browser = Browser.start(profile)) {
            for (String name : PAGES.keySet().stream().sorted().toList()) {
                String path = Objects.requireNonNull(PAGES.get(name));
                assertThat(site.resolve(path)).exists();
                for (String scheme : List.of("light", "dark")) {
                    for (int width : new int[] {1400, 400}) {
                        browser.prefer(scheme);
                        browser.resize(width, 900);
                        browser.open("http://localhost:" + server.getAddress().getPort() + BASE + path);
                        lines.add(name + ", " + scheme + ", " + width + ": " + findings(browser));
                        long height = browser.number("document.documentElement.scrollHeight");
                        browser.resize(width, (int) Math.min(height, TALLEST));
                        String picture = name + "-" + scheme + "-" + width;
                        Files.write(pictures.resolve(picture + ".png"), browser.picture(picture));
                    }
                }
            }
        } finally {
            server.stop(0);
            Files.write(pictures.resolve("axe.txt"), lines);
        }
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("serious", "critical"));
    }

    /** Returns how many rules of axe-core pass, and each violation with its impact and the number of elements. */
    private static String findings(Browser browser) throws IOException {
        try (InputStream in = Objects.requireNonNull(PublishedPagesTest.class.getResourceAsStream("/axe.min.js"))) {
            browser.run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return browser.await("""
                const result = await axe.run(document);
                return result.passes.length + ' rules pass' + result.violations
                    .map((rule) => '; ' + rule.impact + ' ' + rule.id + ' (' + rule.nodes.length + '), such as '
                        + rule.nodes[0].target.join(' ')).join('');
                """);
    }

    private static void serve(Path site, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            Path file = site.resolve(path.isEmpty() || path.endsWith("/") ? path + "index.html" : path)
                    .normalize();
            if (!file.startsWith(site.normalize()) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String name = String.valueOf(file.getFileName());
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
