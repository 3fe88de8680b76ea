package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final String EVIL = "<script>alert('x')</script>&\"";
  private static final Instant NOW = Examples.TAKEN.plus(Duration.ofDays(3));

  @Test
  void tellsWhatTheManifestTells() {
    String html = Report.html(Examples.manifest());

    assertThat(text(html))
        .contains(
            "pgsql_app_db_20260323-060000",
            "Sanitized snapshot of backend/production",
            "Verified, except for 1 object without rows",
            "1 column is masked, 2 are kept, and 1 table is published without rows.",
            "A PostgreSQL server (embedded 18.6) rebuilt every constraint",
            "1 of 1 assertion of the policy holds.",
            "took fingerprints of 300 raw values, looked up 9,000 values and words of the"
                + " snapshot among them, and found none.",
            "1 of their names sounds personal.",
            "public.users. birth_date date of birth in all rows",
            "public.users birth_date, gender 10 further rows have none of these values. 280 1 7 21"
                + " 7.5 %",
            "AWS Secrets Manager: arn:aws:secretsmanager:eu-central-1:111122223333:secret:k",
            "email on 1 column: The address; with keep-domain only the part before the @.",
            "s3://raw/snapshots/backend/production/pgsql_app_db_20260323-060000.sql.zst",
            "2026-03-23 06:00 UTC",
            "00112233445566778899aabbccddeeff",
            "10 rows of this table were left out.",
            "email keep if email ilike …",
            "email email domain: staging.invalid",
            "Kept unchanged id birth_date (sounds like: date of birth)",
            "\"App\".\"Order \"\"x\"\".y\" 40",
            "public.legacy",
            "cleanup.sql 3",
            "nothing <b>pushes</b> holds select count(*) from push where owner = ${OWNER} Expected"
                + " answer: 0",
            "Chance of a false hit at most one in 1,000,000,000,000 for this run",
            "app.users.email email 300",
            "app.users.name last-name 90",
            "admin public.users id: 1",
            "load 61.0 s mask 0.9 s",
            "public.users 1.1 kB, 290 rows",
            "not signed",
            "citext");
  }

  @Test
  void pathsOfTheMachineAreLeftOut() {
    ManifestDraft draft = Examples.draft();
    Manifest.Origin source = draft.source();
    String html =
        Report.html(
            new ManifestDraft(
                    draft.name(),
                    new Manifest.Origin(
                        "file:///home/anna/secret-project/raw.sql.zst",
                        null,
                        null,
                        1,
                        source.takenAt(),
                        null,
                        null,
                        null),
                    new Manifest.PolicyReference("/home/anna/policies/policy.yaml", "0", null),
                    draft.key(),
                    draft.maker(),
                    draft.findings())
                .complete(Examples.dump(), Instant.EPOCH));

    assertThat(text(html)).contains("Raw snapshot raw.sql.zst", "Policy policy.yaml");
    assertThat(html).doesNotContain("/home", "anna");
  }

  @Test
  void masksWithinMasksAreDescribed() {
    Manifest.Rule rule =
        new Manifest.Rule(
            "json",
            Map.of("columns", "$.a: email{domain=x.invalid}, $.b: phone", "other", "scramble"),
            null);
    ManifestDraft draft = Examples.draft();
    ManifestDraft.Findings found = draft.findings();
    Manifest.Table table =
        new Manifest.Table(
            Examples.USERS,
            300,
            290,
            false,
            List.of(new Manifest.Column("a", List.of(rule), null)));
    Manifest manifest =
        new ManifestDraft(
                draft.name(),
                draft.source(),
                draft.policy(),
                draft.key(),
                draft.maker(),
                new ManifestDraft.Findings(
                    List.of(table),
                    found.absentTables(),
                    found.sql(),
                    found.assertions(),
                    found.anchors(),
                    found.proof(),
                    found.extensions(),
                    found.objects()))
            .complete(Examples.dump(), Instant.EPOCH);

    assertThat(
            ReportMasks.of(manifest).stream()
                .flatMap(view -> view.masks().stream())
                .map(ReportMasks.Used::mask))
        .containsExactlyInAnyOrder("email", "json", "phone", "scramble");
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
                                new TableName(EVIL, EVIL), List.of(EVIL), 1, 0, 1, 1, 1, 1)),
                        List.of())),
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
        List.of(Report.html(Examples.manifest()), Catalog.html(listing(Examples.NAME), NOW))) {
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
            "The snapshot has no table with rows.",
            "The policy has no assertions.",
            "The policy does not name such columns",
            "the snapshot",
            "is not signed")
        .doesNotContain(
            "SQL steps",
            "Anchors",
            "Optional tables",
            "Extensions",
            "that were not verified",
            "policy changed");
  }

  @Test
  void catalogLinksTheReports() {
    String html = Catalog.html(listing(Examples.NAME), NOW);

    assertThat(html)
        .contains("href=\"backend/production/pgsql_app_db_20260323-060000.report.html\"");
    assertThat(text(html))
        .contains(
            "1 snapshot, newest first.",
            "verified, except for 2 objects by key 01234567… 2026-03-23 06:00 UTC 3 days 290 1.2"
                + " kB");
  }

  @Test
  void catalogShowsThatADumpDoesNotExist() {
    Listing damaged =
        listing(Examples.NAME).withDamaged(Map.of(Examples.NAME, "Its dump does not exist."));

    assertThat(text(Catalog.html(damaged, NOW)))
        .contains("damaged: Its dump does not exist.")
        .doesNotContain("verified");
  }

  @Test
  void catalogTellsWhatItCannotShow() {
    String html = Catalog.html(new Listing(List.of(), List.of("The manifest " + EVIL)), NOW);

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
                new SnapshotSummary.MadeFrom("0.1.0", "file:x", "p", "k"),
                new Manifest.Verdict(1, 2, true, "0123456789abcdef"))),
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
