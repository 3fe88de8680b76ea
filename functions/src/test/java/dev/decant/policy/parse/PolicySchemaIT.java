package dev.decant.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.decant.mask.MaskOption;
import dev.decant.pack.Packs;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Compares the published JSON Schema with the parser. */
final class PolicySchemaIT {
  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      String text = Files.readString(Path.of("../docs/policy.schema.json"));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> errors(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      Object content = new Load(settings).loadFromString(yaml);
      String json = new ObjectMapper().writeValueAsString(content);
      return SCHEMA.validate(json, InputFormat.JSON).stream().map(String::valueOf).toList();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> accepted() {
    return Stream.of(
        PolicyFixture.shop(),
        "version: 1\n",
        "version: 1\ntables: { public.a: truncate, '\"My\".\"a\"\"b\"': { keep: [] } }\n",
        """
        version: 1
        tables: { public.a: { columns: { 1: keep, b: { mask: constant, value: 1 } } } }
        """,
        "version: 1\nmasks: { a: { mask: email }, b: { mask: a, prefix: x } }\n",
        "version: 1\nassertions: [{ name: a, sql: select 1, equals: true }]\n",
        "version: 1\npacks: " + Packs.names() + "\n",
        "version: 1\nlarge-objects: drop\ncomments: keep\n",
        "version: 1\nquasi-identifiers: { public.a: [b, 1], '\"X\".y': [c] }\n",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: { at-least: 2 }\n",
        "version: 1\n"
            + "ddl: { TRIGGER a ON public.t: drop, public.t: { replace: 1 }, VIEW b.c: keep }");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatTheParserTakesTheSchemaTakes(String yaml) {
    assertThat(PolicyFixture.error(yaml)).isEqualTo("no error");
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "version: 2",
        "version: 1\ntabels: {}",
        "version: 1\ntables: []",
        "version: 1\ntables: { a: truncate }",
        "version: 1\ntables: { public.A: truncate }",
        "version: 1\ntables: { public.a: truncated }",
        "version: 1\ntables: { public.a: }",
        "version: 1\ntables: { public.a: { keeps: [id] } }",
        "version: 1\ntables: { public.a: { keep: [a, a] } }",
        "version: 1\ntables: { public.a: { columns: { b: } } }",
        "version: 1\ntables: { public.a: { columns: { b: [] } } }",
        "version: 1\ntables: { public.a: { columns: { b: constant, c: { mask: constant } } } }",
        "version: 1\ntables: { public.a: { columns: { b: { domain: x } } } }",
        "version: 1\ntables: { public.a: { columns: { b: { mask: email, domian: x } } } }",
        "version: 1\ntables: { public.a: { columns: { b: { mask: password, algorithm: md5 } } } }",
        "version: 1\ntables: { public.a: { columns: { b: { mask: password, cost: high } } } }",
        "version: 1\ntables: { public.a: { columns: { b: { mask: email, trace: maybe } } } }",
        "version: 1\n"
            + "tables: { public.a: { columns: { b: { mask: email, when: { column: a, equals: 1 } }"
            + " } } }",
        "version: 1\n"
            + "tables: { public.a: { columns: { b: { mask: json, other: { mask: email, x: 1 } } } }"
            + " }",
        "version: 1\ntables: { public.a: { rows: {} } }",
        "version: 1\ntables: { public.a: { rows: { where: { column: a } } } }",
        "version: 1\ntables: { public.a: { rows: { where: { column: a, equals: 1, like: b } } } }",
        "version: 1\ntables: { public.a: { rows: { where: { column: a, equals: null } } } }",
        "version: 1\ntables: { public.a: { rows: { where: { column: a, in: [] } } } }",
        "version: 1\ntables: { public.a: { rows: { where: { all: [] } } } }",
        "version: 1\nparameters: [a b]",
        "version: 1\npacks: [django-outh]",
        "version: 1\npacks: [django-auth, django-auth]",
        "version: 1\npacks: django-auth",
        "version: 1\nmasks: { a: [email] }",
        "version: 1\nquasi-identifiers: {}",
        "version: 1\nquasi-identifiers:",
        "version: 1\nquasi-identifiers: [public.a]",
        "version: 1\nquasi-identifiers: { a: [b] }",
        "version: 1\nquasi-identifiers: { public.a: [] }",
        "version: 1\nquasi-identifiers: { public.a: b }",
        "version: 1\nquasi-identifiers: { public.a: [b, b] }",
        "version: 1\nk-anonymity: { at-least: 5 }",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: {}",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: 5",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: { at-least: 0 }",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: { at-least: 1 }",
        "version: 1\nquasi-identifiers: { public.a: [b] }\nk-anonymity: { at-least: '5' }",
        "version: 1\nlarge-objects: none",
        "version: 1\ncomments: remove",
        "version: 1\nddl: [public.t]",
        "version: 1\nddl: { public.t: delete }",
        "version: 1\nddl: { public.t: { replace: } }",
        "version: 1\nddl: { public.t: { replaced: x } }",
        "version: 1\nsql: select 1",
        "version: 1\nsql: [{ files: a }]",
        "version: 1\nanchors: { a: { table: public.a } }",
        "version: 1\nassertions: [{ name: a, sql: b }]",
        "version: 1\nassertions: [{ name: a, sql: b, equals: 1, empty: true }]",
        "version: 1\nassertions: [{ name: a, sql: b, empty: false }]",
        "version: 1\ntrace: { min-length: 0 }"
      })
  void whatTheSchemaRefusesTheParserRefuses(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
    assertThat(PolicyFixture.error(yaml)).startsWith("The policy has ");
  }

  @Test
  void schemaIsOfItsDialect() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    try {
      String text = Files.readString(Path.of("../docs/policy.schema.json"));
      assertThat(metaSchema.validate(text, InputFormat.JSON)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema knows every mask of this project, and each of its options by name. */
  @Test
  void schemaKnowsEveryMaskAndItsOptions() throws IOException {
    JsonNode cases =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("../docs/policy.schema.json")))
            .at("/$defs/maskMap/allOf");
    Map<String, Set<String>> described = new TreeMap<>();
    for (JsonNode one : cases) {
      Set<String> names = new TreeSet<>();
      one.at("/then/properties").fieldNames().forEachRemaining(names::add);
      described.put(one.at("/if/properties/mask/const").asText(), names);
    }
    Map<String, Set<String>> built = new TreeMap<>();
    MaskCatalog catalog = MaskCatalog.standard();
    for (String name : catalog.names()) {
      built.put(
          name,
          catalog.factory(name).orElseThrow().options().stream()
              .map(MaskOption::name)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(described).isEqualTo(built);
  }

  @Test
  void sampleServesTheMasksOfThisProject() {
    Policy policy =
        new PolicyParser(MaskCatalog.standard())
            .parse(
                "policy.yaml",
                PolicyFixture.utf8(PolicyFixture.shop()),
                PolicyFixture.FILES,
                PolicyFixture.VALUES);
    assertThat(policy.tables()).hasSize(6);
  }
}
