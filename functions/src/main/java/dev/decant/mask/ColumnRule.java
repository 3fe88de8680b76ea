package dev.decant.mask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule of one column: cases, the first that holds decides; the last has no condition. */
public record ColumnRule(List<Case> cases) {
  /** A mask and the condition under which it serves; null: always. */
  public record Case(@Nullable Condition when, MaskSpec mask) {}

  public ColumnRule {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("a rule without a case");
    }
  }

  public static ColumnRule of(MaskSpec mask) {
    return new ColumnRule(List.of(new Case(null, mask)));
  }

  /** `keep`, always. */
  public static ColumnRule keep() {
    return of(MaskSpec.of("keep"));
  }

  /** Whether the column passes unchanged in every row. */
  public boolean keeps() {
    return cases.stream().allMatch(c -> c.mask().name().equals("keep"));
  }
}
