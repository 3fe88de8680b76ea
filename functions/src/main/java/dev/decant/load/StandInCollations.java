package dev.decant.load;

import dev.decant.dump.StandInText;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stand-ins for collations that a scratch server lacks: the root collation of ICU, or C. */
final class StandInCollations {
  private StandInCollations() {}

  /** The statement with the stand-in in place of each missing collation; unchanged without one. */
  static String replaced(Statement connection, String sql) throws SQLException {
    List<String> names = StandInText.collations(sql);
    if (names.isEmpty()) {
      return sql;
    }
    String list = names.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    Set<String> missing = new HashSet<>();
    try (var rows =
        connection.executeQuery(
            "SELECT name FROM pg_catalog.unnest(ARRAY["
                + list
                + "]::text[]) name WHERE pg_catalog.to_regcollation(name) IS NULL")) {
      while (rows.next()) {
        missing.add(rows.getString(1));
      }
    }
    return missing.isEmpty()
        ? sql
        : StandInText.withCollation(sql, missing::contains, root(connection));
  }

  /** The root collation of ICU, whose order is near to that of most languages, or C. */
  private static String root(Statement connection) throws SQLException {
    return Queries.text(
        connection,
        "SELECT CASE WHEN pg_catalog.to_regcollation('pg_catalog.\"und-x-icu\"') IS NULL"
            + " THEN 'pg_catalog.\"C\"' ELSE 'pg_catalog.\"und-x-icu\"' END");
  }

  /** The statement that creates the collation for another locale, or null if that was tried. */
  static @Nullable String created(Statement connection, String name, String sql)
      throws SQLException {
    String root = root(connection);
    String copy = "CREATE COLLATION " + name + " FROM " + root;
    String ofIcu =
        "CREATE COLLATION " + name + " (provider = icu, locale = 'und', deterministic = false)";
    boolean icu = StandInText.nondeterministic(sql) && root.contains("icu");
    return sql.equals(copy) || sql.equals(ofIcu) ? null : icu ? ofIcu : copy;
  }
}
