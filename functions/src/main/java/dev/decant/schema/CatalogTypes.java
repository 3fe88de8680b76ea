package dev.decant.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types that columns have, and those that these are made of. */
final class CatalogTypes {
  /** Of varchar, char and numeric: the modifier is the number and this. */
  private static final int MODIFIER_OFFSET = 4;

  private static final int NAME_LENGTH = 63;

  private record TypeRow(
      String schema,
      String name,
      String kind,
      boolean array,
      long element,
      long base,
      int baseModifier,
      boolean notNull,
      @Nullable String extension,
      String formatted) {
    boolean isDomain() {
      return kind.equals("d");
    }
  }

  private final Map<Long, TypeRow> types = new HashMap<>();
  private final Map<Long, List<String>> labels = new HashMap<>();
  private final Set<Long> checkedDomains = new HashSet<>();

  CatalogTypes(CatalogQueries queries) throws SQLException {
    queries.each(
        """
        WITH RECURSIVE used(oid) AS (
          SELECT DISTINCT a.atttypid FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
          WHERE a.attnum > 0 AND NOT a.attisdropped
          UNION
          SELECT part.oid FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid
          CROSS JOIN LATERAL (VALUES (t.typbasetype), (t.typelem)) part(oid)
          WHERE part.oid <> 0)
        SELECT t.oid, n.nspname::text, t.typname::text, t.typtype::text,
          t.typcategory = 'A' AND t.typelem <> 0, t.typelem, t.typbasetype, t.typtypmod,
          t.typnotnull, e.extname::text, pg_catalog.format_type(t.oid, NULL)
        FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_type'::regclass
          AND d.objid = t.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass
        LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid\
        """,
        row ->
            types.put(
                row.getLong(1),
                new TypeRow(
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getInt(8),
                    row.getBoolean(9),
                    row.getString(10),
                    row.getString(11))));
    queries.each(
        "SELECT enumtypid, enumlabel::text FROM pg_catalog.pg_enum ORDER BY 1, enumsortorder",
        row ->
            labels.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(row.getString(2)));
    queries.each(
        "SELECT contypid FROM pg_catalog.pg_constraint WHERE contype = 'c' AND contypid <> 0",
        row -> checkedDomains.add(row.getLong(1)));
  }

  private TypeRow row(long oid) {
    TypeRow row = types.get(oid);
    if (row == null) {
      throw new IllegalStateException("type " + oid + " vanished");
    }
    return row;
  }

  /** Whether a domain on the way to the base type refuses NULL. */
  boolean notNull(long oid) {
    TypeRow type = row(oid);
    return type.isDomain() && (type.notNull || notNull(type.base));
  }

  /** Whether a domain on the way to the base type, or to an array's elements, has a CHECK. */
  boolean checked(long oid) {
    TypeRow type = row(oid);
    if (type.isDomain()) {
      return checkedDomains.contains(oid) || checked(type.base);
    }
    return type.array && checked(type.element);
  }

  /**
   * @param name as format_type prints it
   */
  ColumnType type(long oid, int modifier, String name) {
    TypeRow type = row(oid);
    if (type.isDomain()) {
      ColumnType base = type(type.base, type.baseModifier, row(type.base).formatted);
      return new ColumnType(
          name,
          base.category(),
          base.maxLength(),
          base.precision(),
          base.scale(),
          base.labels(),
          base.element(),
          true);
    }
    ColumnType element = type.array ? type(type.element, modifier, withoutBrackets(name)) : null;
    TypeCategory category =
        TypeCategories.of(type.schema, type.name, type.kind, type.array, type.extension);
    boolean sized = modifier >= MODIFIER_OFFSET && type.schema.equals("pg_catalog");
    int number = modifier - MODIFIER_OFFSET;
    boolean numeric = sized && type.name.equals("numeric");
    return new ColumnType(
        name,
        category,
        maxLength(type.name, category, sized, number),
        numeric ? (number >> 16) & 0xffff : -1,
        numeric ? ((number & 0x7ff) ^ 1024) - 1024 : -1,
        labels.getOrDefault(oid, List.of()),
        element,
        false);
  }

  /** char(n) and varchar(n) have one; name and "char" are of fixed size. */
  private static int maxLength(String name, TypeCategory category, boolean sized, int number) {
    if (category != TypeCategory.TEXT) {
      return -1;
    }
    return switch (name) {
      case "name" -> NAME_LENGTH;
      case "char" -> 1;
      default -> sized ? number : -1;
    };
  }

  private static String withoutBrackets(String arrayName) {
    return arrayName.endsWith("[]") ? arrayName.substring(0, arrayName.length() - 2) : arrayName;
  }
}
