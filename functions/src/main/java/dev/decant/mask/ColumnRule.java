package dev.decant.mask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of one column. It consists of cases, and the first case whose condition holds decides.
 * The last case has no condition.
 */
public record ColumnRule(List<Case> cases) {
  /** A mask and the condition under which it applies. Without a condition it always applies. */
  public record Case(@Nullable Condition when, MaskSpec mask) {}

  public ColumnRule {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("A rule needs at least one case.");
    }
  }

  public static ColumnRule of(MaskSpec mask) {
    return new ColumnRule(List.of(new Case(null, mask)));
  }

  /** The rule that keeps the column in every row. */
  public static ColumnRule keep() {
    return of(MaskSpec.of("keep"));
  }

  /** Whether the column stays unchanged in every row. */
  public boolean keeps() {
    return cases.stream().allMatch(c -> c.mask().name().equals("keep"));
  }
}
