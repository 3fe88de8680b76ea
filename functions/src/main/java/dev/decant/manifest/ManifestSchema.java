package dev.decant.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.decant.resource.PackagedFile;
import java.util.List;

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
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(PackagedFile.text(ManifestSchema.class, "manifest.schema.json"));
  }
}
