package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a published snapshot, as a browser shows it. */
final class ReportPageIT {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  @TempDir static Path folder;
  private static Browser browser;
  private static Path report = Path.of("");

  @BeforeAll
  static void publish() {
    browser = Browser.start(folder.resolve("profile"));
    Path store = folder.resolve("store");
    try (SnapshotStore snapshots = Stores.open(store.toString())) {
      Path dump = Shop.land(folder, Shop.dump(100_000));
      Shop.run(dump, Shop.policy(), snapshots, folder.resolve("work"));
    }
    report = store.resolve(Shop.NAME + ".report.html");
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static String axe() throws IOException {
    try (InputStream in = Objects.requireNonNull(ReportPageIT.class.getResourceAsStream(AXE))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void fitsTheWindowAndServesEverybody(int width) throws IOException {
    browser.open(report, width);

    assertThat(browser.eval("document.title")).contains("shop_20260323-060000");
    assertThat(browser.eval("document.body.innerText")).contains("public.user");
    assertThat(browser.eval("window.innerWidth")).isEqualTo(Integer.toString(width));
    assertThat(Integer.parseInt(browser.eval("document.documentElement.scrollWidth")))
        .as("no scrolling sideways")
        .isLessThanOrEqualTo(width);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.seriousViolations(axe())).isEmpty();
  }
}
