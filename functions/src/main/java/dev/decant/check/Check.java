package dev.decant.check;

import dev.decant.check.CheckFinding.Kind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.inspect.Inspected;
import dev.decant.inspect.NotCreated;
import dev.decant.inspect.SchemaServer;
import dev.decant.mask.Masks;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.check.PolicyCheck;
import dev.decant.policy.check.PolicyFindings;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.policy.propose.Evidence;
import dev.decant.policy.propose.StaleRules;
import dev.decant.run.Waits;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.verify.MaskTrial;
import dev.decant.verify.ServerTrial;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Checks a policy against the schema of a source. Nothing is masked or published, so it needs
 * neither a key nor a store, and reads no rows.
 */
public final class Check {
  /** The value of a parameter that has none. Most rules accept it. */
  static final String MADE_UP = "parameter@example.com";

  private static final Masks TRIED = BuiltInMasks.standard();

  private final CheckRequest request;
  private final MaskCatalog masks = MaskCatalog.standard();

  private Check(CheckRequest request) {
    this.request = request;
  }

  /**
   * Runs the check.
   *
   * @throws DecantException if the source or the scratch server fails; problems of the policy are
   *     findings of the result instead
   */
  public static CheckResult run(CheckRequest request) {
    return new Check(request).run();
  }

  /** Reads the policy while the source is read. An invalid policy ends the reading. */
  private CheckResult run() {
    Problems problems = PolicyParser.problems(request.policy().location());
    CompletableFuture<Policy> parsing =
        CompletableFuture.supplyAsync(
            () -> parse(problems),
            command -> Thread.ofPlatform().name("decant-policy").daemon().start(command));
    try {
      return request
          .inspection()
          .with(
              request.source(),
              request.progress(),
              parsing,
              (inspected, server) -> result(Waits.result(parsing, () -> {}), inspected, server));
    } catch (DecantException e) {
      return failed(e, parsing, problems);
    }
  }

  /** Problems of the policy come first, whatever ended the inspection. */
  private CheckResult failed(
      DecantException failure, CompletableFuture<Policy> parsing, Problems problems) {
    try {
      var _ = Waits.result(parsing, () -> {});
    } catch (DecantException e) {
      if (e.code() != ErrorCode.POLICY_INVALID || problems.isEmpty()) {
        throw e;
      }
      return invalid(problems);
    }
    throw failure;
  }

  private Policy parse(Problems problems) {
    return new PolicyParser(masks)
        .withParameterDefault(MADE_UP)
        .parse(
            request.policy().content(), request.policy().beside(), request.parameters(), problems);
  }

  /** Inspects the source. */
  static Inspected inspect(CheckRequest request) {
    return request.inspection().of(request.source(), request.progress());
  }

  private CheckResult invalid(Problems problems) {
    List<CheckFinding> findings =
        problems.sorted().stream()
            .map(
                p ->
                    new CheckFinding(Kind.INVALID, p.line(), 0, p.table(), p.column(), p.message()))
            .toList();
    return result(findings, List.of(), new CheckResult.Counts(0, 0), "");
  }

  private CheckResult result(Policy policy, Inspected inspected, SchemaServer server) {
    DdlAnswers ddl = DdlAnswers.of(policy, inspected.ddl(), true);
    PolicyFindings found =
        PolicyCheck.examine(
            policy,
            inspected.schema(),
            true,
            inspected.copied(),
            masks,
            new Evidence(
                inspected.samples(),
                new ServerTrial(server.connection(), inspected.schema(), TRIED, policy.locale())),
            ddl);
    UncreatedTables uncreated = new UncreatedTables(policy, inspected);
    FindingKinds kinds = new FindingKinds(policy, inspected);
    List<CheckFinding> findings = new ArrayList<>();
    found.problems().stream()
        .filter(problem -> !ddl.problems().contains(problem) && !uncreated.explain(problem))
        .map(kinds::of)
        .forEach(findings::add);
    server
        .scratch()
        .map(c -> MaskTrial.problems(c, inspected.schema(), policy, found.rules(), TRIED))
        .ifPresent(refused -> refused.forEach(problem -> findings.add(kinds.of(problem))));
    ddl.problems().forEach(problem -> findings.add(finding(problem, ddl)));
    findings.addAll(uncreated.findings());
    for (Problem warning : found.warnings()) {
      findings.add(kinds.finding(Kind.DOUBTFUL, warning));
    }
    return result(
        findings, inspected.notCreated(), counts(inspected), proposal(policy, found, inspected));
  }

  /**
   * The proposal without the rules for things that the database does not have. If no rule is
   * missing, it is the policy without them.
   */
  private static String proposal(Policy policy, PolicyFindings found, Inspected inspected) {
    Set<TableName> uncreated = new HashSet<>(inspected.created().keySet());
    uncreated.removeIf(name -> inspected.schema().table(name).isPresent());
    StaleRules stale = found.stale().except(uncreated);
    boolean missing = !found.proposal().isEmpty();
    return missing || !stale.isEmpty()
        ? stale.removedFrom(missing ? found.proposal() : policy.origin().text())
        : "";
  }

  private static CheckFinding finding(Problem problem, DdlAnswers ddl) {
    Long line = ddl.lines().get(problem);
    return new CheckFinding(
        line == null ? Kind.STALE : Kind.DDL,
        problem.line(),
        line == null ? 0 : line,
        null,
        null,
        problem.message());
  }

  private CheckResult result(
      List<CheckFinding> findings,
      List<NotCreated> notCreated,
      CheckResult.Counts counts,
      String proposal) {
    List<CheckFinding> sorted =
        findings.stream()
            .sorted(
                Comparator.comparing((CheckFinding f) -> !f.kind().error())
                    .thenComparingLong(f -> f.line() == 0 ? Long.MAX_VALUE : f.line())
                    .thenComparingLong(CheckFinding::sourceLine))
            .toList();
    return new CheckResult(
        request.policy().location(), request.sourceName(), sorted, notCreated, counts, proposal);
  }

  private static CheckResult.Counts counts(Inspected inspected) {
    List<Table> tables =
        inspected.schema().tables().stream().filter(t -> t.partitionOf() == null).toList();
    return new CheckResult.Counts(
        tables.size(), tables.stream().mapToInt(t -> t.columns().size()).sum());
  }
}
