package dev.decant.sanitize.output;

import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.dump.LateChecks;
import dev.decant.dump.MissingSchemas;
import dev.decant.dump.PostData;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.List;

/**
 * The part of a dump that precedes its first row.
 *
 * @param checks the statements, with the constraints that can only be checked after the rows
 * @param next the first COPY block, or the end of a dump without rows
 */
public record DumpHead(DumpHeader header, LateChecks checks, DumpPart next) {

  /**
   * Reads up to the first row.
   *
   * @param parts gets the large objects, and the statements of a dump without rows that belong
   *     after the rows
   * @param definitions the statements that follow rows and define objects, as a first pass found
   *     them; empty without one
   * @throws DecantException if a statement or the absence of tables makes the dump unusable
   */
  public static DumpHead read(DumpReader reader, OutputParts parts, List<Statement> definitions) {
    RetainedStatements held = new RetainedStatements();
    DumpPart next = reader.next();
    for (; next instanceof Statement statement; next = reader.next()) {
      parts.beforeRows(statement, held);
    }
    parts.writeLargeObjects();
    List<Statement> statements = held.list();
    parts.moveAfterRows(PostData.removeLate(statements, false));
    statements.addAll(definitions);
    parts.defined(definitions);
    LateChecks checks = LateChecks.of(MissingSchemas.added(statements));
    requireTable(checks.before(), next);
    return new DumpHead(reader.header(), checks, next);
  }

  /**
   * Throws one error instead of one for each table if the dump creates no tables. A dump with rows
   * may do so if it creates an extension, which may bring tables that have rows.
   */
  private static void requireTable(List<Statement> beforeRows, DumpPart next) {
    if (beforeRows.stream().anyMatch(s -> s.kind() == StatementKind.TABLE)) {
      return;
    }
    if (next instanceof DumpPart.End) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          "The dump creates no table and has no rows, so there is nothing to sanitize. It may be"
              + " only a part of a dump (--section=post-data, --statistics-only, --globals-only),"
              + " or a dump of another database. Make a complete dump with pg_dump.");
    }
    if (next instanceof CopyStart copy
        && beforeRows.stream().noneMatch(s -> s.kind() == StatementKind.EXTENSION)) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          "Line "
              + copy.line()
              + " of the dump: The dump has rows but creates no table. It was made by pg_dump"
              + " --data-only (-a) or --section=data, and decant also needs the definitions of the"
              + " tables. Make the dump without this option, or name a dump of pg_dump"
              + " --schema-only with --schema FILE.");
    }
  }
}
