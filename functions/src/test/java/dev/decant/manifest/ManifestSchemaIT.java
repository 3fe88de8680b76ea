package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.decant.setting.KeyPairs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares docs/manifest.schema.json with the manifests that decant writes and reads. */
final class ManifestSchemaIT {
  private static final String TEXT = text();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

  /** Fields that manifests of older versions do not have, or that a run may not have. */
  private static final Set<String> OPTIONAL =
      Set.of("verdict", "leakTrace", "reidentification", "notVerified", "ddl", "report");

  @Test
  void manifestsFitTheSchema() {
    Manifest manifest = Examples.manifest();

    assertThat(errors(json(manifest))).isEmpty();
    assertThat(errors(json(Signatures.sign(manifest, KeyPairs.generateSigningKey())))).isEmpty();
  }

  @Test
  void everyFieldThatIsWrittenIsInTheSchema() {
    Manifest signed = Signatures.sign(Examples.manifest(), KeyPairs.generateSigningKey());
    List<String> unknown = new ArrayList<>();
    ObjectNode schema = ManifestJson.tree(TEXT.getBytes(UTF_8), "schema");
    compare(ManifestJson.tree(signed), schema, "", unknown);

    assertThat(unknown).isEmpty();
  }

  @Test
  void whatTheReaderRequiresTheSchemaRequiresToo() {
    ObjectNode whole = ManifestJson.tree(Examples.manifest());
    for (String field : new TreeSet<>(names(whole))) {
      ObjectNode without = whole.deepCopy();
      without.remove(field);
      assertThat(errors(without.toString()).isEmpty())
          .as(field)
          .isEqualTo(OPTIONAL.contains(field));
    }
  }

  @Test
  void wrongValuesDoNotFit() {
    assertThat(errors(changed("/version", "2"))).isNotEmpty();
    assertThat(errors(changed("/rowsIn", "-1"))).isNotEmpty();
    assertThat(errors(changed("/name", "\"../x\""))).isNotEmpty();
    assertThat(errors(changed("/run/startedAt", "\"2026-03-23T06:00:00+01:00\""))).isNotEmpty();
    assertThat(errors(changed("/frames/0/table", "\"a.b\""))).isNotEmpty();
    assertThat(errors(changed("/frames/1/kind", "\"DDL\""))).isNotEmpty();
    assertThat(errors(changed("/leakTrace/found", "1"))).isNotEmpty();
    assertThat(errors(changed("/name", "\"other\""))).isEmpty();
  }

  private static void compare(JsonNode value, JsonNode schema, String path, List<String> unknown) {
    if (value.isArray()) {
      value.forEach(entry -> compare(entry, schema.path("items"), path + "[]", unknown));
    }
    if (!value.isObject() || schema.has("additionalProperties")) {
      return;
    }
    for (String name : names(value)) {
      JsonNode inner = schema.path("properties").path(name);
      if (inner.isMissingNode()) {
        unknown.add(path + "/" + name);
      } else {
        compare(value.get(name), inner, path + "/" + name, unknown);
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String changed(String pointer, String value) {
    ObjectNode tree = ManifestJson.tree(Examples.manifest());
    int slash = pointer.lastIndexOf('/');
    JsonNode inner = ManifestJson.tree(("{\"v\":" + value + "}").getBytes(UTF_8), "value").get("v");
    ((ObjectNode) tree.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), inner);
    return tree.toString();
  }

  private static List<com.networknt.schema.Error> errors(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  private static String json(Manifest manifest) {
    return new String(ManifestJson.write(manifest), UTF_8);
  }

  /** The working folder of the build is the folder of the module. */
  private static String text() {
    try {
      return Files.readString(
          Path.of("").toAbsolutePath().resolveSibling("docs").resolve("manifest.schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
