package dev.decant.load;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects that a scratch database does not have, because its role may not create them or
 * because they need one of these. They travel, but nobody has verified them. Only objects on which
 * no row depends can be here. Several threads may use it.
 */
public final class Unverified {
  /** {@code must be superuser}, {@code must be owner}, {@code permission denied}. */
  private static final String FORBIDDEN = "42501";

  /** An aggregate over the type internal; only superusers may create one. */
  private static final String INVALID_DEFINITION = "42P13";

  /** What a statement says that needs something which is not there. */
  private static final Set<String> MISSES =
      Set.of("42883", "42704", "42P01", "42703", "42846", "42804", "42725", "3F000");

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

  /** Whether a statement that failed can be left out; it is noted then. */
  synchronized boolean accepts(Ddl ddl, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean forbidden =
        state.equals(FORBIDDEN)
            || (state.equals(INVALID_DEFINITION) && ddl.object().startsWith("AGGREGATE"));
    boolean misses = MISSES.contains(state) && !items.isEmpty();
    if (!ddl.withoutRows() || !(forbidden || misses)) {
      return false;
    }
    items.putIfAbsent(
        ddl.sql(),
        new Item(
            ddl.line(),
            ddl.object(),
            forbidden
                ? "only a superuser may create it"
                : "it may need an object that only a superuser may create"));
    return true;
  }

  /** For the error of a statement that cannot be left out; empty where that is not the reason. */
  synchronized String hint(SQLException e) {
    if (items.isEmpty() || !MISSES.contains(String.valueOf(e.getSQLState()))) {
      return "";
    }
    return "; it may need one of the objects that the scratch database's role may not create: "
        + items.values().stream().map(Item::object).collect(Collectors.joining(", "));
  }
}
