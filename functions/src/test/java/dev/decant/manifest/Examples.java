package dev.decant.manifest;

import dev.decant.frame.Frame;
import dev.decant.frame.WrittenSnapshot;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests for tests. */
final class Examples {
  static final SnapshotName NAME =
      new SnapshotName("backend", "production", "pgsql_app_db_20260323-060000");
  static final TableName USERS = new TableName("public", "users");
  static final TableName ODD = new TableName("App", "Order \"x\".y");
  static final Instant TAKEN = Instant.parse("2026-03-23T06:00:00Z");

  private static final String SHA = "0123456789abcdef".repeat(4);

  private Examples() {}

  static ManifestDraft draft() {
    return draft(NAME, TAKEN, SHA);
  }

  static ManifestDraft draft(SnapshotName name, Instant takenAt, String policySha256) {
    return new ManifestDraft(
        name,
        new Manifest.Origin(
            "s3://raw/snapshots/" + name + ".sql.zst",
            "\"etag\"",
            null,
            123_456,
            takenAt,
            "15.7 (Debian 15.7-1)",
            "15.7",
            "app"),
        new Manifest.PolicyReference("policy.yaml", policySha256, policySha256),
        new Manifest.KeyReference(
            "00112233445566778899aabbccddeeff",
            new Manifest.KeyStore(
                "secrets-manager", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:k")),
        new ManifestDraft.Maker(
            "0.1.0",
            Instant.parse("2026-03-23T06:10:00Z"),
            "embedded 18.6",
            List.of(new Manifest.Stage("load", 61_000), new Manifest.Stage("load: mask", 900))),
        new ManifestDraft.Findings(
            List.of(
                new Manifest.Table(
                    USERS,
                    300,
                    290,
                    false,
                    List.of(
                        new Manifest.Column(
                            "id", List.of(new Manifest.Rule("keep", Map.of(), null)), null),
                        new Manifest.Column(
                            "birth_date",
                            List.of(new Manifest.Rule("keep", Map.of(), null)),
                            "date of birth"),
                        new Manifest.Column(
                            "email",
                            List.of(
                                new Manifest.Rule("keep", Map.of(), "email ilike …"),
                                new Manifest.Rule(
                                    "email", Map.of("domain", "staging.invalid"), null)),
                            null))),
                new Manifest.Table(ODD, 40, 0, true, List.of())),
            List.of(new TableName("public", "legacy")),
            List.of(new Manifest.SqlStep("cleanup.sql", 3)),
            List.of(
                new Manifest.Assertion(
                    "nothing <b>pushes</b>",
                    true,
                    "select count(*) from push where owner = ${OWNER}",
                    "0")),
            Map.of("admin", new Manifest.Anchor(USERS, Map.of("id", "1"))),
            new ManifestDraft.Proof(
                new Manifest.LeakTrace(
                    300,
                    9000,
                    0,
                    new Manifest.LeakTrace.Coverage(
                        1_000_000_000_000L,
                        4,
                        20,
                        List.of(
                            new Manifest.LeakTrace.MaskedColumn("app.users.email", "email", 300)),
                        List.of(
                            new Manifest.LeakTrace.MaskedColumn("app.users.name", "last-name", 90)),
                        List.of(
                            new Manifest.LeakTrace.TraceException(
                                "nobody@example.com", "trace.ignore"),
                            new Manifest.LeakTrace.TraceException(
                                "app.users.<b>", "trace: false")))),
                new Manifest.Reidentification(
                    5,
                    false,
                    List.of(
                        new Manifest.QuasiIdentifiers(
                            USERS, List.of("birth_date", "gender"), 280, 10, 40, 1, 7, 21)),
                    List.of(USERS))),
            List.of("citext"),
            new ManifestDraft.Objects(
                List.of(
                    new Manifest.NotVerified("FUNCTION app.f", "only a superuser may create it")),
                List.of(new Manifest.ChangedObject("TRIGGER hook ON app.users", "dropped")))));
  }

  static Manifest manifest() {
    return draft()
        .complete(dump(), Instant.parse("2026-03-23T06:12:30.5Z"))
        .with(new Manifest.ReportFile(SHA));
  }

  static WrittenSnapshot dump() {
    return new WrittenSnapshot(
        List.of(
            new Frame(Frame.Kind.DDL, null, 0, 0, 100, 400, SHA),
            new Frame(Frame.Kind.COPY, USERS, 0, 100, 40, 35, SHA),
            new Frame(Frame.Kind.ROWS, USERS, 290, 140, 1000, 8000, SHA),
            new Frame(Frame.Kind.END, USERS, 0, 1140, 12, 3, SHA)),
        1201,
        8438,
        SHA,
        SHA.substring(32));
  }
}
