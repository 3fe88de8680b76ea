package dev.decant.target;

import static dev.decant.target.TargetsFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad targets files, and the exact messages about them. */
final class BadTargetsTest {
  /** Whole files, and the problem that they have. */
  static Stream<Arguments> files() {
    return Stream.of(
        arguments("", "targets.yaml:1: The file is empty. Write version: 1 and targets."),
        arguments("targets: {}", "targets.yaml:1: The key version is missing. Write version: 1."),
        arguments(
            "version: 2",
            "targets.yaml:1: The file has version 2, but this decant reads version 1. Use a newer"
                + " decant."),
        arguments(
            "version: one", "targets.yaml:1: This version is not supported. Write version: 1."),
        arguments(
            "version: 1",
            "targets.yaml:1: The key targets is missing. Write targets by name, for example"
                + " staging: { database: … }."),
        arguments(
            "version: 1\ntargets: {}",
            "targets.yaml:2: The file has no target. Write targets by name, for example staging: {"
                + " database: … }."),
        arguments(
            "version: 1\ntargets: { staging: app }",
            "targets.yaml:2: This is not a map. Write { database: …, snapshots: …, … }."),
        arguments(
            "version: 1\ntargets:\n  a b: { database: postgresql://u@h/d, confirm: h, snapshots:"
                + " a/b }",
            "targets.yaml:3: This cannot be the name of a target. Write at most 63 letters, digits,"
                + " - and _."));
  }

  @ParameterizedTest
  @MethodSource("files")
  void wholeFileIsAnsweredWith(String yaml, String problem) {
    assertThat(error(yaml)).isEqualTo("The targets file has a problem:\n" + problem);
  }

