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
 * The plan for the rows of one COPY block, which is worked out once: the fields that stay as they
 * are, the masks of the other fields, and the condition of the rows that become part of the
 * snapshot. Each worker makes a {@link RowMasker} from the plan, and every row passes through one.
 * It checks the number of fields even if no field has a mask. A plan is immutable.
 */
public final class MaskingPlan implements RowTest.Columns {
  /** A condition and a receiver, which gets the masked form of each row that satisfies it. */
  public record Watch(Condition condition, Consumer<byte[]> maskedRow) {}

  /** A field that is not kept in all rows, with its cases. */
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
   * @param copyColumns the columns of the rows, in their order; empty for a table without columns
   * @param watches the receivers of masked rows; they get a row without its line feed and are
   *     called from the threads of the workers
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
            "The policy has no rule for column "
                + column.name()
                + " of table "
                + table.name()
                + ". Write one.");
      }
      if (!columnRule.keeps()) {
        masked.add(new MaskedField(field, column, columnRule.cases()));
      }
    }
    return masked;
  }

  /**
   * Whether rows stay as they are, so that {@link RowMasker#pass} only has to count their fields.
   */
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
          "The rows of table "
              + table.name()
              + " in the dump have no column "
              + column
              + ". Write another column into the policy.");
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
                    "COPY names a column that table "
                        + table.name()
                        + " does not have. Make a new dump."));
  }
}
