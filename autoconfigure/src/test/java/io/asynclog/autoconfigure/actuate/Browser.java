package io.asynclog.autoconfigure.actuate;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.asynclog.autoconfigure.ToolCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium that is installed, without a window. */
final class Browser implements AutoCloseable {
    static final String CHROMIUM = "chromium";
    static final String DRIVER = "chromedriver";

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final ChromeDriver driver;

    Browser() {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(path(DRIVER).toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options());
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    }

    private static Path path(String tool) {
        return ToolCondition.find(tool).orElseThrow();
    }

    private static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(path(CHROMIUM).toFile());
        options.addArguments("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run");
        options.addArguments("--window-size=1280,1000", "--lang=en");
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox"); // which Chromium insists on for root, as in a container
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    /** Goes to an empty page, and forgets what there was to complain of. */
    void leave() {
        driver.get("about:blank");
        complaints();
    }

    void prefer(String colorScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    /** Sends a header with every request from now on. */
    void setHeader(String name, String value) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of(name, value)));
    }

    /** Makes the window one of this size. */
    void resize(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** Returns the text of an element, empty when it is not there, or not any more. */
    String text(String css) {
        try {
            return find(css).getText();
        } catch (NoSuchElementException | StaleElementReferenceException gone) {
            return "";
        }
    }

    String attribute(String css, String name) {
        return String.valueOf(find(css).getDomAttribute(name));
    }

    String title() {
        return driver.getTitle();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** Presses the button of this text within an element. */
    void press(String css, String button) {
        find(css).findElements(By.tagName("button")).stream()
                .filter(candidate -> candidate.getText().equals(button))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No button '" + button + "' in " + css))
                .click();
    }

    void choose(String css, String option) {
        find(css).findElements(By.tagName("option")).stream()
                .filter(candidate -> candidate.getText().equals(option))
                .findFirst()
                .orElseThrow()
                .click();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /**
     * Returns what the console has complained of since this was last asked: errors, and breaches of the
     * Content-Security-Policy.
     */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Returns where the page has loaded something from. */
    List<URI> requests() {
        Object urls = run("return performance.getEntriesByType('resource').map((entry) => entry.name)");
        return ((List<?>) urls)
                .stream().map(url -> URI.create(String.valueOf(url))).toList();
    }

    /** Returns what axe finds of the two worst kinds, serious and critical. */
    List<String> barriers() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getHtml()))
                        .toList();
    }

    /** Leaves a picture of the window in the build's folder. */
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
