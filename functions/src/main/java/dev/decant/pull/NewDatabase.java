package dev.decant.pull;

import static dev.decant.schema.TableName.alwaysQuoted;

/**
 * How the new database is made.
 *
 * @param template whose copy it is: template0, or template1 where an administrator has put
 *     extensions there that the role may not create
 */
record NewDatabase(String template, boolean plainLocale) {
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
    return new NewDatabase(fromTemplate1 ? "template1" : "template0", foreign);
  }

  String clauses() {
    return "TEMPLATE "
        + alwaysQuoted(template)
        + " ENCODING 'UTF8'"
        + (plainLocale ? " LOCALE 'C'" : "");
  }
}
