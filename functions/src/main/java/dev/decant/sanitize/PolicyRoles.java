package dev.decant.sanitize;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.Skeleton;
import dev.decant.progress.Progress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which policies of row security are for fewer roles in the snapshot than in the source. */
final class PolicyRoles {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRoles.class);
  private static final int MOST_NAMED = 10;

  private PolicyRoles() {}

  static void tell(List<Statement> statements, Progress progress) {
    List<String> narrowed =
        statements.stream().filter(Skeleton::losesRoles).map(Statement::object).toList();
    if (narrowed.isEmpty()) {
      return;
    }
    int others = narrowed.size() - MOST_NAMED;
    String message =
        "Roles do not travel, so these policies of row security are for the owner of a restored"
            + " database only, and other roles see none of the rows that they allow: "
            + String.join(", ", narrowed.subList(0, Math.min(narrowed.size(), MOST_NAMED)))
            + (others > 0 ? " and " + others + " more" : "")
            + ". Create them anew where another role needs them.";
    LOG.warn("{}", message);
    progress.message(message);
  }
}
