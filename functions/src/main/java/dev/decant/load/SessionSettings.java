package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A database whose connections begin with certain settings. A dump sets its search_path and other
 * parameters at its beginning, and psql restores the whole dump in one session. So each connection
 * that runs a part of the dump needs the same settings.
 *
 * @param database the database to connect to
 * @param settings the statements that each new connection runs, or an empty text
 */
public record SessionSettings(Database database, String settings) implements Database {
  /** The settings among a dump's statements, in their order, as one SQL text. */
  public static String of(List<Statement> statements) {
    return statements.stream()
        .filter(SessionSettings::isSetting)
        .map(s -> new String(s.text(), UTF_8))
        .collect(Collectors.joining("\n"));
  }

  /** The statements without those that choose a table access method or a tablespace. */
  public static List<Statement> onHeap(List<Statement> statements) {
    return statements.stream().filter(s -> ScratchDdl.onHeap(s).isEmpty()).toList();
  }

  static boolean isSetting(Statement statement) {
    return statement.kind() == StatementKind.SETTING
        || statement.kind() == StatementKind.SEARCH_PATH;
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public Connection connect() {
    Connection connection = database.connect();
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(settings);
      return connection;
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "setting up a session for the snapshot");
    }
  }
}
