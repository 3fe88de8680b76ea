package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.Publication;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Axe;
import dev.decant.testing.Browser;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a published snapshot and the catalog of its store in a browser. */
@Needs({Component.CHROMIUM, Component.CHROMEDRIVER})
final class ReportPageIT {
  /** The width of A4 between the margins that Chromium leaves, in pixels. */
  private static final int A4 = 718;

  private static final String WIDER_THAN_ITS_BOX =
      "[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth"
          + " && getComputedStyle(e).display !== 'inline').length";

  @TempDir static Path folder;
  private static Browser browser;
  private static Path report = Path.of("");
  private static Path catalog = Path.of("");

  @BeforeAll
  static void publish() {
    browser = Browser.start(folder.resolve("profile"));
    Path store = folder.resolve("store");
    try (SnapshotStore snapshots = Stores.open(store.toString())) {
      Path dump = Shop.land(folder, Shop.dump(100_000));
      Shop.run(dump, Shop.policy(), snapshots, folder.resolve("work"));
    }
    report = store.resolve(Shop.NAME + ".report.html");
    catalog = store.resolve(Publication.CATALOG);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"360, light", "1280, light", "360, dark", "1280, dark"})
  void reportFitsTheWindowAndServesEverybody(int width, String scheme) throws IOException {
    browser.media("screen", scheme);
    browser.open(report, width);

    assertThat(browser.eval("document.title")).contains("shop_20260323-060000");
    assertThat(browser.eval("document.body.innerText")).contains("public.user");
    assertServes(width);
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void catalogFitsTheWindowAndServesEverybody(int width) throws IOException {
    browser.media("screen", "light");
    browser.open(catalog, width);

    assertThat(browser.eval("document.body.innerText")).contains("shop_20260323-060000");
    assertServes(width);
  }

  @Test
  void theCatalogLeadsToTheReport() {
    browser.media("screen", "light");
    browser.open(catalog, 1280);
    browser.eval("document.querySelector('main a[href$=\".report.html\"]').click()");

    assertThat(browser.eval("document.title")).contains("shop_20260323-060000");
  }

  @Test
  void nothingIsCutOffOnPaper() {
    for (Path page : List.of(report, catalog)) {
      browser.media("print", "dark");
      browser.open(page, A4);

      assertThatNothingIsBeside(A4);
      assertThat(browser.eval("getComputedStyle(document.body).color")).isEqualTo("rgb(0, 0, 0)");
      assertThat(browser.eval(WIDER_THAN_ITS_BOX)).isEqualTo("0");
      assertThat(new String(browser.print(), ISO_8859_1)).startsWith("%PDF-").contains("/Page");
    }
  }

  /** Times and sums differ from run to run, so the pictures are compared by their size. */
  @Test
  void pictureInTheReadmeIsAsThisOne() throws IOException {
    browser.media("screen", "light");
    browser.open(report, 1000);
    Path now = Files.write(Path.of("target", "report.png"), browser.picture());
    Path inReadme = Path.of("..", "docs", "report.png");

    assertThat(inReadme).as("copy functions/%s there", now).exists();
    assertThat(size(inReadme)).isEqualTo(size(now));
    assertThat(Files.size(inReadme)).isLessThan(150_000);
  }

  private static Dimension size(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    return new Dimension(image.getWidth(), image.getHeight());
  }

  private static void assertServes(int width) throws IOException {
    assertThat(browser.eval("window.innerWidth")).isEqualTo(Integer.toString(width));
    assertThatNothingIsBeside(width);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.eval("performance.getEntriesByType('resource').length"))
        .as("it loads nothing")
        .isEqualTo("0");
    assertThat(browser.violations(Axe.script())).isEmpty();
  }

  private static void assertThatNothingIsBeside(int width) {
    assertThat(Integer.parseInt(browser.eval("document.documentElement.scrollWidth")))
        .as("no scrolling sideways")
        .isLessThanOrEqualTo(width);
  }
}
