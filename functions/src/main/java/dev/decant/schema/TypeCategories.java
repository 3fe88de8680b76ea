package dev.decant.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the category of a type of the catalog. */
final class TypeCategories {
  private static final Map<String, TypeCategory> BUILT_IN =
      Map.ofEntries(
          Map.entry("text", TypeCategory.TEXT),
          Map.entry("varchar", TypeCategory.TEXT),
          Map.entry("bpchar", TypeCategory.TEXT),
          Map.entry("char", TypeCategory.TEXT),
          Map.entry("name", TypeCategory.TEXT),
          Map.entry("int2", TypeCategory.SMALLINT),
          Map.entry("int4", TypeCategory.INTEGER),
          Map.entry("int8", TypeCategory.BIGINT),
          Map.entry("numeric", TypeCategory.NUMERIC),
          Map.entry("float4", TypeCategory.FLOAT),
          Map.entry("float8", TypeCategory.FLOAT),
          Map.entry("bool", TypeCategory.BOOLEAN),
          Map.entry("date", TypeCategory.DATE),
          Map.entry("timestamp", TypeCategory.TIMESTAMP),
          Map.entry("timestamptz", TypeCategory.TIMESTAMP),
          Map.entry("time", TypeCategory.TIME),
          Map.entry("timetz", TypeCategory.TIME),
          Map.entry("interval", TypeCategory.INTERVAL),
          Map.entry("uuid", TypeCategory.UUID),
          Map.entry("bytea", TypeCategory.BYTEA),
          Map.entry("json", TypeCategory.JSON),
          Map.entry("jsonb", TypeCategory.JSON),
          Map.entry("xml", TypeCategory.XML),
          Map.entry("inet", TypeCategory.INET),
          Map.entry("cidr", TypeCategory.CIDR),
          Map.entry("macaddr", TypeCategory.MACADDR),
          Map.entry("macaddr8", TypeCategory.MACADDR),
          Map.entry("tsvector", TypeCategory.TSVECTOR),
          Map.entry("point", TypeCategory.POINT));

  private TypeCategories() {}

  /**
   * The category of a type that is not a domain.
   *
   * @param kind the value of pg_type.typtype
   */
  static TypeCategory of(
      String schema, String name, String kind, boolean array, @Nullable String extension) {
    if (array) {
      return TypeCategory.ARRAY;
    }
    return switch (kind) {
      case "e" -> TypeCategory.ENUM;
      case "c" -> TypeCategory.COMPOSITE;
      case "r", "m" -> TypeCategory.RANGE;
      default -> ofBase(schema, name, extension);
    };
  }

  /**
   * The category of a type that the server lacks.
   *
   * @param written the type as a dump names it
   */
  static TypeCategory ofMissing(String written) {
    return switch (written.substring(written.lastIndexOf('.') + 1)) {
      case "citext" -> TypeCategory.TEXT;
      case "hstore" -> TypeCategory.HSTORE;
      default -> TypeCategory.OTHER;
    };
  }

  private static TypeCategory ofBase(String schema, String name, @Nullable String extension) {
    if (schema.equals("pg_catalog")) {
      return BUILT_IN.getOrDefault(name, TypeCategory.OTHER);
    }
    if ("citext".equals(extension) && name.equals("citext")) {
      return TypeCategory.TEXT;
    }
    return "hstore".equals(extension) && name.equals("hstore")
        ? TypeCategory.HSTORE
        : TypeCategory.OTHER;
  }
}
