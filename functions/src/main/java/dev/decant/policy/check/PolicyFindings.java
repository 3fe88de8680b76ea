package dev.decant.policy.check;

import dev.decant.error.DecantException;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.propose.StaleRules;
import dev.decant.schema.TableName;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of the check of a policy.
 *
 * @param file the name of the policy in messages
 * @param problems the problems in the order of the file; empty if the policy fits the schema
 * @param warnings things that are allowed but probably not intended, in the order of the file
 * @param proposal the whole policy with entries for the tables and columns that have no rule; empty
 *     if no rule is missing
 * @param hint advice for a better proposal; may be empty
 * @param rules the rules of every table that can have rows, without those that have a problem
 * @param checked the policy if it fits the schema, otherwise null
 * @param stale the rules for things that the database does not have
 */
public record PolicyFindings(
    String file,
    List<Problem> problems,
    List<Problem> warnings,
    String proposal,
    String hint,
    Map<TableName, TableRule> rules,
    @Nullable CheckedPolicy checked,
    StaleRules stale) {
  public PolicyFindings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    rules = Map.copyOf(rules);
  }

  /**
   * Returns the policy if it fits the schema.
   *
   * @throws DecantException (POLICY_INVALID) that lists every problem, with a proposal
   */
  public CheckedPolicy orThrow() {
    if (checked == null || !problems.isEmpty()) {
      throw Problems.error(file, FileKind.POLICY, problems, hint, stale.removedFrom(proposal));
    }
    return checked;
  }
}
