package dev.decant.pull;

import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.OwnExtensions;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * How the new database is created.
 *
 * @param template the database that is copied: template0, or template1 if an administrator has
 *     created extensions there which the role may not create
 * @param encoding the clauses of its encoding and locale
 * @param extended whether the superuser of decant's own server creates the extensions
 */
record DatabaseCreation(String template, String encoding, boolean extended) {
  private static final String TEMPLATE_1 = "template1";

  /**
   * The database has the encoding of the snapshot. If the locale of the server has another encoding
   * than UTF-8, the database gets the locale C.
   */
  static DatabaseCreation of(PullServer server, DatabaseEncoding encoding, boolean fromTemplate1) {
    boolean foreign = encoding == DatabaseEncoding.UTF8 && localeIsForeign(server);
    return new DatabaseCreation(
        fromTemplate1 ? TEMPLATE_1 : "template0",
        encoding.clauses(server.version()) + (foreign ? " LOCALE 'C'" : ""),
        server.found().administrator() != null);
  }

  private static boolean localeIsForeign(PullServer server) {
    return server
        .query(
            """
            SELECT pg_encoding_to_char(encoding) NOT IN ('UTF8', 'SQL_ASCII')
              AND datcollate NOT IN ('C', 'POSIX')
            FROM pg_catalog.pg_database WHERE datname = 'template0'
            """,
            "asking for the server's locale",
            row -> row.getBoolean(1))
        .getFirst();
  }

  /** Creates the extensions of a snapshot if the server is decant's own. */
  void extend(String database, FoundServer server, SnapshotSchema schema) {
    ServerAddress administrator = server.administrator();
    Map<String, String> needed = schema.extensions();
    Map<String, String> others = schema.optionalExtensions();
    if (administrator == null || (needed.isEmpty() && others.isEmpty())) {
      return;
    }
    String role = server.address().user();
    try (Connection connection = administrator.connect(database)) {
      OwnExtensions.create(connection, needed, role);
      OwnExtensions.createAvailable(connection, others, role);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating extensions");
    }
  }

  /** The schema in the form that can be loaded: extensions and their schemas may exist already. */
  SnapshotSchema adapted(SnapshotSchema schema) {
    if (extended) {
      return schema.extended();
    }
    return template.equals(TEMPLATE_1)
        ? new SnapshotSchema(
            schema.session(),
            schema.before().stream().map(SnapshotSchema::whereMissing).toList(),
            schema.after(),
            schema.largeObjects(),
            schema.encoding())
        : schema;
  }

  String clauses() {
    return "TEMPLATE " + Quoting.identifier(template) + ' ' + encoding;
  }
}
