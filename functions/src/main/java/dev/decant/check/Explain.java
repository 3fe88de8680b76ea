package dev.decant.check;

import dev.decant.check.Explanation.Case;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.inspect.Inspected;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskFactory;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.NamedFile;
import dev.decant.policy.Policy;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains the rules of a policy. It fills in no parameters, because examples of a constant would
 * show the value of a parameter. It reads no rows.
 */
public final class Explain {
  private static final List<TypeCategory> LIKELY =
      List.of(
          TypeCategory.TEXT,
          TypeCategory.INTEGER,
          TypeCategory.NUMERIC,
          TypeCategory.DATE,
          TypeCategory.UUID,
          TypeCategory.JSON,
          TypeCategory.INET,
          TypeCategory.BYTEA);

  private final Policy policy;
  private final MaskCatalog masks;

  private Explain(NamedFile file) {
    this.masks = MaskCatalog.standard();
    this.policy =
        new PolicyParser(masks)
            .withParameterDefault(Check.MADE_UP)
            .parse(file.location(), file.content(), file.beside(), Map.of());
  }

  /**
   * Explains the rule of one column.
   *
   * @throws DecantException POLICY_INVALID if the policy is not valid, USAGE if neither the source
   *     nor the policy has the column
   */
  public static Explanation column(ExplainRequest request) {
    Explain explain = new Explain(request.policy());
    CheckRequest source = request.source();
    Schema schema = source == null ? null : Check.inspect(source).schema();
    return explain.column(request, schema);
  }

  /**
   * Lists the columns whose raw values are published, the most sensitive ones first. The policy
   * need not fit the source.
   */
  public static List<KeptColumn> kept(CheckRequest request) {
    Explain explain = new Explain(request.policy());
    Inspected inspected = Check.inspect(request);
    return new KeptColumns(explain.policy, inspected).all();
  }

  private Explanation column(ExplainRequest request, @Nullable Schema source) {
    TableName name =
        named(
            request,
            source == null
                ? policy.tables().keySet()
                : source.tables().stream().map(Table::name).toList());
    Table table = source == null ? guessed(name) : table(source, name);
    Column column =
        table
            .column(request.column())
            .orElseThrow(
                () ->
                    missing(
                        name + " has no column " + request.column(),
                        names(table),
                        request.column()));
    Schema schema = source == null ? new Schema(List.of(table), List.of(), List.of()) : source;
    RuleOrigin origin = RuleOrigin.of(policy, schema, name, column.name());
    ColumnRule rule = origin.rule();
    RuleExamples examples = new RuleExamples(table, request.key(), policy.locale());
    List<Case> cases = new ArrayList<>();
    for (ColumnRule.Case each : rule == null ? List.<ColumnRule.Case>of() : rule.cases()) {
      Optional<MaskFactory> factory = masks.factory(each.mask().name());
      cases.add(
          new Case(
              each.mask().name(),
              each.when() != null,
              factory.flatMap(MaskFactory::disclosure).orElse(null),
              factory.filter(f -> f.refusal(each.mask(), column) == null).isEmpty()
                  ? List.of()
                  : examples.of(each.mask(), column)));
    }
    return new Explanation(
        name,
        column.name(),
        source == null ? null : column.type().name(),
        origin.line(),
        origin.why(),
        RuleText.of(policy.origin().text(), origin.line()),
        cases);
  }

  /** The table that the request names. Without a schema, it may be in any schema, but only one. */
  private static TableName named(ExplainRequest request, Collection<TableName> tables) {
    if (request.schema() != null) {
      return new TableName(request.schema(), request.table());
    }
    List<TableName> found =
        tables.stream().filter(t -> t.name().equals(request.table())).sorted().toList();
    if (found.size() > 1) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The name "
              + request.table()
              + " stands for several tables: "
              + found.stream().map(TableName::toString).collect(Collectors.joining(", "))
              + ". Write the schema of the table, too.");
    }
    return found.isEmpty() ? new TableName("public", request.table()) : found.getFirst();
  }

  private static Table table(Schema schema, TableName name) {
    return schema
        .table(name)
        .orElseThrow(
            () ->
                missing(
                    "The source has no table " + name,
                    schema.tables().stream().map(t -> t.name().toString()).toList(),
                    name.toString()));
  }

  /**
   * A table that is made from the policy alone. Each column gets a type that the last mask of its
   * rule serves.
   */
  private Table guessed(TableName name) {
    Policy.TableEntry entry = policy.tables().get(name);
    if (entry == null) {
      throw missing(
          "The policy has no entry for "
              + name
              + ". If it is a partition or inherits from another table, name a SOURCE too, for"
              + " example db/structure.sql",
          policy.tables().keySet().stream().map(TableName::toString).toList(),
          name.toString());
    }
    List<Column> columns = new ArrayList<>();
    Set<String> all = new TreeSet<>(entry.keep().keySet());
    all.addAll(entry.columns().keySet());
    for (String column : all) {
      Policy.ColumnEntry written = entry.columns().get(column);
      TypeCategory category =
          written == null ? TypeCategory.TEXT : likely(written.rule().cases().getLast());
      columns.add(
          new Column(
              column,
              ColumnType.of(category.name().toLowerCase(Locale.ROOT), category),
              false,
              false,
              false));
    }
    return new Table(name, columns, false, List.of(), null, List.of(), null);
  }

  private TypeCategory likely(ColumnRule.Case last) {
    Set<TypeCategory> served =
        masks.factory(last.mask().name()).map(MaskFactory::types).orElseGet(Set::of);
    return LIKELY.stream().filter(served::contains).findFirst().orElse(TypeCategory.TEXT);
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static DecantException missing(String what, List<String> names, String asked) {
    return new DecantException(ErrorCode.USAGE, what + Nearest.advice(asked, names));
  }
}
