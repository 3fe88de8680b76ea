package dev.decant.policy;

import dev.decant.error.DecantException;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a policy found.
 *
 * @param file how messages name the policy
 * @param problems in the order of the file; empty where the policy fits
 * @param warnings of what is allowed and may not be meant, in the order of the file
 * @param proposal the whole policy with entries for the tables and columns that have no rule, or
 *     empty where none is missing
 * @param hint what would give a better proposal, or empty
 * @param checked the policy, where it fits
 */
record PolicyFindings(
    String file,
    List<Problem> problems,
    List<Problem> warnings,
    String proposal,
    String hint,
    @Nullable CheckedPolicy checked) {
  public PolicyFindings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * The policy where it fits.
   *
   * @throws DecantException (POLICY_INVALID) listing every problem, with a proposal
   */
  CheckedPolicy orThrow() {
    if (checked == null || !problems.isEmpty()) {
      throw Problems.error(file, FileKind.POLICY, problems, hint, proposal);
    }
    return checked;
  }
}
