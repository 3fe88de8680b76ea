package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.postgres.DatabaseErrors;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects that a database does not have because it could not create them: its role may not, the
 * object needs another one that is missing, or it was written for another version of PostgreSQL.
 * They travel in the snapshot as optional statements, but nobody has verified them. Only objects on
 * which no row depends can be here. Several threads may use it.
 */
public final class Unverified {
  /** {@code must be superuser}, {@code must be owner}, {@code permission denied}. */
  private static final String FORBIDDEN = "42501";

  /** The library of a function in C. */
  private static final String UNDEFINED_FILE = "58P01";

  /**
   * Classes of errors that a statement has by itself, whatever the rows are: features, schemas and
   * prerequisites that are missing, and syntax, names and types that do not fit. Errors of values
   * (22), of constraints (23) and of the server's state (08, 53, 57, 58) are not among them.
   */
  private static final Set<String> CLASSES = Set.of("0A", "2B", "3F", "42", "55");

  /**
   * One of them.
   *
   * @param line of the dump; 0 where that is not known
   * @param object as its statement names it; no literal text
   * @param reason why it is not verified, without a value of a row
   */
  public record Item(long line, String object, String reason) {
    @Override
    public String toString() {
      return (line > 0 ? "line " + line + " of the dump, " : "") + object + ": " + reason;
    }
  }

  /** By their statements: a snapshot is restored once more, with other numbers of lines. */
  private final Map<String, Item> items = new LinkedHashMap<>();

  /** All of them, in the order of the dump. */
  public synchronized List<Item> items() {
    return List.copyOf(items.values());
  }

  /**
   * Whether a statement of the dump is among them, by its place and its object. One that rows
   * depend on never is, even where it shares its line and its object with one of them.
   */
  public synchronized boolean has(Statement statement) {
    return statement.kind().withoutRows() && has(statement.line(), statement.object());
  }

  private boolean has(long line, String object) {
    return items.values().stream().anyMatch(i -> i.line == line && i.object.equals(object));
  }

  /** Whether a statement that failed can be left out; it is noted then. */
  synchronized boolean accepts(DdlStatement ddl, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean ofTheStatement =
        state.equals(UNDEFINED_FILE)
            || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    if (!ddl.withoutRows() || !ofTheStatement) {
      return false;
    }
    if (state.equals(FORBIDDEN)) {
      add(ddl, "only a superuser may create it");
    } else {
      note(ddl, "it cannot be created here", e);
    }
    return true;
  }

  /**
   * A statement as it runs over rows. If it succeeded in a database without rows, it cannot be left
   * out here: the rows are what it fails for, whatever error a function in it raises.
   */
  public synchronized DdlStatement overRows(DdlStatement ddl) {
    return has(ddl.line(), ddl.object())
        ? ddl
        : new DdlStatement(ddl.line(), ddl.object(), ddl.sql(), ddl.alone(), ddl.shared(), false);
  }

  /** Notes a statement with the server's reason, as far as it may be told. */
  synchronized void note(DdlStatement ddl, String what, SQLException e) {
    add(ddl, what + ": " + DatabaseErrors.reason(e, ddl.sql()));
  }

  private void add(DdlStatement ddl, String reason) {
    items.putIfAbsent(ddl.sql(), new Item(ddl.line(), ddl.object(), reason));
  }

  /** For the error of a statement that cannot be left out; empty where that is not the reason. */
  synchronized String hint(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (items.isEmpty() || !state.startsWith("42")) {
      return "";
    }
    return " It may need one of these objects, which could not be created either: "
        + items.values().stream().map(Item::object).collect(Collectors.joining(", "))
        + '.';
  }
}
