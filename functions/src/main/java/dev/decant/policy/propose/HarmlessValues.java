package dev.decant.policy.propose;

import dev.decant.schema.ColumnType;
import java.util.Optional;

/** Values that say nothing, for columns whose raw values must disappear completely. */
final class HarmlessValues {
  private HarmlessValues() {}

  /** A text, number or boolean as a policy writes it; empty if no value is known to fit. */
  static Optional<Object> of(ColumnType type) {
    return switch (type.category()) {
      case BOOLEAN -> Optional.of(false);
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> Optional.of(0L);
      case ENUM -> type.labels().stream().findFirst().map(label -> label);
      case DATE -> Optional.of("2000-01-01");
      case TIMESTAMP -> Optional.of("2000-01-01 00:00:00");
      case TIME -> Optional.of("00:00:00");
      case INTERVAL -> Optional.of("00:00:00");
      case UUID -> Optional.of("00000000-0000-0000-0000-000000000000");
      case INET, CIDR -> Optional.of("192.0.2.0");
      case MACADDR -> Optional.of("00:00:00:00:00:00");
      case XML -> Optional.of("<empty/>");
      case POINT -> Optional.of("(0,0)");
      case RANGE -> Optional.of(type.name().contains("multirange") ? "{}" : "empty");
      case OTHER -> ofName(type.name());
      case TEXT, BYTEA, JSON, HSTORE, TSVECTOR, ARRAY, COMPOSITE -> Optional.empty();
    };
  }

  private static Optional<Object> ofName(String name) {
    return switch (name) {
      case "money", "oid" -> Optional.of("0");
      case "pg_lsn" -> Optional.of("0/0");
      case "bit varying", "tsquery" -> Optional.of("");
      case "jsonpath" -> Optional.of("$");
      case "box", "lseg" -> Optional.of("(0,0),(0,0)");
      case "polygon", "path" -> Optional.of("((0,0))");
      case "circle" -> Optional.of("<(0,0),0>");
      case "line" -> Optional.of("{1,0,0}");
      default -> Optional.empty();
    };
  }
}
