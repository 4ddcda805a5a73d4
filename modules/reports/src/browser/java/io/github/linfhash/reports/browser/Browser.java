package io.github.linfhash.reports.browser;

import static java.util.Objects.requireNonNull;

import io.qameta.allure.Allure;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** This machine's Chromium, without a window and without a network; nothing is ever fetched for it. */
public final class Browser implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVERS = List.of("chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For axe-core, which looks at each element of a page with all results, also where other processes run. */
    private static final Duration LONGEST_SCRIPT = Duration.ofMinutes(3);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts it.
     *
     * @param profile an empty folder for what it writes
     * @throws TestAbortedException if there is no Chromium or no driver of it: the tests are skipped then
     */
    public static Browser start(Path profile) {
        File binary = Programs.find(BROWSERS).orElseThrow(() -> missing("Chromium", BROWSERS));
        File program = Programs.find(DRIVERS).orElseThrow(() -> missing("driver of Chromium", DRIVERS));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
                "--user-data-dir=" + profile.toAbsolutePath());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program)
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().implicitlyWait(PATIENCE).scriptTimeout(LONGEST_SCRIPT);
        return new Browser(driver);
    }

    private static TestAbortedException missing(String what, List<String> names) {
        return new TestAbortedException("the tests of pages in a browser are skipped: no " + what + " ("
                + String.join(", ", names) + ") on the PATH; Debian has the packages chromium and chromium-driver");
    }

    /** Opens a page and forgets what was noticed on an earlier one. */
    public void open(Path page) {
        open(page, "");
    }

    /** Opens a page at an address that ends with a fragment, such as {@code #bits-32}. */
    public void open(Path page, String fragment) {
        open(page.toUri() + fragment);
    }

    /** Opens an address and forgets what was noticed on an earlier page. */
    public void open(String address) {
        driver.get("about:blank");
        noticed();
        driver.get(address);
    }

    /** Loads the page again, in the same process: a new one may start before it sees what the last one stored. */
    public void reload() {
        driver.navigate().refresh();
    }

    /** Everything that pages asked for and complained about since this was last called or a page was opened. */
    public Noticed noticed() {
        return Noticed.in(
                driver.manage().logs().get(LogType.PERFORMANCE),
                driver.manage().logs().get(LogType.BROWSER));
    }

    /** Sets the size of the window's inside, in CSS pixels. */
    public void resize(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Sets what the reader's system prefers: {@code light} or {@code dark}. */
    public void prefer(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    /** Value of a JavaScript function body. */
    public @Nullable Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Whole number that a JavaScript expression gives. */
    public long number(String expression) {
        return ((Number) requireNonNull(run("return " + expression))).longValue();
    }

    /** Text that a JavaScript function body gives. */
    public String text(String script, Object... arguments) {
        return (String) requireNonNull(run(script, arguments));
    }

    /** Texts that a JavaScript function body gives. */
    public List<String> texts(String script, Object... arguments) {
        return ((List<?>) requireNonNull(run(script, arguments)))
                .stream().map(String::valueOf).toList();
    }

    /** Waits for a script's promise. */
    public String await(String script, Object... arguments) {
        return (String) requireNonNull(driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; (async (...given) => {" + script
                        + "})(...arguments).then(done, (error) => done('failed: ' + error));",
                arguments));
    }

    /** The element of a CSS selector, once it is there. */
    public WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** All elements of a CSS selector, once there is one. */
    public List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Scrolls an element to the middle of the window. */
    public void show(WebElement element) {
        run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element);
    }

    /** Moves the pointer to a place in an element, counted from its middle. */
    public void pointAt(WebElement element, int right, int down) {
        new Actions(driver).moveToElement(element, right, down).perform();
    }

    /** The bytes of the page printed on the paper that it asks for. */
    public byte[] print() {
        Object data = command("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true))
                .get("data");
        return Base64.getDecoder().decode((String) requireNonNull(data));
    }

    /** A picture of the window, which is also kept in the report of the tests. */
    public byte[] picture(String name) {
        return keep(name, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** A picture of an element, which is also kept in the report of the tests. */
    public byte[] picture(String name, WebElement element) {
        return keep(name, element.getScreenshotAs(OutputType.BYTES));
    }

    private static byte[] keep(String name, byte[] png) {
        Allure.addAttachment(name, "image/png", new ByteArrayInputStream(png), ".png");
        return png;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
