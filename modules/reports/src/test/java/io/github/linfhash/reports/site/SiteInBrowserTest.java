package io.github.linfhash.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.reports.browser.Browser;
import io.github.linfhash.reports.browser.Noticed;
import io.github.linfhash.reports.browser.PrintedPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The site as it opens from disk. */
class SiteInBrowserTest {
    private static final List<String> PAGES =
            List.of("index.html", "protocols/cifar10.html", "protocols/other.html", "compare.html");

    private static final String SHOWN = "return [...document.querySelectorAll('#bits-32 ~ .scroll tbody tr')]"
            + ".filter((row) => !row.hidden).map((row) => row.querySelector('th').firstChild.textContent.trim())";

    @TempDir
    private static Path folder;

    private static @Nullable Browser started;

    @BeforeAll
    static void open() throws IOException {
        started = Browser.start(Files.createDirectory(folder.resolve("profile")));
        SiteWriter.write(folder.resolve("site"), SiteWriter.files(SampleSite.small(), "0.1.0-test"));
    }

    @AfterAll
    static void close() {
        if (started != null) {
            started.close();
        }
    }

    private static Browser browser() {
        return Objects.requireNonNull(started);
    }

    private static void show(String page) {
        browser().open(folder.resolve("site").resolve(page));
    }

    @BeforeEach
    void prepare() {
        browser().prefer("light");
        browser().resize(1280, 900);
    }

    /** Whatever a test did: files of the site alone were asked for, and nothing was complained about. */
    @AfterEach
    void nothingElseWasAskedForAndNothingComplainedOf() {
        Noticed noticed = browser().noticed();
        assertThat(noticed.complaints()).isEmpty();
        assertThat(noticed.requests())
                .allMatch(address ->
                        address.matches(Pattern.quote(folder.toUri().toString()) + "[a-z0-9/-]+\\.html(#.*)?"));
    }

