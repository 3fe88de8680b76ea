package dev.decant.sanitize;

import dev.decant.detect.DdlInventory;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ObjectName;
import dev.decant.dump.Skeleton;
import dev.decant.policy.DdlAnswers;
import dev.decant.policy.DdlRules;
import dev.decant.policy.Policy;
import java.util.Optional;

/**
 * Looks at the statements of a dump while they are read, and applies the rules that the policy has
 * under {@code ddl}. Everything after it, the scratch database included, sees a statement only as
 * it travels. For one thread.
 */
final class DdlReview {
  private final Policy policy;
  private final DdlRules rules;
  private final DdlInventory inventory = new DdlInventory();

  DdlReview(Policy policy) {
    this.policy = policy;
    this.rules = new DdlRules(policy);
  }

  /** The statement as it travels; empty if the policy drops its object. */
  Optional<Statement> read(Statement statement) {
    if (!statement.kind().describesObject()) {
      return Optional.of(statement);
    }
    String object = ObjectName.of(statement);
    if (SkeletonFrames.isPublished(statement, policy)) {
      inventory.add(
          object, statement.line(), Skeleton.published(statement), statement.backslashEscapes());
    } else {
      inventory.add(object);
    }
    return rules.apply(statement);
  }

  /**
   * What the policy says about the statements that were read.
   *
   * @param complete whether these are all statements of the dump
   */
  DdlAnswers answers(boolean complete) {
    return DdlAnswers.of(policy, inventory, complete);
  }
}
