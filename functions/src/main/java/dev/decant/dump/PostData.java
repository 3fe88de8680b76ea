package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds where the statements begin that pg_dump writes after the rows: indexes, keys, constraints,
 * and what depends on them. In a dump with rows, the first COPY block marks the place. A dump
 * without a COPY block has no such mark.
 */
public final class PostData {
  private static final Set<StatementKind> DEFINITIONS =
      EnumSet.of(
          StatementKind.SCHEMA,
          StatementKind.EXTENSION,
          StatementKind.TYPE,
          StatementKind.DOMAIN,
          StatementKind.FUNCTION,
          StatementKind.PROCEDURE,
          StatementKind.AGGREGATE,
          StatementKind.OPERATOR,
          StatementKind.OPERATOR_CLASS,
          StatementKind.OPERATOR_FAMILY,
          StatementKind.COLLATION,
          StatementKind.CAST,
          StatementKind.TABLE,
          StatementKind.TABLE_ATTACH,
          StatementKind.TABLE_INHERIT,
          StatementKind.TABLE_SETTING,
          StatementKind.SCHEMA_CHANGE,
          StatementKind.COLUMN_DEFAULT,
          StatementKind.COLUMN_IDENTITY,
          StatementKind.COLUMN_STORAGE,
          StatementKind.SEQUENCE,
          StatementKind.SEQUENCE_OWNED_BY);

  private PostData() {}

  /**
   * The position of the first index or constraint in statements that are not divided by rows; their
   * number if there is none. A view that follows it may depend on a primary key ({@code GROUP BY}
   * its column), so the order of the statements from here on matters.
   */
  public static int begin(List<Statement> statements) {
    return begin(statements, false);
  }

  private static int begin(List<Statement> statements, boolean actingOnRows) {
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      boolean postData =
          switch (statement.kind()) {
            case CONSTRAINT, FOREIGN_KEY, INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> true;
            default -> actingOnRows && ActsOnRows.is(statement);
          };
      if (postData) {
        return i;
      }
    }
    return statements.size();
  }

  /**
   * Removes the statements that precede rows and that pg_dump would have written after them, and
   * returns them in their order. A file whose rows follow its indexes and constraints, such as the
   * {@code structure.sql} of Rails or a script, thus becomes a dump in the usual order.
   *
   * @param begun whether an index or a constraint precedes these statements
   */
  public static List<Statement> removeLate(List<Statement> beforeRows, boolean begun) {
    List<Statement> from =
        beforeRows.subList(begun ? 0 : begin(beforeRows, true), beforeRows.size());
    List<Statement> late = new ArrayList<>(from);
    late.removeIf(PostData::precedesRows);
    from.removeIf(statement -> !precedesRows(statement));
    return late;
  }

  /**
   * Whether the statement defines a table, or something that a table may need. In a script such
   * statements may follow rows of other tables; they can precede all rows as well.
   */
  public static boolean defines(Statement statement) {
    return DEFINITIONS.contains(statement.kind());
  }

  /** Whether rows may need the object. A view may depend on a key that follows the rows. */
  private static boolean precedesRows(Statement statement) {
    return switch (statement.kind().scratch()) {
      case CONSTRAINT, ATTACH, FOREIGN_KEY, FULL -> false;
      case NEVER -> true;
      case SCHEMA ->
          statement.kind() != StatementKind.VIEW
              && statement.kind() != StatementKind.MATERIALIZED_VIEW;
    };
  }
}
