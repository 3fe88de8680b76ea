package dev.decant.policy.check;

import dev.decant.error.DecantException;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.propose.Evidence;
import dev.decant.policy.propose.Proposal;
import dev.decant.policy.propose.StaleRules;
import dev.decant.policy.propose.Suggestions;
import dev.decant.policy.rule.AnchorCheck;
import dev.decant.policy.rule.KeyCheck;
import dev.decant.policy.rule.MaskCheck;
import dev.decant.policy.rule.QuasiIdentifierCheck;
import dev.decant.policy.rule.ReferenceCheck;
import dev.decant.policy.rule.SearchVectorCheck;
import dev.decant.policy.rule.SmallRanges;
import dev.decant.policy.rule.TableResolver;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a policy against the schema of a database. */
public final class PolicyCheck {
  private static final String KEYS_UNKNOWN =
      "The keys of this dump come after its rows, so the proposal does not take them into account."
          + " To get a better one, sanitize the file that pg_dump --schema-only -f FILE writes.";

  private PolicyCheck() {}

  /**
   * Checks a policy, and returns it with a rule for every table that can have rows.
   *
   * @param keysKnown whether the schema has its unique and foreign keys already; if not, nothing
   *     that depends on them is checked
   * @param copied the tables for which rows come; a table of an extension that is not among them
   *     needs no rule
   * @param masks the masks that the policy may name
   * @param ddl the result of the rules for objects
   * @throws DecantException (POLICY_INVALID) that lists every problem, with a proposal for the
   *     whole file
   */
  public static CheckedPolicy check(
      Policy policy,
      Schema schema,
      boolean keysKnown,
      Set<TableName> copied,
      MaskCatalog masks,
      DdlAnswers ddl) {
    return examine(policy, schema, keysKnown, copied, masks, ddl).orThrow();
  }

  /**
   * As {@link #examine(Policy, Schema, boolean, Set, MaskCatalog, Evidence, DdlAnswers)}, without
   * evidence.
   */
  static PolicyFindings examine(
      Policy policy,
      Schema schema,
      boolean keysKnown,
      Set<TableName> copied,
      MaskCatalog masks,
      DdlAnswers ddl) {
    return examine(policy, schema, keysKnown, copied, masks, Evidence.NONE, ddl);
  }

  /**
   * Does the same as {@link #check}, but returns the problems.
   *
   * @param evidence makes the proposal better
   */
  public static PolicyFindings examine(
      Policy policy,
      Schema schema,
      boolean keysKnown,
      Set<TableName> copied,
      MaskCatalog masks,
      Evidence evidence,
      DdlAnswers ddl) {
    Problems problems = new Problems(policy.file(), FileKind.POLICY, Integer.MAX_VALUE);
    ddl.problems().forEach(problems::add);
    TableResolver tables =
        new TableResolver(
            policy, schema, copied, new MaskCheck(policy.parameters(), masks), problems);
    tables.run();
    ReferenceCheck references = new ReferenceCheck(schema, tables, problems);
    new SearchVectorCheck(schema, tables, problems).run();
    if (keysKnown) {
      new KeyCheck(schema, tables, masks, problems).run();
      references.run();
    }
    List<CheckedPolicy.Anchor> anchors =
        new AnchorCheck(schema, tables, keysKnown, problems).check(policy.anchors());
    List<Problem> warnings = new ArrayList<>(SmallRanges.warnings(schema, tables));
    warnings.addAll(
        new QuasiIdentifierCheck(schema, tables, problems)
            .check(policy.afterLoad().reidentification().tables()));
    warnings.addAll(ddl.warnings());
    Map<TableName, TableRule> rules = rules(schema, tables);
    if (problems.isEmpty()) {
      return new PolicyFindings(
          policy.file(),
          List.of(),
          warnings,
          "",
          "",
          rules,
          checked(policy, rules, tables, anchors, warnings),
          StaleRules.NONE);
    }
    String proposal =
        Proposal.yaml(
            policy.origin().text(),
            new Suggestions(schema, tables, masks, evidence),
            tables.missing(),
            ddl.open());
    String hint = keysKnown || proposal.isEmpty() ? "" : KEYS_UNKNOWN;
    return new PolicyFindings(
        policy.file(),
        problems.sorted(),
        warnings,
        proposal,
        hint,
        withoutProblems(rules, problems.sorted()),
        null,
        StaleRules.of(policy, schema, ddl));
  }

  private static Map<TableName, TableRule> rules(Schema schema, TableResolver tables) {
    Map<TableName, TableRule> rules = new HashMap<>();
    for (Table table : schema.tables()) {
      tables.rule(table.name()).ifPresent(r -> rules.put(table.name(), r));
    }
    return rules;
  }

  private static Map<TableName, TableRule> withoutProblems(
      Map<TableName, TableRule> rules, List<Problem> problems) {
    Map<TableName, TableRule> sound = new HashMap<>(rules);
    for (Problem problem : problems) {
      TableName table = problem.table();
      if (table != null) {
        sound.computeIfPresent(
            table,
            (_, rule) -> {
              Map<String, ColumnRule> columns = new HashMap<>(rule.columns());
              columns.remove(problem.column());
              return new TableRule(rule.truncate(), columns, rule.where());
            });
      }
    }
    return sound;
  }

  private static CheckedPolicy checked(
      Policy policy,
      Map<TableName, TableRule> rules,
      TableResolver tables,
      List<CheckedPolicy.Anchor> anchors,
      List<Problem> warnings) {
    Set<TableName> truncated =
        rules.entrySet().stream()
            .filter(e -> e.getValue().truncate())
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    return new CheckedPolicy(policy, rules, truncated, tables.absent(), anchors, warnings);
  }
}
