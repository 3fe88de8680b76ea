package dev.decant.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Compares manifests with the published JSON Schema, {@code docs/manifest.schema.json}. */
public final class ManifestSchema {
  private static final int MOST = 20;
  private static final Schema SCHEMA = schema();

  private ManifestSchema() {}

  /**
   * The places at which a manifest differs from the schema, at most 20. A line contains the place
   * and the name of the rule, and no value.
   */
  public static List<String> problems(ObjectNode manifest) {
    return SCHEMA.validate(manifest).stream()
        .map(e -> e.getInstanceLocation() + " does not fit the rule '" + e.getKeyword() + "'")
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static Schema schema() {
    try (InputStream in =
        Objects.requireNonNull(
            ManifestSchema.class.getResourceAsStream("manifest.schema.json"),
            "manifest.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