  /** Lines of a target from line 7 on, and the problem that they have. */
  static Stream<Arguments> targets() {
    return Stream.of(
        arguments(
            "alow-refresh: true",
            "targets.yaml:7: The key alow-refresh is unknown. Write allow-refresh."),
        arguments(
            "allow-refresh: maybe",
            "targets.yaml:7: This is neither true nor false. Write one of them."),
        arguments(
            "confirm: db",
            "targets.yaml:7: The key confirm occurs twice, first in line 5. Remove one of them."),
        arguments(
            "password-env: a-b",
            "targets.yaml:7: This is not the name of a variable. Write a name, for example"
                + " STAGING_PASSWORD."),
        arguments(
            "password-secret: my-secret",
            "targets.yaml:7: This is not an ARN of Secrets Manager. Write"
                + " arn:aws:secretsmanager:REGION:ACCOUNT:secret:…."),
        arguments(
            "password-env: A\npassword-secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:db'",
            "targets.yaml:8: The target also has password-env. Remove one of the two keys."),
        arguments(
            "never: prod-db",
            "targets.yaml:7: This is not a list. Write hosts and names of databases, for example"
                + " ['*.prod.internal']."),
        arguments(
            "never: ['fe80::1', 'prod-db:5432']",
            "targets.yaml:7: The entry prod-db:5432 is neither a host nor the name of a database."
                + " Write it without a scheme, a path and a port."),
        arguments(
            "never: ['postgresql://prod-db/app']",
            "targets.yaml:7: The entry postgresql://prod-db/app is neither a host nor the name of a"
                + " database. Write it without a scheme, a path and a port."),
        arguments(
            "schema-version: { sql: select 1 }",
            "targets.yaml:7: The key at-most is missing. Write at-most: the newest version that is"
                + " accepted."),
        arguments(
            "keep-tables: [audit]",
            "targets.yaml:7: audit is not the name of a table with its schema. Write"
                + " public.audit."),
        arguments(
            "keep-tables: [public.a, public.a]",
            "targets.yaml:7: Table public.a is listed twice. Remove one of the entries."),
        arguments(
            "rekey: { admin: {} }", "targets.yaml:7: This changes nothing. Write set or password."),
        arguments(
            "rekey: { admin: { sets: { a: 1 }, set: { a: 1 } } }",
            "targets.yaml:7: The key sets is unknown. Write set."),
        arguments(
            "rekey: { admin: { set: { p: 1 }, password: { column: p, value: x } } }",
            "targets.yaml:7: The column of the password is also in set. Remove it from set."),
        arguments(
            "rekey: { admin: { password: { column: p } } }",
            "targets.yaml:7: The key value is missing. Write value: '${PARAMETER}'."),
        arguments(
            "rekey: { admin: { password: { column: p, value: x, algorithm: bcrpt } } }",
            "targets.yaml:7: The word bcrpt is unknown. Write bcrypt."),
        arguments(
            "rekey: { admin: { password: { column: p, value: x, cost: 17 } } }",
            "targets.yaml:7: The value of cost must be from 4 to 16. Write such a number."),
        arguments(
            "rekey: { admin: { password: { column: p, value: '${LONG}' } } }",
            "targets.yaml:7: Bcrypt hashes only the first 72 bytes of a password. Give a shorter"
                + " one."),
        arguments(
            "rekey:\n  admin:\n    set: { a: '${MISSING}' }",
            "targets.yaml:9: The parameter MISSING has no value. Give --param MISSING=V or set"
                + " DECANT_PARAM_MISSING."),
        arguments(
            "rekey: { admin: { set: { a: '${NUL}' } } }",
            "targets.yaml:7: The value of the parameter NUL has a NUL character. Remove it."),
        arguments(
            "rekey: { admin: { set: { a: '${SECRET' } } }",
            "targets.yaml:7: The reference to a parameter has no closing brace. Write ${NAME}, or"
                + " write $${ for the characters ${."),
        arguments(
            "sql: [\"update a set b = '${SECRET}'\"]",
            "targets.yaml:7: ${SECRET} stands inside quotes or a comment. Write it without quotes,"
                + " because it becomes a quoted literal, or write $${SECRET} for the characters."),
        arguments(
            "sql: [{ file: none.sql }]",
            "targets.yaml:7: The file none.sql does not exist beside the targets file. Put it"
                + " there."),
        arguments(
            "assertions: [{ name: a, sql: b }]",
            "targets.yaml:7: An assertion needs either equals or empty. Write equals: VALUE, or"
                + " empty: true."),
        arguments(
            "previous: { keep: 21 }",
            "targets.yaml:7: The value of keep must be from 0 to 20. Write such a number."),
        arguments("previous: { kept: 1 }", "targets.yaml:7: The key kept is unknown. Write keep."),
        arguments(
            "hooks: { befor: [] }", "targets.yaml:7: The key befor is unknown. Write before."),
        arguments(
            "hooks:\n  after:\n    - { lamda: a }",
            "targets.yaml:9: The key lamda is unknown. Write lambda."),
        arguments(
            "hooks: { after: [{ within: 5s }] }",
            "targets.yaml:7: A hook has exactly one kind. Write one of command, ecs-service, http,"
                + " lambda, redis."),
        arguments(
            "hooks: { after: [{ lambda: a, http: 'https://a' }] }",
            "targets.yaml:7: A hook has exactly one kind. Write one of command, ecs-service, http,"
                + " lambda, redis."),
        arguments(
            "hooks: { after: [{ lambda: 'a b' }] }",
            "targets.yaml:7: This is not the name of a Lambda function. Write its name or its"
                + " ARN."),
        arguments(
            "hooks: { after: [{ lambda: a, expect: 200 }] }",
            "targets.yaml:7: The key expect is unknown. Write one of command, ecs-service, http,"
                + " lambda, on-failure, redis, retries, within."),
        arguments(
            "hooks: { after: [{ lambda: a, within: 90 }] }",
            "targets.yaml:7: This is not a duration from 1s to 24h. Write for example 120s or 5m."),
        arguments(
            "hooks: { after: [{ lambda: a, within: 25h }] }",
            "targets.yaml:7: This is not a duration from 1s to 24h. Write for example 120s or 5m."),
        arguments(
            "hooks: { after: [{ lambda: a, retries: 101 }] }",
            "targets.yaml:7: The value of retries must be from 0 to 100. Write such a number."),
        arguments(
            "hooks: { after: [{ lambda: a, on-failure: continu }] }",
            "targets.yaml:7: The word continu is unknown. Write continue."),
        arguments(
            "hooks: { after: [{ http: 'staging.example/health' }] }",
            "targets.yaml:7: This is not an HTTP URL. Write https://HOST/PATH."),
        arguments(
            "hooks: { after: [{ http: 'https://u:p@staging.example' }] }",
            "targets.yaml:7: The URL holds a user name, which is never sent. Remove it."),
        arguments(
            "hooks: { after: [{ http: 'https://a', expect: 2000 }] }",
            "targets.yaml:7: The value of expect must be from 100 to 599. Write such a number."),
        arguments(
            "hooks: { after: [{ redis: 'redis://:pw@cache', flush: all }] }",
            "targets.yaml:7: The file holds a password. Write redis://:${PARAMETER}@HOST."),
        arguments(
            "hooks: { after: [{ redis: 'http://cache', flush: all }] }",
            "targets.yaml:7: This is not the URL of a Redis server. Write redis://HOST:6379 or"
                + " rediss://HOST/0."),
        arguments(
            "hooks: { after: [{ redis: 'redis://cache' }] }",
            "targets.yaml:7: A redis hook needs either flush or keys. Write flush: all, flush: db"
                + " or keys: PATTERN."),
        arguments(
            "hooks: { after: [{ redis: 'redis://cache', flush: everything }] }",
            "targets.yaml:7: The word everything is unknown. Write one of all, db."),
        arguments(
            "hooks: { after: [{ ecs-service: backend, desired: 1 }] }",
            "targets.yaml:7: This is not a cluster with a service. Write CLUSTER/SERVICE."),
        arguments(
            "hooks: { after: [{ ecs-service: app/backend }] }",
            "targets.yaml:7: The key desired is missing. Write desired: the number of tasks."),
        arguments(
            "hooks: { after: [{ command: ./smoke.sh }] }",
            "targets.yaml:7: This is not a list. Write the program and its arguments, for example"
                + " [./smoke.sh]."),
        arguments(
            "hooks: { after: [{ command: [] }] }",
            "targets.yaml:7: The list names no program. Write for example [./smoke.sh]."),
        arguments(
            "hooks: { after: [{ command: [''] }] }",
            "targets.yaml:7: This is blank. Write a program."),
        arguments(
            "media: { from: s3://a-bucket }",
            "targets.yaml:7: The key to is missing. Write to: s3://BUCKET or s3://BUCKET/PREFIX."),
        arguments(
            "media: { from: a-bucket, to: s3://b-bucket }",
            "targets.yaml:7: This is not a bucket. Write s3://BUCKET or s3://BUCKET/PREFIX."),
        arguments(
            "media: { from: s3://a-bucket, to: s3://a-bucket/copy }",
            "targets.yaml:7: One of from and to contains the other. Write another bucket or"
                + " prefix."),
        arguments(
            "media: { from: s3://a-bucket, to: { bucket: s3://b-bucket, endpoint: 'minio:9000' } }",
            "targets.yaml:7: This is not the URL of an S3 endpoint. Write https://HOST or"
                + " http://HOST:PORT."),
        arguments(
            "media: { from: s3://a-bucket, to: { bucket: s3://b-bucket, pathstyle: true } }",
            "targets.yaml:7: The key pathstyle is unknown. Write path-style."));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void targetIsAnsweredWith(String lines, String problem) {
    assertThat(error(TargetsFixture.with(lines)))
        .isEqualTo("The targets file has a problem:\n" + problem);
  }

  /** URLs of databases, and the problem that they have. */
  static Stream<Arguments> databases() {
    String password =
        "The URL holds a password. Remove it, and add the key password-env: NAME or"
            + " password-secret: ARN.";
    String notWhole =
        "This is not the URL of a database with a user and a host. Write"
            + " postgresql://USER@HOST:5432/DATABASE with special characters percent-encoded.";
    return Stream.of(
        arguments("postgresql://app:hunter2@db/app", password),
        arguments("postgresql://app:${SECRET}@db/app", password),
        arguments("postgresql://app@db/app?password=hunter2", password),
        arguments("postgresql://app@db/app?sslmode=require&password=hunter2", password),
        arguments("mysql://app@db/app", notWhole),
        arguments("postgresql://db/app", notWhole),
        arguments("postgresql://app@db", notWhole),
        arguments("postgresql://app@db/", notWhole),
        arguments("postgresql://app@db:99999/app", notWhole),
        arguments("postgresql://app@/app", notWhole),
        arguments("postgresql://app@a b/app", notWhole),
        arguments("${SECRET}", notWhole));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void databaseIsAnsweredWith(String url, String problem) {
    String yaml =
        "version: 1\ntargets:\n  staging:\n    database: '"
            + url
            + "'\n    confirm: db\n    snapshots: backend/production\n";
    assertThat(error(yaml))
        .isEqualTo("The targets file has a problem:\ntargets.yaml:4: " + problem);
  }

  @Test
  void whatATargetMustHaveIsListedAtOnce() {
    assertThat(error("version: 1\ntargets:\n  staging: { never: [a] }\n"))
        .isEqualTo(
            """
            The targets file has 3 problems:
            targets.yaml:3: The key database is missing. Write database: postgresql://USER@HOST:5432/DATABASE.
            targets.yaml:3: The key confirm is missing. Write confirm: HOST, the host that the caller must type.
            targets.yaml:3: The key snapshots is missing. Write snapshots: SERVICE/ENVIRONMENT.\
            """);
  }

  @Test
  void allProblemsOfAllTargetsComeTogetherInTheOrderOfTheFile() {
    String yaml =
        TargetsFixture.with("hooks: { after: [{ http: a }, { lambda: b, retries: x }] }")
            + "  demo: { database: x, confirm: y, snapshots: z }\nextra: 1\n";
    assertThat(error(yaml).lines())
        .containsExactly(
            "The targets file has 5 problems:",
            "targets.yaml:7: This is not an HTTP URL. Write https://HOST/PATH.",
            "targets.yaml:7: This is not a whole number. Write one without quotes.",
            "targets.yaml:8: This is not the URL of a database with a user and a host. Write"
                + " postgresql://USER@HOST:5432/DATABASE with special characters percent-encoded.",
            "targets.yaml:8: This does not name the snapshots of a service. Write"
                + " SERVICE/ENVIRONMENT, for example backend/production.",
            "targets.yaml:9: The key extra is unknown. Write one of targets, version.");
  }

  @Test
  void badFileIsAnErrorOfUsage() {
    DecantException thrown =
        Assertions.catchThrowableOfType(
            DecantException.class, () -> TargetsFixture.parse("version: 1"));
    assertThat(thrown.code()).isEqualTo(ErrorCode.TARGETS_INVALID);
    assertThat(thrown.exitCode()).isEqualTo(2);
  }

  /** Every place where a parameter can stand, with a value that is not allowed there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks: { after: [{ lambda: '${SECRET}' }] }",
        "hooks: { after: [{ http: '${SECRET}' }] }",
        "hooks: { after: [{ redis: '${SECRET}', flush: all }] }",
        "hooks: { after: [{ ecs-service: '${SECRET}', desired: 1 }] }",
        "media: { from: '${SECRET}', to: s3://b-bucket }",
        "media: { from: { bucket: s3://a-bucket, endpoint: '${SECRET}' }, to: s3://b-bucket }",
        "rekey: { admin: { password: { column: a, value: '${SECRET}', cost: 99 } } }",
        "sql: ['select ${SECRET} ${MISSING}']"
      })
  void noMessageHoldsAParametersValue(String lines) {
    assertThat(error(TargetsFixture.with(lines)))
        .startsWith("The targets file has ")
        .doesNotContain("hunter2", "p@ss", "p%40ss");
  }
}
