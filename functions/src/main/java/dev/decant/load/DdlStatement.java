package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ObjectTitle;
import dev.decant.schema.TableName;
import java.util.Set;

/**
 * A statement that creates or changes an object of a loaded database.
 *
 * @param line its line in the dump, or 0 if that is not known
 * @param object its object, which identifies it together with the line; it contains no literal
 * @param title its object for reports, with the kind and the schema
 * @param sql the text of the statement
 * @param alone the known tables on which no other statement may run at the same time
 * @param shared the tables on which only statements that also share them may run at the same time,
 *     as CREATE INDEX does
 * @param withoutRows whether no row depends on the object, so that a scratch database can do
 *     without it
 */
public record DdlStatement(
    long line,
    String object,
    String title,
    String sql,
    Set<TableName> alone,
    Set<TableName> shared,
    boolean withoutRows) {
  public DdlStatement {
    alone = Set.copyOf(alone);
    shared = Set.copyOf(shared);
  }

  /** A statement that the database needs, because rows may depend on its object. */
  public DdlStatement(
      long line, String object, String sql, Set<TableName> alone, Set<TableName> shared) {
    this(line, object, object, sql, alone, shared, false);
  }

  /** A statement whose tables are not known. The server's locks order such statements. */
  public DdlStatement(long line, String object, String sql) {
    this(line, object, sql, Set.of(), Set.of());
  }

  /** A statement of a dump whose tables are not known, with the SQL that a database runs. */
  public static DdlStatement of(Statement statement, String sql) {
    return new DdlStatement(
        statement.line(),
        statement.object(),
        ObjectTitle.of(statement),
        sql,
        Set.of(),
        Set.of(),
        statement.kind().withoutRows());
  }
}
