package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.Set;

/**
 * The keywords that name a schema, a table or a column only in double quotes: those of PostgreSQL
 * 15 to 18 for which {@code pg_get_keywords()} gives the category R or T.
 */
final class ReservedWords {
  static final Set<String> ALL =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
          collation column concurrently constraint create cross current_catalog current_date current_role
          current_schema current_time current_timestamp current_user default deferrable desc distinct do else end
          except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into
          is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on
          only or order outer overlaps placing primary references returning right select session_user similar some
          symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when
          where window with
          """
              .strip()
              .split("\\s+", -1));

  private ReservedWords() {}

  /** A name as a statement may have it, with double quotes only if it needs them. */
  static String quoted(String name) {
    return ALL.contains(name) ? TableName.alwaysQuoted(name) : TableName.quoted(name);
  }

  static String quoted(TableName table) {
    return quoted(table.schema()) + '.' + quoted(table.name());
  }
}
