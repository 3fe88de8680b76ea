package dev.decant.verify;

import dev.decant.mask.MaskSpec;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries values against the type of a column and the CHECKs that read only this column. It creates
 * temporary tables in an empty scratch database, and runs as the plain role of that database.
 */
final class ConstraintTrial {
  /** The evaluation of a CHECK in a dump may never end. */
  private static final int TIMEOUT_MILLIS = 2000;

  private static final String FUNCTION =
      """
      CREATE FUNCTION pg_temp.decant_try(given text[], type text) RETURNS text[]
      LANGUAGE plpgsql SET client_min_messages = error AS $$
      DECLARE
        results text[] := '{}';
        value text;
        broken text;
        state text;
      BEGIN
        FOREACH value IN ARRAY given LOOP
          broken := '';
          BEGIN
            EXECUTE pg_catalog.format('INSERT INTO pg_temp.decant_trial VALUES (%L::%s)', value, type);
          EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME, state = RETURNED_SQLSTATE;
            IF broken = '' THEN broken := '?' || state; END IF;
          END;
          results := results || broken;
        END LOOP;
        RETURN results;
      END$$
      """;

  private static final String CONSTRAINTS =
      """
      SELECT n.nspname::text, c.relname::text, a.attname::text,
        pg_catalog.format_type(a.atttypid, a.atttypmod),
        ARRAY(SELECT pg_catalog.format('ADD CONSTRAINT %I %s', k.conname,
            pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', ''))
          FROM pg_catalog.pg_constraint k WHERE k.contype = 'c' AND k.conrelid = a.attrelid
            AND k.conkey = ARRAY[a.attnum] ORDER BY k.conname)
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.oid = ANY (?::text[]::regclass[])
      """;

  /** The type of a column, and the clauses of ALTER TABLE that add its CHECKs. */
  record Constraints(String type, List<String> checks) {
    Constraints {
      checks = List.copyOf(checks);
    }
  }

  private record ColumnName(TableName table, String column) {}

  private final Connection connection;
  private final Map<ColumnName, Constraints> all = new HashMap<>();

  /**
   * @param connection to the empty database, which the caller closes; its search_path is that of
   *     the dump
   * @param tables the tables whose columns will be tried
   */
  ConstraintTrial(Connection connection, Collection<TableName> tables) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("SET statement_timeout = " + TIMEOUT_MILLIS);
      statement.execute(FUNCTION);
    }
    try (PreparedStatement query = connection.prepareStatement(CONSTRAINTS)) {
      query.setArray(
          1, connection.createArrayOf("text", tables.stream().map(TableName::sql).toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all.put(
              new ColumnName(
                  new TableName(rows.getString(1), rows.getString(2)), rows.getString(3)),
              new Constraints(rows.getString(4), texts(rows.getArray(5))));
        }
      }
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  Optional<Constraints> of(TableName table, String column) {
    return Optional.ofNullable(all.get(new ColumnName(table, column)));
  }

  /** Whether the server has the text search configuration of a mask {@code search-vector}. */
  boolean hasConfig(MaskSpec mask) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT " + SearchVectors.config(mask));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Prepares the trial of a column.
   *
   * @return false if the constraints cannot be created in another table
   */
  boolean prepare(String column, Constraints constraints) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("DROP TABLE IF EXISTS pg_temp.decant_trial");
      String name = Quoting.identifier(column);
      statement.execute(
          "CREATE TEMPORARY TABLE decant_trial (" + name + ' ' + constraints.type() + ')');
      if (!constraints.checks().isEmpty()) {
        statement.execute(
            "ALTER TABLE pg_temp.decant_trial " + String.join(", ", constraints.checks()));
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * The result for each value: an empty text if it satisfies everything, the name of the violated
   * constraint, or a question mark and the SQLSTATE.
   *
   * @return empty if the trial took too long or failed
   */
  Optional<List<String>> broken(List<String> values, Constraints constraints) {
    try (PreparedStatement query = connection.prepareStatement("SELECT pg_temp.decant_try(?, ?)")) {
      query.setArray(1, connection.createArrayOf("text", values.toArray()));
      query.setString(2, constraints.type());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return Optional.of(new ArrayList<>(texts(row.getArray(1))));
      }
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
