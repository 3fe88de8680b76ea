package dev.decant.policy.check;

import dev.decant.detect.ddl.DdlInventory;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.ddl.DdlProposal;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.policy.propose.Evidence;
import dev.decant.policy.propose.QuasiIdentifierProposal;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A proposal for a whole policy.
 *
 * @param yaml the file; the same text as before if nothing is missing
 * @param changed whether the file lacked a rule
 * @param problems the problems of the given policy, apart from missing rules
 */
public record PolicyDraft(String yaml, boolean changed, List<String> problems) {
  private static final String EMPTY = "version: 1\n";

  public PolicyDraft {
    problems = List.copyOf(problems);
  }

  /**
   * Writes a policy, or adds the missing rules to one. The order and the comments of the policy
   * stay.
   *
   * @param file the name of the policy in messages
   * @param text the text of the given policy; empty if there is none
   * @param beside reads the files that the policy names
   * @param copied the tables that have rows
   * @param evidence makes the proposal better
   * @param ddl the findings in the DDL
   * @throws dev.decant.error.DecantException POLICY_INVALID if the text is no policy
   */
  public static PolicyDraft of(
      String file,
      String text,
      PolicyFiles beside,
      Map<String, String> parameters,
      Schema schema,
      Set<TableName> copied,
      Evidence evidence,
      DdlInventory ddl) {
    MaskCatalog masks = MaskCatalog.standard();
    String before = text.isBlank() ? EMPTY : text;
    Policy policy =
        new PolicyParser(masks)
            .parse(file, before.getBytes(StandardCharsets.UTF_8), beside, parameters);
    PolicyFindings findings =
        PolicyCheck.examine(
            policy, schema, true, copied, masks, evidence, DdlAnswers.of(policy, ddl, true));
    String yaml =
        findings.proposal().isEmpty()
            ? before
            : asIn(
                before,
                findings.proposal()
                    + DdlProposal.notes(
                        before, DdlAnswers.of(policy, ddl, true).open(), ddl.unpublished()));
    Policy after =
        new PolicyParser(masks)
            .parse(file, yaml.getBytes(StandardCharsets.UTF_8), beside, parameters);
    PolicyFindings left =
        PolicyCheck.examine(
            after, schema, true, copied, masks, evidence, DdlAnswers.of(after, ddl, true));
    boolean changed = !findings.proposal().isEmpty();
    boolean counted = !policy.afterLoad().reidentification().tables().isEmpty();
    return new PolicyDraft(
        changed && !counted
            ? yaml + asIn(before, QuasiIdentifierProposal.yaml(schema, left.rules()))
            : yaml,
        changed,
        left.problems().stream().map(problem -> problem.in(file)).toList());
  }

  /** The text with the line ends of the file before. */
  private static String asIn(String before, String text) {
    return before.contains("\r\n") ? text.replace("\r", "").replace("\n", "\r\n") : text;
  }
}
