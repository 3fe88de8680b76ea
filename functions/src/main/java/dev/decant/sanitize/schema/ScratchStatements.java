package dev.decant.sanitize.schema;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.load.DdlStatement;
import dev.decant.load.SnapshotSchema;
import java.util.List;
import java.util.Set;

/**
 * Selects the statements of a dump that a scratch database runs, and makes their SQL.
 *
 * @param unlogged whether the tables are unlogged
 */
record ScratchStatements(boolean unlogged) {
  /**
   * PostgreSQL 18 refuses unlogged partitioned tables, and a logged table cannot refer to an
   * unlogged one.
   */
  static ScratchStatements of(List<Statement> beforeRows) {
    return new ScratchStatements(beforeRows.stream().noneMatch(ScratchDdl::partitioned));
  }

  /** The SQL of the statements that a scratch database runs for these uses. */
  List<DdlStatement> ddl(List<Statement> statements, Set<Scratch> uses) {
    return statements.stream()
        .filter(s -> uses.contains(s.kind().scratch()))
        .filter(s -> s.kind() != StatementKind.EXTENSION) // Each database is created with them.
        .map(s -> DdlStatement.of(s, sql(s)))
        .filter(ddl -> !ddl.sql().isEmpty())
        .toList();
  }

  private String sql(Statement statement) {
    return ScratchDdl.withoutSomeIndexes(SnapshotSchema.whereMissing(statement), unlogged);
  }
}
