package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.TableName;
import dev.decant.testing.Axe;
import dev.decant.testing.Browser;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Reports and catalogs of hostile and of large manifests in a browser. */
@Needs({Component.CHROMIUM, Component.CHROMEDRIVER})
final class HostilePagesIT {
  private static final String RAN = "window.ran = (window.ran || 0) + 1";

  /** Ways to leave the text, an attribute, the style sheet or a comment of a page. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>" + RAN + "</script>",
          "\"></style><img src=x onerror=\"" + RAN + "\">",
          "' onmouseover='" + RAN + "' autofocus onfocus='" + RAN + "' x='",
          "--><svg onload=\"" + RAN + "\"><style>*{display:none}</style>",
          "{{#made}}{{name}}{{/made}}${7*7}",
          "</title><meta http-equiv=refresh content='0;url=https://example.org'>",
          "javascript:" + RAN,
          "\u202egnp.\u2066\u0007\u001b[31m");

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start(folder.resolve("profile"));
    browser.media("screen", "light");
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void noTextOfAManifestIsMoreThanText() throws IOException {
    for (String evil : HOSTILE) {
      browser.open(page(Report.html(all(evil))), 1280);
      assertHarmless(evil);

      browser.open(page(Catalog.html(new Listing(List.of(), List.of(evil)), Instant.EPOCH)), 1280);
      assertHarmless(evil);
    }
  }

  private static void assertHarmless(String evil) {
    assertThat(browser.eval("String(window.ran)")).as(evil).isEqualTo("undefined");
    assertThat(browser.eval("document.querySelectorAll('script, img, iframe, link').length"))
        .as(evil)
        .isEqualTo("0");
    assertThat(browser.eval("document.querySelectorAll('style').length")).as(evil).isEqualTo("1");
    assertThat(
            browser.eval(
                "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a =>"
                    + " a.name.startsWith('on') || a.name === 'style' || a.name === 'x')).length"))
        .as(evil)
        .isEqualTo("0");
    assertThat(browser.eval("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)"))
        .as(evil)
        .isEqualTo("false");
    assertThat(browser.complaints()).as(evil).isEmpty();
  }

  /** If a text could leave its place all the same, the policy of the page would stop its script. */
  @Test
  void thePolicyOfThePageStopsScriptsAndStyles() throws IOException {
    String html =
        Report.html(Examples.manifest())
            .replace("</main>", "<script>window.ran = 1</script><p id=p style=\"top:1px\"></main>");
    browser.open(page(html), 1280);

    assertThat(browser.eval("String(window.ran)")).isEqualTo("undefined");
    assertThat(browser.eval("getComputedStyle(document.getElementById('p')).top"))
        .isEqualTo("auto");
    assertThat(browser.complaints()).hasSize(2).allMatch(c -> c.contains("Content Security"));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void hostileAndLongNamesFitTheWindow(int width) throws IOException {
    String longest = "a".repeat(63);
    for (String name : List.of(longest, HOSTILE.getFirst())) {
      browser.open(page(Report.html(all(name))), width);
      browser.eval("document.querySelectorAll('details').forEach(d => d.open = true)");

      assertThat(Integer.parseInt(browser.eval("document.documentElement.scrollWidth")))
          .as("no scrolling sideways")
          .isLessThanOrEqualTo(width);
      assertThat(browser.violations(Axe.script())).isEmpty();
    }
  }

  @Test
  void aReportOf300TablesIsFoldedAndUsable() throws IOException {
    browser.open(reportOf(300), 1280);

    assertThat(browser.eval("document.querySelectorAll('#table-list details:not([open])').length"))
        .isEqualTo("300");
    assertThat(Integer.parseInt(browser.eval("document.documentElement.scrollHeight")))
        .isLessThan(300 * 80);
    assertThat(browser.violations(Axe.script())).isEmpty();
  }

  @Test
  void aTableOpensByTheKeyboard() throws IOException {
    browser.open(reportOf(20), 1280);
    browser.press(Keys.TAB);
    assertThat(browser.eval("document.activeElement.className")).isEqualTo("skip");
    browser.press(Keys.ENTER);

    browser.eval("document.querySelector('#table-list summary').focus()");
    assertThat(browser.eval("document.activeElement.parentElement.open")).isEqualTo("false");
    browser.press(Keys.ENTER);

    assertThat(browser.eval("document.activeElement.parentElement.open")).isEqualTo("true");
  }

  private static Path page(String html) throws IOException {
    return Files.writeString(folder.resolve("page.html"), html);
  }

  private static Path reportOf(int tables) throws IOException {
    return page(
        Report.html(
            manifest(
                IntStream.range(0, tables)
                    .mapToObj(i -> table(new TableName("public", "table_" + i), "column_"))
                    .toList(),
                "x")));
  }

  private static Manifest.Table table(TableName name, String column) {
    return new Manifest.Table(
        name,
        10,
        9,
        false,
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    new Manifest.Column(
                        column + i,
                        List.of(new Manifest.Rule(i % 2 == 0 ? "keep" : "email", Map.of(), null)),
                        i % 4 == 0 ? "date of birth" : null))
            .toList());
  }

  private static Manifest all(String text) {
    TableName name = new TableName(text, text);
    return manifest(
        List.of(
            table(name, text), new Manifest.Table(new TableName(text, "t"), 1, 0, true, List.of())),
        text);
  }

  private static Manifest manifest(List<Manifest.Table> tables, String text) {
    TableName name = new TableName(text, text);
    return new ManifestDraft(
            Examples.NAME,
            new Manifest.Origin(text, text, text, 1, Instant.EPOCH, text, text, text),
            new Manifest.PolicyReference(text, text, text),
            new Manifest.KeyReference(text, new Manifest.KeyStore(text, text)),
            new ManifestDraft.Maker(
                text, Instant.EPOCH, text, List.of(new Manifest.Stage(text, 70_000))),
            new ManifestDraft.Findings(
                tables,
                List.of(name),
                List.of(new Manifest.SqlStep(text, 1)),
                List.of(new Manifest.Assertion(text, true, text, text)),
                Map.of(text, new Manifest.Anchor(name, Map.of(text, text))),
                new ManifestDraft.Proof(
                    new Manifest.LeakTrace(
                        1,
                        1,
                        0,
                        new Manifest.LeakTrace.Coverage(
                            1,
                            1,
                            1,
                            List.of(new Manifest.LeakTrace.MaskedColumn(text, text, 1)),
                            List.of(new Manifest.LeakTrace.MaskedColumn(text, text, 1)),
                            List.of(new Manifest.LeakTrace.TraceException(text, text)))),
                    new Manifest.Reidentification(
                        5,
                        false,
                        List.of(
                            new Manifest.QuasiIdentifiers(
                                name, List.of(text, text), 9, 1, 3, 1, 1, 1)),
                        List.of(name))),
                List.of(text),
                new ManifestDraft.Objects(
                    List.of(new Manifest.NotVerified(text, text)),
                    List.of(new Manifest.ChangedObject(text, text)))))
        .complete(Examples.dump(), Instant.EPOCH.plus(Duration.ofMinutes(3)));
  }
}
