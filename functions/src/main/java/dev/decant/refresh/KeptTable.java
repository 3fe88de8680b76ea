package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.CopyInto;
import dev.decant.load.RowsFrom;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A table whose rows survive a refresh. They are copied from the old database before keys and
 * constraints are built, so the constraints are checked for these rows, too.
 */
record KeptTable(TableName table, TargetServer server, Runnable guard) implements RowsFrom {
  /** The name and the type of each column that COPY writes. */
  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      FROM pg_attribute a WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attname
      """;

  private static final String NAMES =
      """
      SELECT a.attname FROM pg_attribute a WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attname
      """;

  private static final String KIND =
      "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(%s)";

  private static final String HIDES = "SELECT row_security_active(to_regclass(%s)::oid)::text";

  @Override
  public long copy(Connection into) {
    try (Connection old = server.connect(server.database())) {
      // With an empty search_path, both databases write the names of types in the same way.
      Queries.execute(old, "SET search_path = ''", "preparing a session");
      requireCopyable(old, into);
      List<String> names = ask(into, NAMES);
      String columns = names.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
      old.setAutoCommit(false);
      CopyOut out =
          old.unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  "COPY (SELECT "
                      + columns
                      + " FROM "
                      + rowsOf(old)
                      + ") TO STDOUT"
                      + DatabaseEncoding.copyOptions(old, List.of()));
      try (CopyInto copy =
          new CopyInto(into, CopyInto.statement(table, names), "copying kept table " + table)) {
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
          guard.run();
          copy.write(row, 0, row.length);
        }
        return copy.commit();
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "copying kept table " + table);
    }
  }

  /**
   * Requires that the table has the same columns in both databases and that all its rows can be
   * read.
   *
   * @param old a connection to the database that has the rows
   * @param next a connection to a database with the schema of the snapshot; both connections have
   *     an empty search_path
   */
  void requireCopyable(Connection old, Connection next) {
    requireSameColumns(old, next);
    requireAllRows(old);
  }

  /** Rows that row-level security hides would be lost. */
  private void requireAllRows(Connection old) {
    if (ask(old, HIDES).contains("true")) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The kept table "
              + table
              + " has row-level security, which applies to the role "
              + server.user()
              + ", so rows might be lost. Staging is unchanged. Let the role see all rows (ALTER"
              + " ROLE … BYPASSRLS, or ALTER TABLE … NO FORCE ROW LEVEL SECURITY), or take the"
              + " table out of keep-tables.");
    }
  }

  /**
   * The rows of a partitioned table are those of its partitions. The rows of a table that inherits
   * from this one are not copied.
   */
  private String rowsOf(Connection old) {
    boolean partitioned = ask(old, KIND).contains("p");
    return (partitioned ? "" : "ONLY ") + table.sql();
  }

  private void requireSameColumns(Connection old, Connection next) {
    List<String> had = ask(old, COLUMNS);
    List<String> has = ask(next, COLUMNS);
    if (had.isEmpty() || has.isEmpty()) {
      throw changed(
          "does not exist in " + (had.isEmpty() ? "the old database" : "the snapshot"),
          "Correct its name");
    }
    Set<String> differing = differing(had, has);
    if (!differing.isEmpty()) {
      throw changed(
          "has other columns in the snapshot: " + String.join(", ", differing),
          "Migrate it in staging or in production");
    }
  }

  private static Set<String> differing(List<String> old, List<String> next) {
    Set<String> differing = new TreeSet<>(old);
    Set<String> both = new TreeSet<>(old);
    both.retainAll(next);
    differing.addAll(next);
    differing.removeAll(both);
    return differing;
  }

  private DecantException changed(String how, String remedy) {
    return new DecantException(
        ErrorCode.REFUSED,
        "The kept table "
            + table
            + " "
            + how
            + ". Staging is unchanged. "
            + remedy
            + ", or take the table out of keep-tables.");
  }

  private List<String> ask(Connection connection, String query) {
    return Queries.texts(
        connection,
        query.formatted(Quoting.literal(table.sql())),
        "reading the columns of " + table);
  }
}
