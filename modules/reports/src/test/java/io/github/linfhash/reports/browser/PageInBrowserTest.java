package io.github.linfhash.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.reports.figures.LengthFigures;
import io.github.linfhash.reports.page.ComparisonPage;
import io.github.linfhash.reports.page.FigurePage;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.Printed;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

class PageInBrowserTest {
    private static final Provenance PROVENANCE =
            new Provenance("./linfhash run --protocol fashion-mnist --seeds 0-2", true, "name: fashion-mnist\n");

    /** The measured lines of the comparison, in the order in which they stand. */
    private static final String LINES = "return [...document.querySelectorAll('.comparison tbody')].map((body) =>"
            + " body.querySelector('.method').dataset.value + ' ' + body.querySelector('.bits').textContent.trim())";

    private static final int WHITE = 0xffffff;

    private static final String MAP = ".comparison th[data-column='map']";

    @TempDir
    private static Path folder;

    private static @Nullable Browser started;
    private static Path page;

    @BeforeAll
    static void open() throws IOException {
        started = Browser.start(Files.createDirectory(folder.resolve("profile")));
        page = ReportWriter.write(
                        folder.resolve("report"),
                        Evidence.without(SampleResults.comparison()),
                        Printed.tables(),
                        List.of(),
                        PROVENANCE,
                        Progress.NONE)
                .page();
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

    @BeforeEach
    void load() {
        browser().prefer("light");
        browser().resize(1280, 900);
        show(page);
    }

    /** Opens a page with all its sections. */
    private static void show(Path page) {
        browser().open(page);
        browser().element(".contents button").click();
    }

    /** Whatever a test did: files of this test alone were asked for, and nothing was complained about. */
    @AfterEach
    void nothingElseWasAskedForAndNothingComplainedOf() {
        browser().run("localStorage.clear()");
        Noticed noticed = browser().noticed();
        assertThat(noticed.complaints()).isEmpty();
        assertThat(noticed.requests())
                .isNotEmpty()
                .allMatch(
                        address -> address.matches(Pattern.quote(folder.toUri().toString()) + "[a-z/]+\\.html"));
    }

    @Test
    void theWatchSeesRequestsAndErrors() throws IOException {
        Path other = Files.writeString(folder.resolve("other.html"), """
                <!DOCTYPE html><title>other</title><img src="https://elsewhere.invalid/x.png">
                <script>throw new Error('planned');</script>
                """);
        browser().open(other);
        browser().element("img");
        Noticed noticed = browser().noticed();
        browser().open(page);
        assertThat(noticed.requests()).contains("https://elsewhere.invalid/x.png");
        assertThat(noticed.complaints()).anyMatch(text -> text.contains("planned"));
    }

    /** Sample results: a method's mAP is 0.3 + 0.02 for each place among the methods + bits / 1000 + seed / 500. */
    @Test
    void theComparisonSortsByClickAndByKeyboard() {
        List<String> before = browser().texts(LINES);
        WebElement heading = browser().element(MAP);
        WebElement button = browser().element(MAP + " button");
        assertThat(heading.getDomAttribute("aria-sort")).isEqualTo("none");

        button.click();
        assertThat(heading.getDomAttribute("aria-sort")).isEqualTo("descending");
        List<String> best = List.of(
                "ITQ 64",
                "ITQ 48",
                "Deep l-infinity encoder 64",
                "Deep l-infinity encoder 48",
                "NNH 64",
                "NNH 48",
                "KSH 64",
                "KSH 48");
        assertThat(browser().texts(LINES))
                .startsWith(best.toArray(String[]::new))
                .hasSameSizeAs(before);

        button.sendKeys(Keys.ENTER);
        assertThat(heading.getDomAttribute("aria-sort")).isEqualTo("ascending");
        List<String> worst = new ArrayList<>(best);
        Collections.reverse(worst);
        assertThat(browser().texts(LINES))
                .as("what was not run stays at the end")
                .startsWith(worst.toArray(String[]::new));

        button.sendKeys(Keys.SPACE);
        assertThat(heading.getDomAttribute("aria-sort")).isEqualTo("none");
        assertThat(browser().texts(LINES)).isEqualTo(before);
    }

    @Test
    void onlyOneColumnIsSortedByAndOthersSortToo() {
        browser().element(MAP + " button").click();
        browser().element(".comparison th[data-column='method'] button").click();
        assertThat(browser()
                        .texts(
                                "return [...document.querySelectorAll('.comparison th[aria-sort]:not([aria-sort=none])')]"
                                        + ".map((heading) => heading.dataset.column)"))
                .containsExactly("method");
        assertThat(browser().texts(LINES))
                .as("names start with A")
                .isSortedAccordingTo((a, b) -> a.substring(0, 2).compareToIgnoreCase(b.substring(0, 2)));
    }

    @Test
    void theComparisonLiesByCodeLengthAndASwitchLaysItByMethod() {
        List<String> byLength = browser().texts(LINES);
        assertThat(byLength.subList(0, byLength.size() / 2))
                .allSatisfy(line -> assertThat(line).endsWith(" 48"));
        WebElement order = browser().element("button.order");
        assertThat(order.getText()).isEqualTo("Order by method");

        order.click();
        assertThat(browser().texts(LINES)).startsWith("ITQ 48", "ITQ 64", "Deep l-infinity encoder 48");
        assertThat(order.getText()).isEqualTo("Order by code length");
        // What is sorted by a column falls back to this order.
        WebElement map = browser().element(MAP + " button");
        map.click();
        map.click();
        map.click();
        assertThat(browser().texts(LINES)).startsWith("ITQ 48", "ITQ 64");

        order.click();
        assertThat(browser().texts(LINES)).isEqualTo(byLength);
    }

    @Test
    void onAPhoneTheFirstThreeMetricsAreInViewWithoutScrolling() {
        browser().resize(390, 844);
        for (String metric : List.of("map", "precision@2", "recall@2")) {
            String cell = ".comparison tbody td[data-column='" + metric + "']";
            assertThat(browser()
                            .number("Math.max(...[...document.querySelectorAll(\"" + cell
                                    + "\")].map((td) => Math.ceil(td.getBoundingClientRect().right)))"))
                    .as(metric)
                    .isLessThanOrEqualTo(390);
        }
    }

    /** Lines of the sample lie on each other in some charts, where the uppermost alone can be seen. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aChartShowsItsLines(String scheme) throws IOException {
        assertShowLines(scheme, List.of("precision-radius-64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    @Tag("slow")
    void everyChartShowsItsLines(String scheme) throws IOException {
        assertShowLines(scheme, charts());
    }

    private static List<String> charts() {
        List<String> charts = browser().texts("return [...document.querySelectorAll('figure.plot')].map((f) => f.id)");
        assertThat(charts).contains("precision-radius-64").hasSizeGreaterThanOrEqualTo(4);
        return charts;
    }

    private static void assertShowLines(String scheme, List<String> charts) throws IOException {
        browser().prefer(scheme);
        for (String id : charts) {
            Map<String, Integer> seen = Pixels.colors(browser().picture(id + ", " + scheme, chart("#" + id)));
            List<String> lines = lineColors(id);
            assertThat(lines).hasSize(4).doesNotHaveDuplicates();
            assertThat(seen.getOrDefault(lines.get(lines.size() - 1), 0))
                    .as("uppermost line of %s", id)
                    .isGreaterThan(40);
            if (id.startsWith("precision-radius")) {
                assertThat(seen).as(id).containsKeys(lines.toArray(String[]::new));
            }
        }
    }

    /** The drawn chart of a figure, in the middle of the window. */
    private static WebElement chart(String figure) {
        browser().show(browser().element(figure));
        browser().element(figure + " .lines button");
        return browser().element(figure + " .picture");
    }

    private static List<String> lineColors(String id) {
        return browser()
                .texts("return [...document.querySelectorAll('#" + id + " .lines svg [data-sample]')].map((line) => '#'"
                        + " + getComputedStyle(line).color.match(/\\d+/g)"
                        + ".map((part) => Number(part).toString(16).padStart(2, '0')).join(''))");
    }

    @Test
    void lengthsOfCodesAreMarkedWhereTheyWereMeasured() throws IOException {
        Figure figure = new Figure(
                "code-length", "By code length", LengthFigures.of(Evidence.without(SampleResults.comparison())));
        browser()
                .open(Files.writeString(
                        folder.resolve("figure.html"),
                        FigurePage.render(figure, SampleResults.comparison(), PROVENANCE)));
        chart("#precision-code-length");
        assertThat(browser()
                        .texts("return [...document.querySelectorAll('#precision-code-length .picture svg text')]"
                                + ".map((text) => text.textContent)"))
                .contains("48", "64", "precision, %", "code length N, bits (logarithmic)");
        browser().picture("figure");
    }

    @Test
    void markupInNamesStaysText() throws IOException {
        String evil = "<img src=https://elsewhere.invalid/x onerror=alert(1)><b>bold</b>&amp;";
        Provenance provenance = new Provenance(evil, true, evil);
        show(Files.writeString(
                folder.resolve("evil.html"),
                ComparisonPage.render(SampleResults.everythingCalled(evil), Printed.tables(), provenance)));
        chart("#precision-radius-64");
        browser().pointAt(browser().element("#precision-radius-64 .picture svg"), -100, 0);
        browser().element("#precision-radius-64 .tip strong");
        assertThat(browser().text("return document.querySelector('#precision-radius-64 .tip').innerText"))
                .as("what the pointer shows")
                .contains(evil);
        browser().show(browser().element(MAP + " button"));
        browser().element(MAP + " button").click();
        assertThat(browser().number("document.querySelectorAll('img, b, [onerror]').length"))
                .isZero();
        assertThat(browser().text("return document.querySelector('h1').textContent"))
                .contains(evil);
        assertThat(browser().text("return document.title")).contains(evil);
    }

    @Test
    void linesOfChartsCanBeHiddenByKeyboard() throws IOException {
        WebElement figure = browser().elements("figure.plot").get(0);
        String id = "#" + figure.getDomAttribute("id");
        chart(id);
        String parts = "[...document.querySelectorAll('" + id + " .picture svg [data-line]')]"
                + ".filter((part) => getComputedStyle(part).display !== 'none').length";
        long before = browser().number(parts);
        WebElement line = browser().element(id + " .lines button");
        assertThat(line.getDomAttribute("aria-pressed")).isEqualTo("true");
        line.sendKeys(Keys.SPACE);
        assertThat(line.getDomAttribute("aria-pressed")).isEqualTo("false");
        // Band, line, and the two parts of its label.
        assertThat(browser().number(parts)).isEqualTo(before - 4);
        assertThat(told(id, Keys.ARROW_RIGHT))
                .as("what is left out is not told")
                .hasSize(1 + 3);
        line.sendKeys(Keys.ENTER);
        assertThat(browser().number(parts)).isEqualTo(before);
        assertThat(told(id, Keys.ARROW_RIGHT)).hasSize(1 + 4);
    }

    /** Returns the texts that a chart shows after a key. */
    private static List<String> told(String figure, Keys key) {
        browser().element(figure + " .picture svg").sendKeys(key);
        return browser()
                .texts("return [...document.querySelectorAll('" + figure + " .tip > *')].map((e) => e.textContent)");
    }

    @Test
    void arrowKeysTellTheValuesOfTheTable() {
        String id = "#precision-radius-64";
        chart(id);
        assertThat(browser().element(id + " .picture svg").getDomAttribute("aria-label"))
                .contains("the arrow keys show its values", "the table below contains its data");
        List<String> names = browser()
                .texts("return [...document.querySelectorAll('" + id
                        + " table.data thead th')].slice(1).map((th) => th.textContent)");
        for (int row = 0; row < 3; row++) {
            List<String> values = browser()
                    .texts("return [...document.querySelectorAll('" + id
                            + " table.data tbody tr')][" + row + "].querySelectorAll('td').values().toArray()"
                            + ".map((td) => td.textContent.split(' ')[0])");
            List<String> told = told(id, Keys.ARROW_RIGHT);
            assertThat(told.get(0)).endsWith(": " + row);
            for (int i = 0; i < names.size(); i++) {
                String start = names.get(i) + ": " + values.get(i);
                assertThat(told).anyMatch(line -> line.startsWith(start));
            }
        }
        assertThat(told(id, Keys.ARROW_LEFT).get(0)).endsWith(": 1");
        browser().element(id + " .picture svg").sendKeys(Keys.ESCAPE);
        assertThat(browser().element(id + " .tip").isDisplayed()).isFalse();
    }

    @Test
    void everyChartHasItsDataAsATable() {
        for (WebElement figure : browser().elements("figure.plot")) {
            String id = "#" + figure.getDomAttribute("id");
            assertThat(browser().element(id + " table.data").isDisplayed()).isFalse();
            browser().element(id + " summary").sendKeys(Keys.ENTER);
            assertThat(browser().element(id + " table.data").isDisplayed()).isTrue();
            List<String> names = browser()
                    .texts("return [...document.querySelectorAll('" + id
                            + " .lines button')].map((button) => button.textContent.trim())");
            assertThat(browser()
                            .texts("return [...document.querySelectorAll('" + id
                                    + " table.data thead th')].slice(1).map((heading) => heading.textContent.trim())"))
                    .isEqualTo(names);
            assertThat(browser().number("document.querySelectorAll('" + id + " table.data tbody tr').length"))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void theSwitchTurnsThePageAndItsChartsDarkAndBack() throws IOException {
        String paper = "return getComputedStyle(document.body).backgroundColor";
        WebElement button = browser().element("button.theme");
        assertThat(browser().text(paper)).isEqualTo("rgb(255, 255, 255)");
        button.sendKeys(Keys.ENTER);
        assertThat(browser().text(paper)).isEqualTo("rgb(20, 24, 29)");
        assertThat(button.getDomAttribute("aria-label")).isEqualTo("Switch to light colors");
        Map<String, Integer> dark = Pixels.colors(browser().picture("top, dark"));
        assertThat(dark).containsKey("#14181d").doesNotContainKey("#ffffff");
        browser().prefer("dark");
        button.click();
        assertThat(browser().text(paper)).as("the reader's choice wins").isEqualTo("rgb(255, 255, 255)");
        browser().picture("top, light");
    }

    /** 320 is what WCAG 2.1, 1.4.10 asks for. */
    @ParameterizedTest
    @ValueSource(ints = {320, 1280})
    void thePageItselfDoesNotScrollSideways(int width) {
        assertDoesNotScrollSideways(width);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768})
    @Tag("slow")
    void thePageItselfDoesNotScrollSidewaysInBetween(int width) {
        assertDoesNotScrollSideways(width);
    }

    private static void assertDoesNotScrollSideways(int width) {
        browser().resize(width, 844);
        browser().run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        browser().picture("top, " + width + " pixels wide");
        assertThat(browser().number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(browser().number("document.documentElement.clientWidth")).isEqualTo(width);
    }

    /** All cells, but for the data of charts and what is said to be left out: those would take most of the pages. */
    @Test
    void everythingThatIsReadIsOnPaperAndLittleElse() throws IOException {
        browser().element("#comparison");
        String text = PrintedPage.text(browser().print());
        Map<String, Integer> printed = PrintedPage.words(text);
        Map<String, Integer> cells = PrintedPage.words(String.join(
                " ",
                browser()
                        .texts("return [...document.querySelectorAll('table :is(td, th:not([scope=col])')]"
                                + ".filter((cell) => !cell.closest('figure, .on-screen'))"
                                + ".map((cell) => [...cell.childNodes].map((node) => node.textContent).join(' '))")));
        assertThat(cells.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(500);
        assertThat(cells)
                .allSatisfy((word, count) ->
                        assertThat(printed.getOrDefault(word, 0)).as(word).isGreaterThanOrEqualTo(count));
        assertThat(text)
                .contains("Why published numbers are corrected", "The print version omits")
                .doesNotContain("Data of this chart", "Data of this figure", "name: fashion-mnist");
        assertThat(PrintedPage.pages(browser().print())).isLessThanOrEqualTo(11);
        assertThat(browser().number("document.querySelectorAll('details[open]:not(.folding)').length"))
                .as("on the screen everything is folded as before")
                .isZero();
    }

    /** By keyboard: focus and Enter. On touch the same link is tapped. */
    @Test
    void theReasonOfACorrectionIsReachedByKeyboard() {
        WebElement mark = browser().element(".corrected a[href='#reason-2']");
        assertThat(mark.getAccessibleName()).isEqualTo("reason [2]");
        mark.sendKeys(Keys.ENTER);
        assertThat(browser().text("return location.hash")).isEqualTo("#reason-2");
        WebElement reason = browser().element("#reason-2:target");
        assertThat(reason.isDisplayed()).isTrue();
        assertThat(browser()
                        .number("Math.round(document.querySelector('#reason-2').getBoundingClientRect().top"
                                + " / innerHeight * 100)"))
                .as("it is in the window")
                .isBetween(0L, 99L);
        assertThat(reason.getText()).isNotBlank();
    }

    @Test
    @Tag("slow")
    void axeFindsNothing() throws IOException {
        assertAxeFindsNothing("light");
    }

    @Test
    @Tag("slow")
    void axeFindsNothingInDark() throws IOException {
        assertAxeFindsNothing("dark");
    }

    /** Deque's axe, an independent judge of WCAG 2.1, levels A and AA, contrast included. */
    private static void assertAxeFindsNothing(String scheme) throws IOException {
        browser().prefer(scheme);
        browser().run(axe());
        String violations = browser().await("""
                const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
                return result.passes.length + ' rules passed' + result.violations
                    .map((rule) => '; ' + rule.id + ': ' + rule.nodes.map((node) => node.html).join(' ')).join('');
                """);
        assertThat(violations).matches("[1-9][0-9]+ rules passed");
    }

    private static String axe() throws IOException {
        try (InputStream in = Objects.requireNonNull(PageInBrowserTest.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** On a wide screen the labels are in view. */
    @Test
    void labelsStandAtTheEndsOfLinesWhereThereIsRoom() {
        String label = "[...document.querySelectorAll('#precision-radius-64 .picture svg text')]"
                + ".find((text) => text.textContent === 'NNH')";
        String cut = "Math.round(" + label + ".getBoundingClientRect().right"
                + " - document.querySelector('#precision-radius-64 .picture').getBoundingClientRect().right)";
        chart("#precision-radius-64");
        assertThat(browser().number(cut)).isNegative();
        browser().resize(600, 900);
        chart("#precision-radius-64");
        assertThat(browser().number(cut)).isPositive();
    }

    @Test
    void aLineUnderThePointerIsLiftedAboveTheOthers() {
        String faded = "[...document.querySelectorAll('#precision-radius-64 .picture svg polyline')]"
                + ".filter((line) => getComputedStyle(line.parentNode).opacity < 1).length";
        chart("#precision-radius-64");
        assertThat(browser().number(faded)).isZero();
        browser().pointAt(browser().element("#precision-radius-64 .lines button"), 0, 0);
        // Lines and leaders of the three others.
        assertThat(browser().number(faded)).isEqualTo(2 * 3);
        browser().pointAt(browser().element("h1"), 0, 0);
        assertThat(browser().number(faded)).isZero();
    }

    @Test
    void aLinkOpensTheSectionThatItLeadsTo() {
        browser().open(page);
        browser().element(".contents a[href='#cost']").click();
        assertThat(browser().text("return String(document.querySelector('#cost').closest('details').open)"))
                .isEqualTo("true");
        assertThat(browser().number("document.querySelectorAll('details.folding:not([open])').length"))
                .isPositive();
    }

    /** A browser that keeps its clipboard to itself selects the lines instead. */
    @Test
    void linesThatArePastedHaveAButtonThatCopiesThem() {
        browser().open(page);
        assertThat(browser().number("document.querySelectorAll('.copied > button').length"))
                .isEqualTo(browser().number("document.querySelectorAll('pre > code').length"))
                .isPositive();
        assertThat(browser().await("""
                        document.querySelectorAll('details').forEach((details) => { details.open = true; });
                        const button = document.querySelector('.copied > button');
                        return new Promise((done) => {
                            new MutationObserver(() => done(button.textContent + ':' + getSelection()))
                                .observe(button, { childList: true });
                            button.click();
                        });
                        """)).isIn("Copied:", "Selected:" + PROVENANCE.command());
    }

    @Test
    void theChoiceOfDarkIsKept() {
        browser().element("button.theme").click();
        browser().reload();
        assertThat(browser().text("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 24, 29)");
    }

    /** Texts of pictures are as large as their size times the scale of the picture. */
    @ParameterizedTest
    @ValueSource(ints = {400, 1400})
    void noTextIsSmallerThanTwelvePixels(int width) {
        browser().resize(width, 900);
        show(page);
        browser().run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        browser().element(".plot .lines button");
        List<String> small = browser().texts("""
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const found = new Set();
                while (walker.nextNode()) {
                    const element = walker.currentNode.parentElement;
                    if (walker.currentNode.textContent.trim() === '' || element.closest('script, title')) continue;
                    if (!element.checkVisibility()) continue;
                    const scale = element.getScreenCTM ? element.getScreenCTM().a || 1 : 1;
                    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
                    if (size < 11.95) found.add(element.tagName + '.' + element.getAttribute('class') + ' ' + size);
                }
                return [...found];
                """);
        assertThat(small).isEmpty();
    }

    @Test
    void onScreenNoLineLeadsToALabelThatIsCutAway() {
        browser().resize(600, 900);
        // The page cuts its pictures a frame after its window has another size.
        browser().element(".plot .cut .leader");
        assertThat(browser().number("document.querySelectorAll('.plot .leader').length"))
                .isPositive();
        assertThat(browser()
                        .texts("return [...new Set([...document.querySelectorAll('.plot .leader')]"
                                + ".map((line) => getComputedStyle(line).display))]"))
                .containsExactly("none");
    }

    @Test
    void aChartThatIsAloneIsNoWiderThanText() throws IOException {
        Path alone = ReportWriter.write(
                        folder.resolve("alone"),
                        Evidence.without(
                                MadeResults.of(List.of("itq", "ksh"), List.of(48), 1, (method, bits, seed) -> 0.5)),
                        Printed.tables(),
                        List.of(),
                        PROVENANCE,
                        Progress.NONE)
                .page();
        show(alone);
        assertThat(browser()
                        .number("Math.round(Math.max(...[...document.querySelectorAll('.plots .picture svg')]"
                                + ".map((svg) => svg.getBoundingClientRect().width)))"))
                .isBetween(600L, 52 * 16L);
    }

    /** Light: the paper is white, and the shadow is there while there is more of the table to the right. */
    @Test
    void onAPhoneAShadowShowsThatATableGoesOn() throws IOException {
        browser().resize(390, 844);
        WebElement table = browser().element("section[aria-labelledby=comparison] .scroll");
        browser().show(table);
        assertThat(Pixels.shareAtTheRight(WHITE, browser().picture("goes on", table)))
                .isLessThan(0.05);
        browser()
                .text("document.querySelector('section[aria-labelledby=comparison] .scroll').scrollLeft = 1e6;"
                        + " return ''");
        assertThat(Pixels.shareAtTheRight(WHITE, browser().picture("ends", table)))
                .isGreaterThan(0.5);
    }
}
