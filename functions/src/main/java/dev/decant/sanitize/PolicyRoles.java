package dev.decant.sanitize;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.Skeleton;
import dev.decant.progress.Progress;
import dev.decant.progress.Quantity;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the row security policies that apply to fewer roles in the snapshot than in the source.
 */
final class PolicyRoles {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRoles.class);
  private static final int MOST_NAMED = 10;

  private PolicyRoles() {}

  static void report(List<Statement> statements, Progress progress) {
    List<String> narrowed =
        statements.stream().filter(Skeleton::losesRoles).map(Statement::object).toList();
    if (narrowed.isEmpty()) {
      return;
    }
    String message =
        "A snapshot contains no roles, so these row security policies apply only to the owner of a"
            + " restored database, and other roles cannot see the rows that the policies allow: "
            + Quantity.listed(narrowed, MOST_NAMED)
            + ". If another role needs them, create the policies again after the restore.";
    LOG.warn("{}", message);
    progress.message(message);
  }
}
