package dev.decant.schema;

import dev.decant.postgres.DatabaseEncoding;
import dev.decant.schema.ColumnType.Length;
import dev.decant.schema.ColumnType.Parts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of columns, and the types that these are made of. */
final class CatalogTypes {
  /** The type modifier of varchar, char and numeric is larger than the declared number by this. */
  private static final int MODIFIER_OFFSET = 4;

  private static final int NAME_LENGTH = 63;

  /** The parts of a type that only a domain has. */
  private record Domain(long base, int baseModifier, boolean notNull) {}

  /**
   * One type.
   *
   * @param element the type of the elements if the type is an array, of the bounds if it is a range
   *     or a multirange, otherwise 0
   * @param formatted the name as {@code format_type} prints it
   */
  private record TypeRow(
      String schema,
      String name,
      String formatted,
      String kind,
      long element,
      @Nullable Domain domain,
      @Nullable String extension) {
    boolean array() {
      return element != 0 && !kind.equals("r") && !kind.equals("m");
    }
  }

  /** A field of a composite type. */
  private record FieldRow(String name, long type, int modifier, String formatted) {}

  private final Map<Long, TypeRow> types = new HashMap<>();
  private final Map<Long, List<FieldRow>> fields = new HashMap<>();
  private final Map<Long, List<String>> labels = new HashMap<>();
  private final Set<Long> checkedDomains = new HashSet<>();

  private final Map<String, String> standIns;
  private final boolean bytes;

