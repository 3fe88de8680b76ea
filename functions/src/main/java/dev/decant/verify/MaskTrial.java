package dev.decant.verify;

import dev.decant.error.ErrorCode;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.verify.ConstraintTrial.Constraints;
import dev.decant.yaml.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tries the masks of constrained columns before the first row. A mask is applied to made-up values
 * that satisfy the CHECKs and the domain of its column, and the server checks whether the masked
 * values satisfy them, too. If at least half of the masked values do not, this is a problem of the
 * policy.
 *
 * <p>If no made-up value satisfies the constraints, a mask that keeps the shape of a value is
 * accepted, because real values may have the right shape.
 */
public final class MaskTrial {
  private static final Set<TypeCategory> SERVER_KNOWS =
      EnumSet.of(TypeCategory.RANGE, TypeCategory.COMPOSITE, TypeCategory.OTHER);

  /**
   * The key of a trial. Many tables have the same columns, and the same trial is made only once.
   */
  private record Tried(Constraints constraints, MaskSpec mask) {}

  /** A mask that needs a trial. */
  private record Trial(Table table, Column column, MaskSpec mask) {}

  private final Schema schema;
  private final Policy policy;
  private final Masks masks;
  private final ConstraintTrial trial;
  private final Map<Tried, String> answers = new HashMap<>();

  private MaskTrial(Schema schema, Policy policy, Masks masks, ConstraintTrial trial) {
    this.schema = schema;
    this.policy = policy;
    this.masks = masks;
    this.trial = trial;
  }

  /**
   * The problems that the trial finds, in no order.
   *
   * @param connection to the empty database with the schema, with the search_path of the dump; the
   *     temporary objects are dropped when it is closed
   * @param masks the masks that the policy may name
   */
  public static List<Problem> problems(
      Connection connection, Schema schema, CheckedPolicy policy, Masks masks) {
    return problems(connection, schema, policy.policy(), policy.rules(), masks);
  }

  /**
   * Does the same as the other method, for a policy that may have other problems.
   *
   * @param rules the rules of its tables that have no problem yet
   */
  public static List<Problem> problems(
      Connection connection,
      Schema schema,
      Policy policy,
      Map<TableName, TableRule> rules,
      Masks masks) {
    List<Trial> trials = trials(schema, rules);
    if (trials.isEmpty()) {
      return List.of();
    }
    try {
      Set<TableName> tables = trials.stream().map(t -> t.table.name()).collect(Collectors.toSet());
      return new MaskTrial(schema, policy, masks, new ConstraintTrial(connection, tables))
          .problems(trials);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "preparing the trial of the masks");
    }
  }

  /** The masks that a constraint or the server may refuse. */
  private static List<Trial> trials(Schema schema, Map<TableName, TableRule> rules) {
    List<Trial> trials = new ArrayList<>();
    for (Table table : schema.tables()) {
      TableRule rule = rules.get(table.name());
      if (rule == null || rule.truncate()) {
        continue;
      }
      for (Column column : table.columns()) {
        ColumnRule columnRule = rule.columns().get(column.name());
        if (columnRule != null && !columnRule.keeps()) {
          for (ColumnRule.Case one : columnRule.cases()) {
            if (needsTrial(column, one.mask())) {
              trials.add(new Trial(table, column, one.mask()));
            }
          }
        }
      }
    }
    return trials;
  }

  private static boolean needsTrial(Column column, MaskSpec mask) {
    return switch (mask.name()) {
      case "nullify" -> false;
      case "search-vector" -> true;
      case "constant" -> column.constrained() || SERVER_KNOWS.contains(column.type().category());
      default -> column.constrained();
    };
  }

  private List<Problem> problems(List<Trial> trials) {
    List<Problem> problems = new ArrayList<>();
    for (Trial each : trials) {
      String problem = problem(each);
      if (!problem.isEmpty()) {
        String column = each.column.name();
        problems.add(new Problem(line(each.table, column), each.table.name(), column, problem));
      }
    }
    return problems;
  }

  /**
   * The line of the rule, in the entry of the table, its partitioned table or its parent; 0 if
   * there is no such entry.
   */
  private int line(Table table, String column) {
    Policy.TableEntry entry = policy.tables().get(table.name());
    Policy.ColumnEntry written = entry == null ? null : entry.columns().get(column);
    if (written != null) {
      return written.line();
    }
    List<TableName> above = new ArrayList<>(table.parents());
    if (table.partitionOf() != null) {
      above.add(table.partitionOf());
    }
    return above.stream()
        .flatMap(name -> schema.table(name).stream())
        .mapToInt(parent -> line(parent, column))
        .filter(line -> line > 0)
        .findFirst()
        .orElse(0);
  }

  private String problem(Trial one) {
    if (one.mask.name().equals("search-vector") && !trial.hasConfig(one.mask)) {
      return "The server does not have the text search configuration of the option config. Write"
          + " one with its schema, for example pg_catalog.english.";
    }
    if (one.mask.name().equals("search-vector") && !one.column.constrained()) {
      return "";
    }
    return trial
        .of(one.table.name(), one.column.name())
        .map(c -> answers.computeIfAbsent(new Tried(c, one.mask), tried -> answer(one, tried)))
        .orElse("");
  }

  private String answer(Trial one, Tried tried) {
    return trial.prepare(one.column.name(), tried.constraints())
        ? new ColumnTrial(
                new ColumnTrial.Place(schema, one.table, one.column),
                masks,
                policy.locale(),
                trial,
                tried.constraints())
            .problem(tried.mask())
        : "";
  }
}
