package dev.decant.pull;

import static dev.decant.schema.TableName.alwaysQuoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.load.SnapshotSchema;

/**
 * How the new database is made.
 *
 * @param template whose copy it is: template0, or template1 where an administrator has put
 *     extensions there that the role may not create
 */
record NewDatabase(String template, boolean plainLocale) {
  private static final String TEMPLATE_1 = "template1";

  /** UTF-8 always; a server whose locale is of another encoding gives the plain one. */
  static NewDatabase of(TargetServer server, boolean fromTemplate1) {
    boolean foreign =
        server
            .query(
                """
                SELECT pg_encoding_to_char(encoding) NOT IN ('UTF8', 'SQL_ASCII')
                  AND datcollate NOT IN ('C', 'POSIX')
                FROM pg_catalog.pg_database WHERE datname = 'template0'
                """,
                "asking for the server's locale",
                row -> row.getBoolean(1))
            .getFirst();
    return new NewDatabase(fromTemplate1 ? TEMPLATE_1 : "template0", foreign);
  }

  /** The schema as it can be loaded: template1 may have schemas of its extensions. */
  SnapshotSchema adapted(SnapshotSchema schema) {
    return template.equals(TEMPLATE_1)
        ? new SnapshotSchema(
            schema.session(),
            schema.before().stream().map(NewDatabase::whereMissing).toList(),
            schema.after())
        : schema;
  }

  private static Statement whereMissing(Statement s) {
    if (s.kind() != StatementKind.SCHEMA) {
      return s;
    }
    String sql =
        new String(s.text(), UTF_8)
            .replaceFirst("(?i)^(CREATE\\s+SCHEMA)\\s+(?!IF\\s)", "$1 IF NOT EXISTS ");
    return new Statement(
        s.line(), s.kind(), sql.getBytes(UTF_8), s.object(), s.comment(), s.backslashEscapes());
  }

  String clauses() {
    return "TEMPLATE "
        + alwaysQuoted(template)
        + " ENCODING 'UTF8'"
        + (plainLocale ? " LOCALE 'C'" : "");
  }
}
