package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.util.List;

/**
 * Finds where the statements begin that pg_dump writes after the rows: indexes, keys, constraints,
 * and what depends on them. In a dump with rows, the first COPY block marks the place. A dump
 * without a COPY block has no such mark.
 */
public final class PostData {
  private PostData() {}

  /**
   * The position of the first index or constraint in statements that are not divided by rows; their
   * number if there is none. A view that follows it may depend on a primary key ({@code GROUP BY}
   * its column), so the order of the statements from here on matters.
   */
  public static int begin(List<Statement> statements) {
    for (int i = 0; i < statements.size(); i++) {
      boolean postData =
          switch (statements.get(i).kind()) {
            case CONSTRAINT, FOREIGN_KEY, INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> true;
            default -> false;
          };
      if (postData) {
        return i;
      }
    }
    return statements.size();
  }
}
