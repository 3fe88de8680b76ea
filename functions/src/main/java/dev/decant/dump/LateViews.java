package dev.decant.dump;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Materialized views that are created after the rows. pg_dump writes a view after the constraints
 * if it depends on a primary key ({@code SELECT u.id, u.name … GROUP BY u.id}). The indexes and
 * statistics of such a view must be created after it.
 */
public final class LateViews {
  private final Set<String> views = new HashSet<>();
  private final Set<String> statistics = new HashSet<>();

  private LateViews() {}

  /** Returns a test whether one of these statements must wait for a view among them. */
  public static Predicate<DumpPart.Statement> waiting(List<DumpPart.Statement> after) {
    LateViews late = new LateViews();
    for (DumpPart.Statement statement : after) {
      if (statement.kind() == StatementKind.MATERIALIZED_VIEW) {
        late.views.add(statement.object());
      } else if (statement.kind() == StatementKind.STATISTICS && late.isOfView(statement)) {
        late.statistics.add(statement.object());
      }
    }
    return late.views.isEmpty() ? statement -> false : late::waits;
  }

  private boolean waits(DumpPart.Statement statement) {
    return switch (statement.kind()) {
      case INDEX, INDEX_UNIQUE, INDEX_EXPRESSION ->
          StatementTables.of(statement).stream().anyMatch(t -> views.contains(t.toString()));
      case STATISTICS -> statistics.contains(statement.object());
      default -> false;
    };
  }

  /** {@code CREATE STATISTICS … FROM view} */
  private boolean isOfView(DumpPart.Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    int from = tokens.find(0, "from");
    if (from < 0) {
      return false;
    }
    tokens.at(from + 1);
    return views.contains(tokens.name());
  }
}
