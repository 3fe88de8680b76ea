package dev.decant.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real browser without a window: this machine's Chromium, by its own driver. */
public final class Browser implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox", // root has none
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final ChromeDriver driver;

  private Browser(Path chromium, Path chromedriver, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .withSilent(true)
                .build(),
            options);
  }

  /** Starts one. Where there is none the test is skipped, or fails in CI. */
  public static Browser start(Path profile) {
    Optional<Path> chromium = program("/usr/bin/chromium", "/usr/bin/google-chrome");
    Optional<Path> chromedriver = program("/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
    boolean found = chromium.isPresent() && chromedriver.isPresent();
    String missing = "missing component: Chromium (apt-get install chromium chromium-driver)";
    if (!found && System.getenv("CI") != null) {
      throw new AssertionError(missing);
    }
    Assumptions.assumeTrue(found, missing);
    return new Browser(chromium.orElseThrow(), chromedriver.orElseThrow(), profile);
  }

  private static Optional<Path> program(String... places) {
    return Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Opens a file in a window that is so wide, a phone's below 600. */
  public void open(Path file, int width) {
    Map<String, Object> window =
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600);
    var _ = driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", window);
    driver.get(file.toUri().toString());
  }

  /** What an expression of JavaScript gives. */
  public String eval(String expression) {
    return String.valueOf(driver.executeScript("return " + expression));
  }

  /** What the page and the browser complained of since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** The accessibility rules that the page breaks seriously: rule and elements, one a line. */
  public String seriousViolations(String axe) {
    driver.executeScript(axe);
    return String.valueOf(
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(
              result => done(result.violations
                .filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' '))
                .join('\\n')),
              failure => done('axe failed: ' + failure));
            """));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
