package dev.decant.testing;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.OutputType;
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

  /** Starts one. Its test has {@link Needs}. */
  public static Browser start(Path profile) {
    return new Browser(Component.CHROMIUM.program(), Component.CHROMEDRIVER.program(), profile);
  }

  /** Opens a file in a window that is so wide, a phone's below 600. */
  public void open(Path file, int width) {
    Map<String, Object> window =
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600);
    var _ = driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", window);
    var _ = complaints(); // of the page before
    driver.get(file.toUri().toString());
  }

  /** What later pages are shown on: {@code screen} or {@code print}, {@code light} or dark. */
  public void media(String media, String scheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    var _ =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia", Map.of("media", media, "features", List.of(feature)));
  }

  /** The page as a PDF, on A4. */
  public byte[] print() {
    Map<String, Object> paper = Map.of("paperWidth", 8.27, "paperHeight", 11.69);
    Object data = driver.executeCdpCommand("Page.printToPDF", paper).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  /** What the window shows, as a PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
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
