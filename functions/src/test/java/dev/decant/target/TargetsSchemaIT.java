package dev.decant.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Compares the published JSON Schema with the parser. */
final class TargetsSchemaIT {
  private static final String TEXT = text();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(TEXT, InputFormat.JSON);

  private static String text() {
    try {
      return Files.readString(Path.of("../docs/targets.schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> errors(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    JsonNode content = new ObjectMapper().valueToTree(new Load(settings).loadFromString(yaml));
    return SCHEMA.validate(content.toString(), InputFormat.JSON).stream()
        .map(String::valueOf)
        .toList();
  }

  static Stream<String> accepted() {
    return Stream.of(
            "allow-refresh: true",
            "password-secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:db'",
            "never: []",
            "schema-version: { sql: select 1, at-most: 0042_orders }",
            "keep-tables: ['public.\"Order\"']",
            "rekey: { admin: { set: { a: null, b: 1, c: 1.5, d: '', e: true } } }",
            "rekey: { admin: { password: { column: a, value: b, algorithm: argon2id, cost: 2 } } }",
            "rekey: { a: { password: { column: a, value: b, algorithm: pbkdf2-sha256, cost: 600000"
                + " } } }",
            "sql: [{ file: cleanup.sql }, select 1]",
            "assertions: [{ name: a, sql: select 1, empty: true }]",
            "previous: { keep: 0 }",
            "hooks: {}",
            "hooks: { before: [], migrate: [{ http: '${BASE}/a', within: 24h, retries: 0 }] }",
            "hooks: { before: [{ redis: 'redis://cache/1', flush: db, on-failure: continue }] }",
            "hooks: { before: [{ redis: 'rediss://u:${SECRET}@cache', keys: 'a:*' }] }",
            "hooks: { after: [{ command: [a, 1, '', true] }] }",
            "hooks: { after: [{ lambda: 'arn:aws:lambda:eu-west-1:1:function:a:live' }] }",
            "media: { from: s3://a-bucket/p, to: s3://a-bucket/q, placeholder: true }")
        .map(TargetsFixture::with);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatTheParserTakesTheSchemaTakes(String yaml) {
    assertThat(TargetsFixture.error(yaml)).isEqualTo("no error");
    assertThat(errors(yaml)).isEmpty();
  }

  @Test
  void sampleFitsBoth() {
    assertThat(TargetsFixture.error(TargetsFixture.shop())).isEqualTo("no error");
    assertThat(errors(TargetsFixture.shop())).isEmpty();
  }

  @Test
  void exampleOfTheDocumentationFitsBoth() throws IOException {
    String page = Files.readString(Path.of("../docs/targets.md"));
    int start = page.indexOf("```yaml\nversion: 1") + "```yaml\n".length();
    String yaml = page.substring(start, page.indexOf("```", start));
    assertThat(TargetsFixture.error(yaml)).isEqualTo("no error");
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1",
        "version: 2\ntargets: {}",
        "version: 1\ntargets: {}",
        "version: 1\ntargets: []",
        "version: 1\ntargets: { a: {} }",
        "version: 1\ntargets: { a b: { database: postgresql://u@h/d, confirm: h, snapshots: a/b }"
            + " }",
        "version: 1\ntargets: { a: { database: postgresql://h/d, confirm: h, snapshots: a/b } }",
        "version: 1\ntargets: { a: { database: postgresql://u@h, confirm: h, snapshots: a/b } }",
        "version: 1\ntargets: { a: { database: 'postgresql://u:p@h/d', confirm: h, snapshots: a/b }"
            + " }",
        "version: 1\n"
            + "targets: { a: { database: 'postgresql://u@h/d?password=p', confirm: h, snapshots:"
            + " a/b } }",
        "version: 1\ntargets: { a: { database: postgresql://u@h/d, confirm: h, snapshots: a } }",
        "version: 1\ntargets: { a: { database: postgresql://u@h/d, snapshots: a/b } }"
      })
  void fileThatTheSchemaRefusesTheParserRefuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
    assertThat(TargetsFixture.error(yaml)).startsWith("The targets file has ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alow-refresh: true",
        "allow-refresh: 1",
        "password-env: a-b",
        "password-env: A\npassword-secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:db'",
        "password-secret: db",
        "never: prod",
        "never: ['']",
        "never: ['prod-db:5432']",
        "never: ['postgresql://prod-db/app']",
        "schema-version: { sql: select 1 }",
        "keep-tables: [audit]",
        "keep-tables: [public.a, public.a]",
        "rekey: { a: {} }",
        "rekey: { a: { set: {} } }",
        "rekey: { a: { set: { b: [] } } }",
        "rekey: { a: { password: { column: b } } }",
        "rekey: { a: { password: { column: b, value: c, algorithm: md5 } } }",
        "rekey: { a: { password: { column: b, value: c, cost: 3 } } }",
        "rekey: { a: { password: { column: b, value: c, algorithm: argon2id, cost: 21 } } }",
        "sql: select 1",
        "sql: [{ files: a }]",
        "assertions: [{ name: a, sql: b }]",
        "assertions: [{ name: a, sql: b, equals: 1, empty: true }]",
        "privileges: [{}]",
        "previous: { keep: 21 }",
        "hooks: []",
        "hooks: { befor: [] }",
        "hooks: { before: [{}] }",
        "hooks: { before: [{ lamda: a }] }",
        "hooks: { before: [{ lambda: a, http: 'https://a' }] }",
        "hooks: { before: [{ lambda: a, expect: 200 }] }",
        "hooks: { before: [{ lambda: a, within: 90 }] }",
        "hooks: { before: [{ lambda: a, retries: -1 }] }",
        "hooks: { before: [{ lambda: a, on-failure: abort }] }",
        "hooks: { before: [{ http: a }] }",
        "hooks: { before: [{ http: 'https://a', expect: 99 }] }",
        "hooks: { before: [{ redis: 'redis://a' }] }",
        "hooks: { before: [{ redis: 'redis://a', flush: all, keys: a }] }",
        "hooks: { before: [{ redis: 'redis://u:p@a', flush: all }] }",
        "hooks: { before: [{ ecs-service: a, desired: 1 }] }",
        "hooks: { before: [{ ecs-service: a/b }] }",
        "hooks: { before: [{ command: [] }] }",
        "hooks: { before: [{ command: a }] }",
        "media: { from: s3://a-bucket }",
        "media: { from: a-bucket, to: s3://b-bucket }",
        "media: { from: s3://a-bucket, to: { bucket: s3://b-bucket, endpoint: b } }",
        "media: { from: s3://a-bucket, to: { bucket: s3://b-bucket, pathstyle: true } }",
        "media: { from: s3://a-bucket, to: s3://b-bucket, delete: never }"
      })
  void targetThatTheSchemaRefusesTheParserRefuses(String lines) {
    String yaml = TargetsFixture.with(lines);
    assertThat(errors(yaml)).isNotEmpty();
    assertThat(TargetsFixture.error(yaml)).startsWith("The targets file has ");
  }

  @Test
  void schemaIsOfItsDialect() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    assertThat(metaSchema.validate(TEXT, InputFormat.JSON)).isEmpty();
  }
}
