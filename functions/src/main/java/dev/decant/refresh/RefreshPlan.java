package dev.decant.refresh;

import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.postgres.Queries;
import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import dev.decant.target.Hook;
import dev.decant.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The plan of a dry run: one line for each change that a refresh would make. */
final class RefreshPlan {
  private RefreshPlan() {}

  static List<String> of(Target target, TargetRun run, Manifest manifest, SnapshotSchema schema) {
    String database = run.server.database();
    List<String> plan = new ArrayList<>();
    for (String leftover : databases(run, run.names.leftovers())) {
      plan.add("drop database " + leftover + " of a run that did not finish");
    }
    plan.add(
        "create database "
            + run.names.next(Instant.now())
            + " and load "
            + manifest.snapshot()
            + ": "
            + Quantity.of(manifest.rowsOut(), "rows")
            + ", "
            + Quantity.bytes(manifest.dump().textSize()));
    StagingTables own = StagingTables.read(run, schema);
    for (TableName table : target.changes().keepTables()) {
      plan.add(
          own.contains(table)
              ? "keep " + table + ", which only " + database + " has, with its definition"
              : "keep the rows of " + table + " of " + database);
    }
    target
        .snapshots()
        .schemaVersion()
        .ifPresent(v -> plan.add("check that the version of its schema is at most " + v.atMost()));
    target.changes().sql().forEach(step -> plan.add("run sql: " + described(step)));
    for (Target.Rekey rekey : target.changes().rekey()) {
      List<String> columns = new ArrayList<>(rekey.set().keySet());
      rekey.password().ifPresent(password -> columns.add(password.column()));
      plan.add("give anchor " + rekey.anchor() + " a new identity: " + String.join(", ", columns));
    }
    plan.add("set sequences to the largest values of their columns, and write decant.refresh");
    hooks(plan, "migrate", target.hooks().migrate());
    target.changes().privileges().forEach(step -> plan.add("run privilege: " + described(step)));
    target.changes().assertions().forEach(assertion -> plan.add("check: " + assertion.name()));
    boolean exists = run.maintenance.exists(database);
    if (exists) {
      plan.add("copy the settings, grants and comment of " + database);
    }
    hooks(plan, "before", target.hooks().before());
    plan.add(
        exists
            ? "end the sessions of "
                + database
                + ", rename it to "
                + run.names.previous(Instant.now())
                + ", and give the new database its name"
            : "give the new database the name " + database + ", which is free");
    hooks(plan, "after", target.hooks().after());
    List<String> previous = databases(run, run.names.previousOnes());
    int stay = Math.max(0, target.keepPrevious() - 1);
    previous
        .subList(Math.min(stay, previous.size()), previous.size())
        .forEach(old -> plan.add("drop the previous database " + old));
    return plan;
  }

  /** A step by its name. The text of the step may contain values of parameters. */
  private static String described(Policy.SqlStep step) {
    return step.name() + " (line " + step.line() + " of the targets file)";
  }

  private static void hooks(List<String> plan, String phase, List<Hook> hooks) {
    hooks.forEach(hook -> plan.add(phase + " hook: " + hook.describe()));
  }

  private static List<String> databases(TargetRun run, String query) {
    return Queries.texts(run.maintenance.connection(), query, "listing databases");
  }
}
