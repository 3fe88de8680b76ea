package dev.decant.sanitize.output;

import dev.decant.detect.ddl.DdlInventory;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ObjectName;
import dev.decant.dump.Skeleton;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.ddl.DdlRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Searches the statements of a dump while they are read, and applies the rules that the policy has
 * under {@code ddl}. All later steps, including the scratch database, get a statement only in its
 * published form. Only one thread may use an instance.
 */
public final class DdlReview {
  private final Policy policy;
  private final DdlRules rules;
  private final DdlInventory inventory = new DdlInventory();
  private final SortedMap<String, String> changed = new TreeMap<>();

  public DdlReview(Policy policy) {
    this.policy = policy;
    this.rules = new DdlRules(policy);
  }

  /** The statement in its published form; empty if the policy drops its object. */
  public Optional<Statement> read(Statement statement) {
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
    Optional<Statement> published = rules.apply(statement);
    if (SkeletonFrames.isPublished(statement, policy)) {
      note(object, statement, published);
    }
    return published;
  }

  private void note(String object, Statement before, Optional<Statement> after) {
    if (after.isEmpty()) {
      changed.put(object, "dropped");
    } else if (!Arrays.equals(after.get().text(), before.text())) {
      changed.putIfAbsent(object, "replaced");
    }
  }

  /** The objects that the policy dropped or changed, in the order of their names. */
  public List<Manifest.ChangedObject> changed() {
    return changed.entrySet().stream()
        .map(e -> new Manifest.ChangedObject(e.getKey(), e.getValue()))
        .toList();
  }

  /**
   * The result of the policy's rules for the statements that were read.
   *
   * @param complete whether these are all statements of the dump
   */
  public DdlAnswers answers(boolean complete) {
    return DdlAnswers.of(policy, inventory, complete);
  }
}
