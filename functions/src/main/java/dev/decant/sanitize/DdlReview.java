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
 * Searches the statements of a dump while they are read, and applies the rules that the policy has
 * under {@code ddl}. All later steps, including the scratch database, get a statement only in its
 * published form. Only one thread may use an instance.
 */
final class DdlReview {
  private final Policy policy;
  private final DdlRules rules;
  private final DdlInventory inventory = new DdlInventory();

  DdlReview(Policy policy) {
    this.policy = policy;
    this.rules = new DdlRules(policy);
  }

  /** The statement in its published form; empty if the policy drops its object. */
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
   * The result of the policy's rules for the statements that were read.
   *
   * @param complete whether these are all statements of the dump
   */
  DdlAnswers answers(boolean complete) {
    return DdlAnswers.of(policy, inventory, complete);
  }
}