    private static String violations() throws IOException {
        try (InputStream in = Objects.requireNonNull(SiteInBrowserTest.class.getResourceAsStream("/axe.min.js"))) {
            browser().run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return browser().await("""
                const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
                return result.passes.length + ' rules passed' + result.violations
                    .map((rule) => '; ' + rule.id + ': ' + rule.nodes.map((node) => node.html).join(' ')).join('');
                """);
    }

    @Test
    @Tag("slow")
    void axeFindsNothing() throws IOException {
        assertAxeFindsNothing();
    }

    @Test
    @Tag("slow")
    void axeFindsNothingInDark() throws IOException {
        browser().prefer("dark");
        assertAxeFindsNothing();
    }

    @Test
    @Tag("slow")
    void axeFindsNothingOnAPhone() throws IOException {
        browser().resize(390, 900);
        assertAxeFindsNothing();
    }

    private static void assertAxeFindsNothing() throws IOException {
        for (String page : PAGES) {
            show(page);
            assertThat(violations()).as(page).matches("[1-9][0-9]+ rules passed");
        }
    }

    /** 320 is what WCAG 2.1, 1.4.10 asks for. */
    @Test
    void noPageScrollsSideways() throws IOException {
        assertNoPageScrollsSideways(320);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    @Tag("slow")
    void noWiderPageScrollsSideways(int width) throws IOException {
        assertNoPageScrollsSideways(width);
    }

    private static void assertNoPageScrollsSideways(int width) throws IOException {
        browser().resize(width, 844);
        for (String page : PAGES) {
            show(page);
            browser().run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
            assertThat(browser().number("document.documentElement.scrollWidth"))
                    .as(page)
                    .isLessThanOrEqualTo(width);
            browser().picture(page + ", " + width + " pixels wide");
        }
    }

    @Test
    void aRankingSortsByAnyMetricByKeyboard() {
        show("protocols/other.html");
        List<String> before = browser().texts(SHOWN);
        WebElement head = browser().element("#bits-32 ~ .scroll th:nth-child(4) button");
        head.sendKeys(Keys.ENTER);
        head.sendKeys(Keys.ENTER);
        List<String> after = browser().texts(SHOWN);
        assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
        List<String> values = browser()
                .texts("return [...document.querySelectorAll('#bits-32 ~ .scroll tbody tr')]"
                        + ".map((row) => row.cells[3].dataset.value)");
        assertThat(values.stream().map(Double::valueOf).toList()).isSorted();
    }

    /** Made results: values are 0.3 + bits / 500 + ..., so that every difference can be worked out from the page's own cells. */
    @Test
    void twoMethodsAreComparedOverTheirSeeds() {
        show("compare.html");
        WebElement protocol = browser().element("#compare select");
        protocol.sendKeys("Another");
        List<WebElement> selects = browser().elements("#compare select");
        selects.get(1).sendKeys("method-8");
        selects.get(2).sendKeys("itq");
        List<String> first = browser()
                .texts("return [...document.querySelector('#compare tbody tr').cells].map((cell) => cell.textContent)");
        assertThat(first.get(0)).isEqualTo("mAP, %");
        assertThat(first.get(1)).isEqualTo("16 bits");
        double a = Double.parseDouble(start(first.get(4)));
        double b = Double.parseDouble(start(first.get(5)));
        assertThat(Double.parseDouble(start(first.get(2)))).isBetween(a - b - 0.011, a - b + 0.011);
        assertThat(first.get(6)).isEqualTo("4");
        assertThat(browser().text("return location.hash")).isEqualTo("#protocol=other&first=method-8&second=itq");
        assertThat(browser().texts("return [...document.querySelectorAll('#compare p')].map((p) => p.textContent)"))
                .containsExactly("method-8 and itq in Another protocol.");

        browser().open(folder.resolve("site/compare.html"), "#protocol=other&first=sent-b%2Fours&second=ksh");
        assertThat(browser()
                        .texts("return [...document.querySelectorAll('#compare select')]"
                                + ".map((select) => select.selectedOptions[0].textContent)"))
                .containsExactly("Another protocol", "ours (sent-b)", "ksh");
    }

    /** A mean without its interval. */
    private static String start(String cell) {
        return cell.replaceAll(" .*", "");
    }

    @Test
    void markupInNamesStaysText() throws IOException {
        String evil = "<img src=https://elsewhere.invalid/x onerror=alert(1)><b>bold</b>&amp;";
        SiteWriter.write(folder.resolve("evil"), SiteWriter.files(SampleSite.called(evil), "0.1.0-test"));
        for (String page : Files.readAllLines(folder.resolve("evil/files.txt"))) {
            if (page.endsWith(".html")) {
                browser().open(folder.resolve("evil").resolve(page));
                assertThat(browser().number("document.querySelectorAll('img, b, [onerror]').length"))
                        .as(page)
                        .isZero();
            }
        }
    }

    @Test
    void aRankingIsOnPaperWithoutControls() throws IOException {
        show("protocols/other.html");
        String text = PrintedPage.text(browser().print());
        assertThat(text).contains("method-8", "64 bits").doesNotContain("Compare two");
    }

    /** 200 methods and six protocols, in a browser on this machine: the bound leaves room for a slow one. */
    @Tag("slow")
    @Test
    void theFirstViewOfALargeSiteComesWithinASecond() throws IOException {
        SiteWriter.write(folder.resolve("large"), SiteWriter.files(SampleSite.large(200, 6), "0.1.0-test"));
        for (String page : List.of("index.html", "protocols/protocol-0.html", "compare.html")) {
            browser().open(folder.resolve("large").resolve(page));
            String milliseconds = browser().await("""
                    return await new Promise((resolve) => new PerformanceObserver((list) => {
                        const paint = list.getEntriesByName('first-contentful-paint')[0];
                        if (paint) {
                            resolve(String(Math.round(paint.startTime)));
                        }
                    }).observe({type: 'paint', buffered: true}));
                    """);
            assertThat(Integer.parseInt(milliseconds))
                    .as(page + ", milliseconds to the first view")
                    .isBetween(1, 1000);
        }
    }
}
