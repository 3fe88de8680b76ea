package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final String EVIL = "<script>alert('x')</script>&\"";

  @Test
  void tellsWhatTheManifestTells() {
    String html = Report.html(Examples.manifest());

    assertThat(text(html))
        .contains(
            "pgsql_app_db_20260323-060000",
            "Sanitized snapshot of backend/production",
            "A PostgreSQL server (embedded 18.6) rebuilt every constraint",
            "1 of 1 assertions hold.",
            "looked up 9,000 values of the output among the fingerprints of 300 raw values and"
                + " found 0 raw values in the output.",
            "s3://raw/snapshots/backend/production/pgsql_app_db_20260323-060000.sql.zst",
            "2026-03-23 06:00 UTC",
            "00112233445566778899aabbccddeeff",
            "300 rows were read and 290 were published.",
            "email keep email ilike …",
            "email email domain: staging.invalid always",
            "These columns were kept unchanged: id",
            "\"App\".\"Order \"\"x\"\".y\" 40",
            "public.legacy",
            "cleanup.sql 3 rows",
            "nothing <b>pushes</b> holds",
            "admin public.users id: 1",
            "citext");
  }

  @Test
  void everythingIsEscaped() {
    ManifestDraft draft =
        new ManifestDraft(
            Examples.NAME,
            new Manifest.Origin(EVIL, null, null, 1, Instant.EPOCH, EVIL, EVIL, EVIL),
            new Manifest.PolicyReference(EVIL, EVIL, EVIL),
            new Manifest.KeyReference(EVIL, new Manifest.KeyStore(EVIL, EVIL)),
            new ManifestDraft.Maker(
                EVIL, Instant.EPOCH, EVIL, List.of(new Manifest.Stage(EVIL, 1))),
            new ManifestDraft.Findings(
                List.of(
                    new Manifest.Table(
                        new TableName(EVIL, EVIL),
                        1,
                        1,
                        false,
                        List.of(
                            new Manifest.Column(
                                EVIL,
                                List.of(new Manifest.Rule(EVIL, Map.of(EVIL, EVIL), EVIL)),
                                EVIL),
                            new Manifest.Column(
                                EVIL, List.of(new Manifest.Rule("keep", Map.of(), null)), EVIL)))),
                List.of(new TableName(EVIL, EVIL)),
                List.of(new Manifest.SqlStep(EVIL, -1)),
                List.of(new Manifest.Assertion(EVIL, true, EVIL, EVIL)),
                Map.of(EVIL, new Manifest.Anchor(Examples.USERS, Map.of(EVIL, EVIL))),
                new ManifestDraft.Proof(
                    null,
                    new Manifest.Reidentification(
                        5,
                        true,
                        List.of(
                            new Manifest.QuasiIdentifiers(
                                new TableName(EVIL, EVIL), List.of(EVIL), 1, 0, 1, 1, 1, 1)))),
                List.of(EVIL),
                new ManifestDraft.Objects(
                    List.of(new Manifest.NotVerified(EVIL, EVIL)),
                    List.of(new Manifest.ChangedObject(EVIL, EVIL)))));
    String html = Report.html(draft.complete(Examples.dump(), Instant.EPOCH));

    assertThat(html).contains("&lt;script&gt;").doesNotContain("<script").doesNotContain("'x'");
  }

  @Test
  void oneFileWithoutScriptOrAnythingFromElsewhere() {
    for (String html :
        List.of(Report.html(Examples.manifest()), Catalog.html(listing(Examples.NAME)))) {
      assertThat(html)
          .startsWith("<!DOCTYPE html>")
          .doesNotContain("<script", "<link", "<img", "@import", "src=", "url(", "{{", "}}")
          .contains("@media print", "prefers-color-scheme: dark", "width=device-width");
    }
  }

  @Test
  void emptySectionsAreLeftOut() {
    Manifest manifest = Examples.manifest();
    ManifestDraft draft = Examples.draft();
    String html =
        Report.html(
            new ManifestDraft(
                    draft.name(),
                    draft.source(),
                    draft.policy(),
                    draft.key(),
                    draft.maker(),
                    new ManifestDraft.Findings(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        new ManifestDraft.Proof(null, null),
                        List.of(),
                        new ManifestDraft.Objects(List.of(), List.of())))
                .complete(Examples.dump(), manifest.run().finishedAt()));

    assertThat(text(html))
        .contains(
            "The snapshot has no table with rows.", "The policy has no assertions.", "Signed no")
        .doesNotContain(
            "SQL steps",
            "Anchors",
            "Optional tables",
            "Extensions",
            "not verified",
            "policy changed");
  }

  @Test
  void catalogLinksTheReports() {
    String html = Catalog.html(listing(Examples.NAME));

    assertThat(html)
        .contains("href=\"backend/production/pgsql_app_db_20260323-060000.report.html\"");
    assertThat(text(html))
        .contains("1 snapshot, newest first", "2026-03-23 06:00 UTC", "290 1.2 kB 8.4 kB");
  }

  @Test
  void catalogTellsWhatItCannotShow() {
    String html = Catalog.html(new Listing(List.of(), List.of("The manifest " + EVIL)));

    assertThat(text(html)).contains("cannot be read", "The store has no snapshots yet.");
    assertThat(html).doesNotContain("<script");
  }

  private static Listing listing(SnapshotName name) {
    return new Listing(
        List.of(
            new SnapshotSummary(
                name,
                Examples.TAKEN,
                Examples.TAKEN.plusSeconds(60),
                290,
                1201,
                8438,
                new SnapshotSummary.MadeFrom("0.1.0", "file:x", "p", "k"))),
        List.of());
  }

  /** The text as a reader sees it, without tags, and with entities and white space resolved. */
  private static String text(String html) {
    return Pattern.compile("<style>.*</style>", Pattern.DOTALL)
        .matcher(html)
        .replaceAll("")
        .replaceAll("<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x3D;", "=")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ");
  }
}
