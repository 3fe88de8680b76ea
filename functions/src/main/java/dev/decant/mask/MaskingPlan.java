package dev.decant.mask;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the rows of one COPY block, worked out once: which fields pass as they are, which
 * masks serve the others, which rows travel. Every row that travels has been through a {@link
 * RowMasker}, which each worker makes of the plan: it checks the number of fields even where no
 * mask serves any of them. Immutable.
 */
public final class MaskingPlan implements RowTest.Columns {
  /** A condition whose rows somebody wants to see as they leave. */
  public record Watch(Condition condition, Consumer<byte[]> maskedRow) {}

  /** A field that is not kept in all rows, and its cases. */
  record MaskedField(int field, Column column, List<ColumnRule.Case> cases) {}

  /** Makes the masks of one worker. */
  @FunctionalInterface
  public interface MaskMaker {
    Mask make(MaskSpec spec, Column column);
  }

  private final Table table;
  private final List<String> copyColumns;
  private final List<MaskedField> maskedFields;
  private final @Nullable RowTest where;
  private final List<Watch> watches;

  private MaskingPlan(Table table, List<String> copyColumns, TableRule rule, List<Watch> watches) {
    this.table = table;
    this.copyColumns = List.copyOf(copyColumns);
    this.watches = List.copyOf(watches);
    this.maskedFields = maskedFields(rule);
    this.where = where(rule);
  }

  /**
   * Works out the plan of a COPY block.
   *
   * @param copyColumns of the rows, in their order; empty for a table without columns
   * @param watches told of each row that satisfies theirs, masked, without its LF; from the
   *     workers' threads
   */
  public static MaskingPlan of(
      Table table, List<String> copyColumns, TableRule rule, List<Watch> watches) {
    return new MaskingPlan(table, copyColumns, rule, watches);
  }

  private @Nullable RowTest where(TableRule rule) {
    if (rule.truncate()) {
      return row -> RowTest.Truth.FALSE;
    }
    return rule.where() == null ? null : RowTest.of(rule.where(), this);
  }

  private List<MaskedField> maskedFields(TableRule rule) {
    List<MaskedField> masked = new ArrayList<>();
    if (rule.truncate()) {
      return masked;
    }
    for (int field = 0; field < copyColumns.size(); field++) {
      Column column = column(copyColumns.get(field));
      ColumnRule columnRule = rule.columns().get(column.name());
      if (columnRule == null) {
        throw new DecantException(
            ErrorCode.POLICY_INVALID,
            "table " + table.name() + ", column " + column.name() + " has no rule");
      }
      if (!columnRule.keeps()) {
        masked.add(new MaskedField(field, column, columnRule.cases()));
      }
    }
    return masked;
  }

  /** Whether rows pass as they are, once {@link RowMasker#pass} has counted their fields. */
  public boolean passesThrough() {
    return maskedFields.isEmpty() && where == null && watches.isEmpty();
  }

  Table table() {
    return table;
  }

  /** The columns of the rows, in their order. */
  public List<String> columns() {
    return copyColumns;
  }

  int fields() {
    return copyColumns.size();
  }

  List<MaskedField> maskedFields() {
    return maskedFields;
  }

  @Nullable RowTest where() {
    return where;
  }

  List<Watch> watches() {
    return watches;
  }

  @Override
  public int field(String column) {
    int field = copyColumns.indexOf(column);
    if (field < 0) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          "table " + table.name() + ": the rows of the dump have no column " + column);
    }
    return field;
  }

  @Override
  public Column column(String name) {
    return table
        .column(name)
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.INPUT_INVALID,
                    "table " + table.name() + ": COPY names a column that it does not have"));
  }
}
