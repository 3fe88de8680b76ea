package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.progress.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Leaves out {@code ALTER TABLE … ALTER COLUMN … SET COMPRESSION} if the server does not support
 * the method: PostgreSQL can be built without lz4, and versions before 14 do not know the clause.
 * The method changes only the storage of a value, never the value.
 */
final class ColumnCompression {
  /** Finds the methods that the server supports. Before version 14, the result is empty. */
  private static final String METHODS =
      """
      SELECT pg_catalog.unnest(enumvals) FROM pg_catalog.pg_settings
      WHERE name = 'default_toast_compression'
      """;

  private ColumnCompression() {}

  /**
   * The schema without the statements that the server cannot run. A message on {@code progress}
   * names the methods that were left out.
   */
  static SnapshotSchema supported(SnapshotSchema schema, Database database, Progress progress) {
    if (schema.all().noneMatch(ColumnCompression::isCompression)) {
      return schema;
    }
    Set<String> methods = methods(database);
    SnapshotSchema supported = schema.with(s -> !isCompression(s) || methods.contains(method(s)));
    // A server before version 14 always uses pglz and has no clause for it.
    Set<String> missing =
        schema
            .all()
            .filter(ColumnCompression::isCompression)
            .map(ColumnCompression::method)
            .filter(m -> !methods.contains(m) && !m.equals("pglz") && !m.equals("default"))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty()) {
      progress.message(
          "The server does not support compression by "
              + String.join(", ", missing)
              + ". The columns that use it are stored with the server's default method; their"
              + " values are the same.");
    }
    return supported;
  }

  private static boolean isCompression(Statement statement) {
    return statement.kind() == StatementKind.COLUMN_COMPRESSION;
  }

  /**
   * The last word of the statement: a method's name, or {@code default}, which every server has.
   */
  private static String method(Statement statement) {
    String text = new String(statement.text(), UTF_8).strip();
    text = text.substring(0, text.length() - 1).strip();
    return text.substring(text.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
  }

  private static Set<String> methods(Database database) {
    String doing = "asking the server for its compression methods";
    Set<String> methods;
    try (Connection connection = database.connect()) {
      methods = new HashSet<>(Queries.texts(connection, METHODS, doing));
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
    if (!methods.isEmpty()) {
      methods.add("default");
    }
    return methods;
  }
}
