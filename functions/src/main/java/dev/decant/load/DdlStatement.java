package dev.decant.load;

import dev.decant.schema.TableName;
import java.util.Set;

/**
 * A statement that a loaded database gets.
 *
 * @param line of the dump where it stands; 0 where that is not known
 * @param object what it is about, for messages; no literal text
 * @param sql the statement
 * @param alone tables on which nothing else may run meanwhile, as far as known
 * @param shared tables on which others that share them may run meanwhile: CREATE INDEX
 * @param withoutRows whether no row depends on what it creates, so that a scratch database can do
 *     without
 */
public record DdlStatement(
    long line,
    String object,
    String sql,
    Set<TableName> alone,
    Set<TableName> shared,
    boolean withoutRows) {
  public DdlStatement {
    alone = Set.copyOf(alone);
    shared = Set.copyOf(shared);
  }

  /** A statement that the database needs. */
  public DdlStatement(
      long line, String object, String sql, Set<TableName> alone, Set<TableName> shared) {
    this(line, object, sql, alone, shared, false);
  }

  /** A statement whose tables are not known: the server's locks order it. */
  public DdlStatement(long line, String object, String sql) {
    this(line, object, sql, Set.of(), Set.of());
  }

  /** A statement whose tables are not known. */
  public DdlStatement(long line, String object, String sql, boolean withoutRows) {
    this(line, object, sql, Set.of(), Set.of(), withoutRows);
  }
}
