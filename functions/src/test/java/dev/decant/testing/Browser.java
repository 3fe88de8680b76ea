package dev.decant.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real browser without a window: the Chromium of this machine, with its own driver. */
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

  /** Starts a browser. The test must have {@link Needs}. */
  public static Browser start(Path profile) {
    return new Browser(Component.CHROMIUM.program(), Component.CHROMEDRIVER.program(), profile);
  }

  /**
   * Opens a file in a window of this width. Below a width of 600, the browser acts as that of a
   * phone.
   */
  public void open(Path file, int width) {
    Map<String, Object> window =
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600);
    var _ = driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", window);
    var _ = complaints(); // of the page before
    driver.get(file.toUri().toString());
  }

  /**
   * Sets the medium of later pages: {@code screen} or {@code print}, {@code light} or {@code dark}.
   */
  public void media(String media, String scheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    var _ =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia", Map.of("media", media, "features", List.of(feature)));
  }

  /** The page as a PDF in the format A4. */
  public byte[] print() {
    Map<String, Object> paper = Map.of("paperWidth", 8.27, "paperHeight", 11.69);
    Object data = driver.executeCdpCommand("Page.printToPDF", paper).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  /** The content of the window as a PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** The result of a JavaScript expression. */
  public String eval(String expression) {
    return String.valueOf(driver.executeScript("return " + expression));
  }

  /** The errors and warnings of the page and the browser since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** Presses a key, {@code Keys.TAB} for instance. */
  public void press(CharSequence key) {
    new Actions(driver).sendKeys(key).perform();
  }

  /** The accessibility rules that the page violates. Each line has a rule and its elements. */
  public String violations(String axe) {
    driver.executeScript(axe);
    // The rules take seconds for 300 tables, and more on a busy machine.
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
    return String.valueOf(
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(
              result => done(result.violations
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
