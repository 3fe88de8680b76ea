package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces the {@code setval} statements of the sequences that masked columns or sql steps changed.
 * If the statement of such a sequence is not among the given ones, because it stands between two
 * tables or the dump has none, a statement is added at the end.
 */
final class SequenceValues {
  private SequenceValues() {}

  /** Returns the statements, with the current values of the changed sequences. */
  static List<Statement> refreshed(
      Connection connection, List<Statement> statements, Set<TableName> changed) {
    Map<String, TableName> byLiteral = new HashMap<>();
    changed.forEach(name -> byLiteral.put(literal(connection, name), name));
    List<Statement> result = new ArrayList<>();
    Set<TableName> left = new TreeSet<>(changed);
    for (Statement statement : statements) {
      TableName sequence = null;
      if (statement.kind() == StatementKind.SEQUENCE_VALUE) {
        String text = new String(statement.text(), UTF_8);
        sequence =
            byLiteral.entrySet().stream()
                .filter(e -> text.contains("setval(" + e.getKey() + ","))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
      }
      result.add(sequence == null ? statement : refreshed(connection, statement, sequence));
      if (sequence != null) {
        left.remove(sequence);
      }
    }
    for (TableName sequence : left) {
      Statement none =
          new Statement(
              0, StatementKind.SEQUENCE_VALUE, new byte[0], sequence.toString(), new byte[0]);
      result.add(refreshed(connection, none, sequence));
    }
    return result;
  }

  /** The name of a sequence as pg_dump writes it in setval: the quoted name as a literal. */
  private static String literal(Connection connection, TableName name) {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT pg_catalog.quote_literal(pg_catalog.format('%I.%I', ?, ?))")) {
      query.setString(1, name.schema());
      query.setString(2, name.name());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading sequence " + name);
    }
  }

  private static Statement refreshed(Connection connection, Statement old, TableName name) {
    try (java.sql.Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("SELECT last_value, is_called FROM " + name.sql())) {
      rows.next();
      String text =
          "SELECT pg_catalog.setval("
              + literal(connection, name)
              + ", "
              + rows.getLong(1)
              + ", "
              + rows.getBoolean(2)
              + ");";
      return new Statement(
          old.line(), old.kind(), text.getBytes(UTF_8), old.object(), old.comment());
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading sequence " + name);
    }
  }
}