  /**
   * @param standIns the types as the dump names them, by the names of the domains that stand for
   *     them
   */
  CatalogTypes(CatalogQueries queries, Map<String, String> standIns) throws SQLException {
    this.standIns = standIns;
    bytes = DatabaseEncoding.of(queries.connection()) == DatabaseEncoding.SQL_ASCII;
    queries.each(
        """
        WITH RECURSIVE bounds AS (
          SELECT r.rngtypid, r.rngsubtype,
            -- PostgreSQL 13 has no multiranges.
            (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::oid AS multirange
          FROM pg_catalog.pg_range r),
        used(oid) AS (
          SELECT DISTINCT a.atttypid FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
          WHERE a.attnum > 0 AND NOT a.attisdropped
          UNION
          SELECT part.oid FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid
          CROSS JOIN LATERAL (
            VALUES (t.typbasetype), (t.typelem)
            UNION ALL SELECT r.rngsubtype FROM bounds r WHERE t.oid IN (r.rngtypid, r.multirange)
            UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
              WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0
                AND NOT a.attisdropped) part(oid)
          WHERE part.oid <> 0)
        SELECT t.oid, n.nspname::text, t.typname::text, t.typtype::text,
          CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE coalesce((SELECT r.rngsubtype
            FROM bounds r WHERE t.oid IN (r.rngtypid, r.multirange)), 0) END, t.typbasetype, t.typtypmod,
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
                    row.getString(10),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(4).equals("d")
                        ? new Domain(row.getLong(6), row.getInt(7), row.getBoolean(8))
                        : null,
                    row.getString(9))));
    queries.each(
        "SELECT enumtypid, enumlabel::text FROM pg_catalog.pg_enum ORDER BY 1, enumsortorder",
        row ->
            labels.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(row.getString(2)));
    // Every table has a composite type, too, but only few of these types are used.
    List<String> composite = new ArrayList<>();
    types.forEach(
        (oid, type) -> {
          if (type.kind.equals("c")) {
            composite.add(Long.toString(oid));
          }
        });
    queries.each(
        """
        SELECT t.oid, a.attname::text, a.atttypid, a.atttypmod,
          pg_catalog.format_type(a.atttypid, a.atttypmod)
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid
          AND a.attnum > 0 AND NOT a.attisdropped
        WHERE t.oid = ANY ('{\
        """
            + String.join(",", composite)
            + "}'::oid[]) ORDER BY t.oid, a.attnum",
        row ->
            fields
                .computeIfAbsent(row.getLong(1), oid -> new ArrayList<>())
                .add(
                    new FieldRow(
                        row.getString(2), row.getLong(3), row.getInt(4), row.getString(5))));
    queries.each(
        "SELECT contypid FROM pg_catalog.pg_constraint WHERE contype = 'c' AND contypid <> 0",
        row -> checkedDomains.add(row.getLong(1)));
  }

  private TypeRow row(long oid) {
    TypeRow row = types.get(oid);
    if (row == null) {
      throw new IllegalStateException("The type " + oid + " vanished while the catalog was read.");
    }
    return row;
  }

  /** Whether the type, or a domain that it is based on, is a domain with NOT NULL. */
  boolean notNull(long oid) {
    Domain domain = row(oid).domain;
    return domain != null && (domain.notNull || notNull(domain.base));
  }

  /** Whether a domain has a CHECK: the type, a domain that it is based on, or a part of it. */
  boolean checked(long oid) {
    TypeRow type = row(oid);
    return type.domain != null
        ? checkedDomains.contains(oid) || checked(type.domain.base)
        : (type.element != 0 && checked(type.element))
            || fieldsOf(oid, type).stream().anyMatch(field -> checked(field.type));
  }

  /**
   * The type of a column.
   *
   * @param name the name as {@code format_type} prints it
   */
  ColumnType type(long oid, int modifier, String name) {
    TypeRow type = row(oid);
    @Nullable String standsFor = standsFor(type);
    if (standsFor != null) {
      return ColumnType.of(standsFor, TypeCategories.ofMissing(standsFor));
    }
    Domain domain = type.domain;
    if (domain != null) {
      ColumnType base = type(domain.base, domain.baseModifier, row(domain.base).formatted);
      return new ColumnType(
          name,
          base.category(),
          base.length(),
          base.precision(),
          base.scale(),
          base.labels(),
          base.parts(),
          true);
    }
    TypeCategory category =
        TypeCategories.of(type.schema, type.name, type.kind, type.array(), type.extension);
    boolean sized = modifier >= MODIFIER_OFFSET && type.schema.equals("pg_catalog");
    int number = modifier - MODIFIER_OFFSET;
    boolean numeric = sized && type.name.equals("numeric");
    @Nullable String element = type.array() ? standsFor(row(type.element)) : null;
    return new ColumnType(
        element == null ? name : element + "[]",
        category,
        length(type.name, category, sized, number),
        numeric ? (number >> 16) & 0xffff : -1,
        numeric ? ((number & 0x7ff) ^ 1024) - 1024 : -1,
        labels.getOrDefault(oid, List.of()),
        parts(oid, type, modifier, name),
        false);
  }

  private @Nullable String standsFor(TypeRow type) {
    return standIns.get(type.schema + '.' + type.name);
  }

  private ColumnType.@Nullable Parts parts(long oid, TypeRow type, int modifier, String name) {
    if (type.array()) {
      return new Parts.Element(type(type.element, modifier, withoutBrackets(name)));
    }
    if (type.element != 0) {
      return new Parts.Element(type(type.element, -1, row(type.element).formatted));
    }
    List<FieldRow> own = fieldsOf(oid, type);
    return own.isEmpty()
        ? null
        : new Parts.Fields(
            own.stream()
                .map(f -> new ColumnType.Field(f.name, type(f.type, f.modifier, f.formatted)))
                .toList());
  }

  /** The fields of a composite type. PostgreSQL allows no type that contains itself. */
  private List<FieldRow> fieldsOf(long oid, TypeRow type) {
    return type.kind.equals("c") ? fields.getOrDefault(oid, List.of()) : List.of();
  }

  /** The declared length of char(n) and varchar(n), or the fixed size of name and "char". */
  private Length length(String name, TypeCategory category, boolean sized, int number) {
    if (category != TypeCategory.TEXT) {
      return new Length(-1, bytes);
    }
    return switch (name) {
      case "name" -> new Length(NAME_LENGTH, true);
      case "char" -> new Length(1, true);
      default -> new Length(sized ? number : -1, bytes);
    };
  }

  private static String withoutBrackets(String arrayName) {
    return arrayName.endsWith("[]") ? arrayName.substring(0, arrayName.length() - 2) : arrayName;
  }
}
