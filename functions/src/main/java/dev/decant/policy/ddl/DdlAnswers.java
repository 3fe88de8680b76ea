package dev.decant.policy.ddl;

import dev.decant.detect.ddl.DdlDetector;
import dev.decant.detect.ddl.DdlFinding;
import dev.decant.detect.ddl.DdlInventory;
import dev.decant.error.DecantException;
import dev.decant.policy.DdlRule;
import dev.decant.policy.Policy;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of applying the rules of {@code ddl} to the findings in a source.
 *
 * @param problems findings that need a rule and have none, and rules that do not fit
 * @param warnings findings that need no rule but should be reviewed
 * @param open the findings without a rule, URLs included, for a proposal
 * @param stale the objects with a rule that the source does not have
 * @param lines the lines of the source to which problems belong
 */
public record DdlAnswers(
    List<Problem> problems,
    List<Problem> warnings,
    List<DdlFinding> open,
    Set<String> stale,
    Map<Problem, Long> lines) {
  private static final int MOST_NAMES = 20;

  /** The result for a source without DDL. */
  public static final DdlAnswers NONE =
      new DdlAnswers(List.of(), List.of(), List.of(), Set.of(), Map.of());

  public DdlAnswers {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    open = List.copyOf(open);
    stale = Set.copyOf(stale);
    lines = Map.copyOf(lines);
  }

  /**
   * Compares the rules with a source.
   *
   * @param complete whether the inventory has all objects of the source, so that a rule for an
   *     object that is not among them is a mistake; there are no warnings before
   */
  public static DdlAnswers of(Policy policy, DdlInventory ddl, boolean complete) {
    Map<String, DdlRule> rules = policy.objects().ddl();
    List<Problem> problems = new ArrayList<>();
    List<DdlFinding> open = new ArrayList<>();
    Map<Problem, Long> lines = new LinkedHashMap<>();
    Set<String> stale = new HashSet<>(complete ? rules.keySet() : Set.of());
    stale.removeAll(ddl.objects());
    rules.forEach(
        (object, rule) -> misfit(object, rule, stale.contains(object), ddl.objects(), problems));
    boolean withoutComments = policy.objects().dropComments();
    DdlRules dropping = new DdlRules(policy);
    for (DdlFinding finding : ddl.findings()) {
      boolean comment = finding.object().startsWith("COMMENT ON ");
      if ((withoutComments && comment) || dropping.drops(finding.object())) {
        continue;
      }
      DdlRule rule = rules.get(finding.object());
      if (rule == null) {
        open.add(finding);
        if (finding.needsRule()) {
          lines.put(new Problem(0, null, null, unanswered(finding)), finding.line());
        }
      } else if (rule instanceof DdlRule.Replace && finding.outlastsReplacement()) {
        lines.put(new Problem(rule.line(), null, null, notReplaceable(finding)), finding.line());
      }
    }
    problems.addAll(lines.keySet());
    return new DdlAnswers(problems, complete ? urls(open) : List.of(), open, stale, lines);
  }

  /**
   * Throws if there are problems, without looking at the rest of the policy.
   *
   * @throws DecantException (POLICY_INVALID) that lists them
   */
  public void require(Policy policy) {
    if (!problems.isEmpty()) {
      throw Problems.error(policy.file(), FileKind.POLICY, problems, "", "");
    }
  }

  private static void misfit(
      String object,
      DdlRule rule,
      boolean stale,
      Collection<String> objects,
      List<Problem> problems) {
    if (stale) {
      problems.add(
          new Problem(
              rule.line(),
              null,
              null,
              "The source has no object "
                  + object
                  + ". "
                  + Nearest.to(object, objects)
                      .map(near -> "Write " + DdlProposal.key(near) + ", or remove the rule.")
                      .orElse("Remove the rule.")));
    } else if (rule instanceof DdlRule.Drop && !DdlRules.droppable(object)) {
      problems.add(
          new Problem(
              rule.line(),
              null,
              null,
              object
                  + " cannot be dropped, because rows may depend on it. Write { replace: TEXT } or"
                  + " keep."));
    }
  }

  private static String unanswered(DdlFinding finding) {
    List<String> others = new ArrayList<>();
    String rule = DdlProposal.rule(finding);
    if (DdlRules.droppable(finding.object()) && !rule.equals("drop")) {
      others.add("drop");
    }
    if (!finding.outlastsReplacement() && !rule.startsWith("{")) {
      others.add("{ replace: TEXT }");
    }
    if (!rule.equals("keep")) {
      others.add("keep");
    }
    return place(finding)
        + " contains "
        + finding.what()
        + ", and the policy has no rule for it. Write `"
        + DdlProposal.key(finding.object())
        + ": "
        + rule
        + "` under ddl."
        + (others.isEmpty()
            ? ""
            : (others.size() == 1 ? " The other rule is " : " The other rules are ")
                + String.join(" and ", others)
                + ".");
  }

  private static String notReplaceable(DdlFinding finding) {
    return place(finding)
        + " contains "
        + DdlDetector.labels(finding.inCode())
        + " that replace cannot change, because it is neither in a string constant nor in a"
        + " comment. Write "
        + (DdlRules.droppable(finding.object()) ? "drop, or " : "")
        + "keep if it may be published.";
  }

  private static String place(DdlFinding finding) {
    return finding.object()
        + (finding.line() > 0 ? " (line " + finding.line() + " of the dump)" : "");
  }

  private static List<Problem> urls(List<DdlFinding> open) {
    List<String> objects =
        open.stream().filter(f -> !f.needsRule()).map(DdlFinding::object).toList();
    if (objects.isEmpty()) {
      return List.of();
    }
    String names = objects.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = objects.size() - MOST_NAMES;
    return List.of(
        new Problem(
            0,
            null,
            null,
            "These objects publish URLs in their DDL: "
                + names
                + (more > 0 ? " and " + more + " more objects" : "")
                + ". Look at them, and write a rule for each object under ddl: keep, drop or {"
                + " replace: TEXT }."));
  }
}
