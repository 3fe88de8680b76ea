package dev.decant.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.PolicyFiles;
import dev.decant.schema.TableName;
import dev.decant.target.Hook.OnFailure;
import dev.decant.target.Target.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TargetsParserTest {
  private static byte[] noSecrets(String arn) {
    throw new AssertionError(arn);
  }

  private final Target staging = TargetsFixture.parse(TargetsFixture.shop()).target("staging");
  private final Target demo = TargetsFixture.parse(TargetsFixture.shop()).target("demo");

  private static Target one(String lines) {
    return TargetsFixture.parse(TargetsFixture.with(lines)).target("staging");
  }

  private static Hook hook(String yaml) {
    return one("hooks: { after: [" + yaml + "] }").hooks().after().getFirst();
  }

  @Test
  void databaseAndGuardsAreRead() {
    assertThat(staging.login().url()).isEqualTo("postgresql://app@staging-db.internal:5432/app");
    assertThat(staging.login().password())
        .contains(new Target.Password.Variable("STAGING_PASSWORD"));
    assertThat(staging.permission().allowRefresh()).isTrue();
    assertThat(staging.permission().confirm()).isEqualTo("staging-db.internal");
    assertThat(staging.permission().never()).containsExactly("*.prod.internal", "prod-db");
    assertThat(staging.snapshots()).hasToString("backend/production");
    assertThat(staging.changes().keepTables())
        .containsExactly(new TableName("public", "import_export_audit"));
    assertThat(staging.keepPrevious()).isEqualTo(2);
  }

  @Test
  void hostsMayHaveAnUnderscoreAndBeSockets() {
    String yaml =
        TargetsFixture.with("hooks: { after: [{ redis: 'redis://my_cache:7/2', flush: db }] }");
    for (String url :
        List.of("postgresql://app@staging_db/app", "postgresql://app@/app?host=/run/pg")) {
      Target target =
          TargetsFixture.parse(yaml.replace("postgresql://app@db/app", "'" + url + "'"))
              .target("staging");
      assertThat(target.login().url()).isEqualTo(url);
    }
    assertThat(RedisUrl.read("redis://my_cache:7/2"))
        .contains(new RedisUrl(false, "", "", "my_cache", 7, 2));
    assertThat(RedisUrl.read("rediss://u:p%2Fw@[::1]"))
        .contains(new RedisUrl(true, "u", "p/w", "[::1]", 6379, 0))
        .get()
        .hasToString("rediss://[::1]:6379/0");
    for (String bad :
        List.of(
            "redis://",
            "redis://a b",
            "redis://a:99999",
            "redis://a/x",
            "redis://a?b",
            "redis://u:%zz@a")) {
      assertThat(RedisUrl.read(bad)).as(bad).isEmpty();
    }
    assertThat(
            TargetsFixture.error(
                TargetsFixture.with("hooks: { after: [{ http: 'http://my_app:80/x' }] }")))
        .contains("does not accept a host name with an underscore");
  }

  @Test
  void aParameterThatTheFileDoesNotHaveIsRefused() {
    Targets targets = TargetsFixture.parse(TargetsFixture.with("sql: [ \"select ${SECRET}\" ]"));
    targets.parameters().requireKnown(Set.of("SECRET"), "targets file");
    assertThatThrownBy(
            () -> targets.parameters().requireKnown(Set.of("SECRET", "SECRT"), "targets file"))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "--param SECRT: the targets file does not declare this parameter. Write SECRET. It"
                + " declares SECRET.");
  }

  @Test
  void whatIsNoRefreshNeedsNoParametersOfOne() {
    String yaml =
        TargetsFixture.with(
                """
                rekey: { admin: { set: { email: '${NEVER_GIVEN}' } } }
                sql: [ 'select ${NEVER_GIVEN}' ]
                hooks: { migrate: [ { lambda: '${NEVER_GIVEN}' } ], after: [ { command: [ ls ] } ] }
                """)
            + "  other: { database: 'postgresql://app@db/${NEVER_GIVEN}' }\n";

    for (TargetUse use : List.of(TargetUse.ROLLBACK, TargetUse.SWEEP, TargetUse.MEDIA)) {
      Targets targets = parse(yaml, use);

      assertThat(targets.target("staging").login().url()).isEqualTo("postgresql://app@db/app");
      assertThat(targets.target("staging").hooks().after())
          .hasSize(use == TargetUse.ROLLBACK ? 1 : 0);
      assertThatThrownBy(() -> targets.target("stagin")).hasMessageContaining("Write staging");
    }
    assertThatThrownBy(() -> parse(yaml, TargetUse.REFRESH)).hasMessageContaining("NEVER_GIVEN");
  }

  @Test
  void aRollbackNeedsTheParametersOfItsOwnHooks() {
    String yaml = TargetsFixture.with("hooks: { before: [ { http: '${NEVER_GIVEN}' } ] }");

    assertThatThrownBy(() -> parse(yaml, TargetUse.ROLLBACK)).hasMessageContaining("NEVER_GIVEN");
  }

  private static Targets parse(String yaml, TargetUse use) {
    return TargetsParser.parse(
        "targets.yaml",
        TargetsFixture.utf8(yaml),
        PolicyFiles.none(),
        Map.of(),
        use,
        List.of("staging"));
  }

  @Test
  void refreshIsNotAllowedWhereTheFileDoesNotSaySo() {
    assertThat(demo.permission().allowRefresh()).isFalse();
    assertThat(demo.keepPrevious()).isEqualTo(1);
    assertThat(demo.login().password()).isEmpty();
    assertThat(demo.hooks()).isEqualTo(Target.Phases.NONE);
  }

  @Test
  void rekeyFillsParametersAndKeepsWhatIsWritten() {
    Target.Rekey admin = staging.changes().rekey().getFirst();
    assertThat(admin.anchor()).isEqualTo("admin");
    assertThat(admin.set())
        .containsExactly(
            entry(
                "email",
                Optional.of(
                    new FilledText(
                        "boss@corp.example",
                        "${STAGING_ADMIN_EMAIL}",
                        Map.of("STAGING_ADMIN_EMAIL", "boss@corp.example")))),
            entry("full_name", Optional.of(FilledText.of("Staging Admin"))),
            entry("is_superuser", Optional.of(FilledText.of("true"))),
            entry("is_active", Optional.of(FilledText.of("true"))),
            entry("last_login", Optional.empty()));
    assertThat(admin.password())
        .contains(
            new Target.PasswordRule(
                "hashed_password",
                "bcrypt",
                Optional.of(12),
                new FilledText(
                    "correct horse",
                    "${STAGING_ADMIN_PASSWORD}",
                    Map.of("STAGING_ADMIN_PASSWORD", "correct horse"))));
  }

  @Test
  void stepsAndAssertionsHaveTheirLines() {
    assertThat(staging.changes().sql().getFirst().name()).isEqualTo("sql step 1");
    assertThat(staging.changes().sql().getFirst().line()).isEqualTo(21);
    assertThat(staging.changes().assertions().getFirst().equals()).isEqualTo("1");
    assertThat(staging.changes().privileges().getFirst().name()).isEqualTo("privilege 1");
    assertThat(one("sql: [{ file: cleanup.sql }]").changes().sql().getFirst().text())
        .isEqualTo("delete from job;");
  }

  @Test
  void sqlTakesParametersAsLiterals() {
    assertThat(one("sql: ['update a set b = ${SECRET}']").changes().sql().getFirst().text())
        .isEqualTo("update a set b =  '" + TargetsFixture.SECRET + "' ");
  }

  @Test
  void hooksHaveTheirLimits() {
    assertThat(staging.hooks().before().getFirst())
        .isEqualTo(
            new Hook.EcsService(
                FilledText.of("app/backend"),
                0,
                new Hook.Limits(28, Duration.ofMinutes(10), Optional.of(2), OnFailure.UNDO)));
    assertThat(staging.hooks().migrate().getFirst().limits())
        .isEqualTo(new Hook.Limits(30, Duration.ofMinutes(10), Optional.of(1), OnFailure.UNDO));
    assertThat(staging.hooks().after().get(1).limits())
        .isEqualTo(new Hook.Limits(33, Duration.ofMinutes(2), Optional.empty(), OnFailure.UNDO));
    assertThat(staging.hooks().after().get(2).limits().onFailure()).isEqualTo(OnFailure.CONTINUE);
  }

  @Test
  void descriptionsShowNoSecret() {
    assertThat(
            Stream.of(staging.hooks().before(), staging.hooks().migrate(), staging.hooks().after())
                .flatMap(List::stream)
                .map(Hook::describe))
        .containsExactly(
            "set the ECS service app/backend to 0 tasks",
            "flush all databases of redis://cache.internal:6379",
            "invoke the Lambda function run-migrations",
            "set the ECS service app/backend to 2 tasks",
            "GET https://staging.example/health until it answers 200",
            "run ./smoke.sh with 2 arguments");
    assertThat(hook("{ redis: 'rediss://u:${SECRET}@cache/3', keys: 'session:*' }").describe())
        .isEqualTo("remove the keys session:* of rediss://cache/3");
  }

  @Test
  void textsKnowTheirParameters() {
    Hook.Command command = (Hook.Command) hook("{ command: [sh, -c, '$${NO} ${SECRET} ${BASE}'] }");
    assertThat(command.words().getLast().parameters())
        .isEqualTo(Map.of("SECRET", TargetsFixture.SECRET, "BASE", "https://staging.example"));
  }

  @Test
  void parametersAreEncodedInUrlsUnlessTheyBeginThem() {
    assertThat(staging.hooks().after().get(1))
        .extracting(h -> ((Hook.Http) h).url().value())
        .isEqualTo("https://staging.example/health?token=tok%2Fen%261");
    assertThat(hook("{ http: '${BASE}/health' }"))
        .extracting(h -> ((Hook.Http) h).url().value())
        .isEqualTo("https://staging.example/health");
    assertThat(hook("{ redis: 'redis://:${SECRET}@cache', flush: db }"))
        .extracting(h -> ((Hook.Redis) h).url().value())
        .isEqualTo("redis://:hunter2%3Ap%40ss%2Fword@cache");
  }

  @Test
  void textOfEverythingShowsNoParametersValue() {
    assertThat(staging.changes().rekey() + " " + staging.hooks() + " " + staging.media())
        .contains("${STAGING_ADMIN_EMAIL}", "${SMOKE_TOKEN}")
        .doesNotContain("boss@corp.example", "correct horse", "tok/en", "tok%2Fen");
  }

  @Test
  void mediaIsAPairOfBuckets() {
    assertThat(staging.media())
        .contains(
            new Target.Media(
                new Bucket("prod-media", "", Optional.empty(), Optional.empty(), Optional.empty()),
                new Bucket(
                    "staging-media", "", Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                false));
    assertThat(demo.media())
        .contains(
            new Target.Media(
                new Bucket(
                    "prod-media",
                    "images/",
                    Optional.empty(),
                    Optional.of("eu-central-1"),
                    Optional.empty()),
                new Bucket(
                    "demo-media",
                    "",
                    Optional.of("http://localhost:9000"),
                    Optional.empty(),
                    Optional.of(true)),
                false,
                true));
  }

  @Test
  void schemaVersionsAreComparedAsNumbersWhereTheyAre() {
    Target.SchemaVersion version = staging.snapshots().schemaVersion().orElseThrow();
    assertThat(version.admits("20260301")).isTrue();
    assertThat(version.admits("9")).isTrue();
    assertThat(version.admits("20260302")).isFalse();
    assertThat(version.admits("100000000000000000000000")).isFalse();
    Target.SchemaVersion named = new Target.SchemaVersion("", "0042_orders");
    assertThat(named.admits("0041_z")).isTrue();
    assertThat(named.admits("0043_a")).isFalse();
  }

  @Test
  void unknownTargetNamesTheNearest() {
    Targets targets = TargetsFixture.parse(TargetsFixture.shop());
    assertThatThrownBy(() -> targets.target("stagign"))
        .isInstanceOf(DecantException.class)
        .hasMessage("targets.yaml has no target stagign. Write staging.")
        .extracting(e -> ((DecantException) e).code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void passwordsComeFromWhereTheTargetSays() {
    assertThat(
            TargetPassword.of(
                staging, Map.of("STAGING_PASSWORD", "p"), TargetsParserTest::noSecrets))
        .contains("p");
    assertThat(TargetPassword.of(demo, Map.of(), TargetsParserTest::noSecrets)).isEmpty();
    assertThatThrownBy(() -> TargetPassword.of(staging, Map.of(), TargetsParserTest::noSecrets))
        .hasMessage(
            "There is no password for the database of target staging. The variable"
                + " STAGING_PASSWORD is not set. Set it to the password.");
    Target secret = one("password-secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:db'");
    assertThat(TargetPassword.of(secret, Map.of(), _ -> TargetsFixture.utf8("plain")))
        .contains("plain");
    assertThat(
            TargetPassword.of(
                secret,
                Map.of(),
                _ -> TargetsFixture.utf8("{\"username\":\"a\",\"password\":\"b\"}")))
        .contains("b");
    assertThat(TargetPassword.of(secret, Map.of(), _ -> TargetsFixture.utf8("{odd")))
        .contains("{odd");
    assertThatThrownBy(
            () ->
                TargetPassword.of(
                    secret, Map.of(), _ -> TargetsFixture.utf8("{\"token\":\"s3cret\"}")))
        .hasMessageContaining("Store the password as text")
        .hasMessageNotContaining("s3cret");
  }
}
