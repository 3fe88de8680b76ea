package dev.decant.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskingPlanTest {
  private static final List<String> COLUMNS = List.of("id", "email", "note", "active");
  private static final Table TABLE =
      new Table(
          new TableName("public", "user"),
          List.of(
              column("id", TypeCategory.INTEGER),
              column("email", TypeCategory.TEXT),
              column("note", TypeCategory.TEXT),
              column("active", TypeCategory.BOOLEAN)),
          false,
          List.of(),
          null,
          List.of(),
          null);

  private static Column column(String name, TypeCategory category) {
    return new Column(name, ColumnType.of(category.name(), category), false, false, false);
  }

  /**
   * The masks of this test. They write upper case, NULL, or the value of {@code note} with a tab,
   * or throw an exception that contains the value.
   */
  private static Mask make(MaskSpec spec, Column column) {
    return switch (spec.name()) {
      case "upper" ->
          (value, from, to, row, out) -> {
            out.append(
                new String(value, from, to - from, UTF_8).toUpperCase(java.util.Locale.ROOT));
            return true;
          };
      case "null" ->
          (value, from, to, row, out) -> {
            out.append("half");
            return false;
          };
      case "note" ->
          (value, from, to, row, out) -> {
            row.select(2);
            out.append(row.bytes(), row.from(), row.to());
            out.append((byte) '\t');
            out.append(value, from, to);
            return true;
          };
      default ->
          (value, from, to, row, out) -> {
            throw new IllegalStateException(new String(value, from, to - from, UTF_8));
          };
    };
  }

  private static ColumnRule when(Condition condition, String mask) {
    return new ColumnRule(
        List.of(
            new ColumnRule.Case(condition, MaskSpec.of("keep")),
            new ColumnRule.Case(null, MaskSpec.of(mask))));
  }

  private static TableRule rule(Map<String, ColumnRule> masked, @Nullable Condition where) {
    Map<String, ColumnRule> columns = new HashMap<>();
    COLUMNS.forEach(c -> columns.put(c, ColumnRule.keep()));
    columns.putAll(masked);
    return new TableRule(false, columns, where);
  }

  private static String masked(TableRule rule, String rows) {
    return masked(rule, rows, List.of());
  }

  private static String masked(TableRule rule, String rows, List<MaskingPlan.Watch> watches) {
    return masked(MaskingPlan.of(TABLE, COLUMNS, rule, watches), rows);
  }

  private static String masked(MaskingPlan plan, String rows) {
    RowMasker masker = new RowMasker(plan, MaskingPlanTest::make);
    Bytes out = new Bytes(4);
    byte[] bytes = rows.getBytes(UTF_8);
    masker.mask(bytes, bytes.length, 1, out);
    return new String(Arrays.copyOf(out.array(), out.length()), UTF_8);
  }

  private static MaskingPlan allKept(List<String> columns) {
    Map<String, ColumnRule> kept = new HashMap<>();
    columns.forEach(c -> kept.put(c, ColumnRule.keep()));
    return MaskingPlan.of(TABLE, columns, new TableRule(false, kept, null), List.of());
  }

  private static long passed(List<String> columns, String rows) {
    byte[] bytes = rows.getBytes(UTF_8);
    return new RowMasker(allKept(columns), MaskingPlanTest::make).pass(bytes, bytes.length, 10);
  }

  @Test
  void rowsThatPassAsTheyAreHaveTheirFieldsCounted() {
    assertThat(passed(COLUMNS, ROWS)).isEqualTo(3);
    assertThatThrownBy(() -> passed(COLUMNS, ROWS + "4\tsecret\tx\tt\tmore\n"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
        .hasMessageContaining("Row 13 of table public.user has 5 fields")
        .hasMessageContaining("4 columns")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> passed(List.of("id"), "1\n2\tsecret\n"))
        .hasMessageContaining("Row 11 of table public.user has 2 fields");
  }

  @Test
  void rowsOfATableWithoutColumnsAreEmptyLines() {
    assertThat(passed(List.of(), "\n\n")).isEqualTo(2);
    assertThatThrownBy(() -> passed(List.of(), "\n1\tsecret\n"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> passed(List.of(), "secret\n")).hasMessageNotContaining("secret");
    assertThatThrownBy(
            () ->
                masked(
                    MaskingPlan.of(
                        TABLE,
                        List.of(),
                        new TableRule(false, Map.of(), null),
                        List.of(new MaskingPlan.Watch(new Condition.All(List.of()), row -> {}))),
                    "secret\n"))
        .hasMessageContaining("0 columns");
  }

  @Test
  void aPlanOfATruncatedTableLetsNoRowPass() {
    MaskingPlan plan =
        MaskingPlan.of(TABLE, COLUMNS, new TableRule(true, Map.of(), null), List.of());
    assertThat(plan.passesThrough()).isFalse();
    assertThat(masked(plan, ROWS)).isEmpty();
  }

  private static final String ROWS = "1\ta@x\tn\\to\tt\n2\t\\N\t\\N\tf\n3\tb\\\\c\t\tt\n";

  @Test
  void keptFieldsAreTheSourcesBytes() {
    assertThat(MaskingPlan.of(TABLE, COLUMNS, rule(Map.of(), null), List.of()).passesThrough())
        .isTrue();
    assertThat(masked(rule(Map.of(), null), ROWS)).isEqualTo(ROWS);
  }

  @Test
  void maskedFieldsAreEscapedAndNullStaysNull() {
    assertThat(masked(rule(Map.of("email", ColumnRule.of(MaskSpec.of("upper"))), null), ROWS))
        .isEqualTo("1\tA@X\tn\\to\tt\n2\t\\N\t\\N\tf\n3\tB\\\\C\t\tt\n");
  }

  @Test
  void aMaskMayAnswerNull() {
    assertThat(masked(rule(Map.of("email", ColumnRule.of(MaskSpec.of("null"))), null), ROWS))
        .isEqualTo("1\t\\N\tn\\to\tt\n2\t\\N\t\\N\tf\n3\t\\N\t\tt\n");
  }

  @Test
  void aMaskMayReadTheRowWithoutLosingItsValue() {
    assertThat(
            masked(
                rule(Map.of("email", ColumnRule.of(MaskSpec.of("note"))), null),
                "3\tb\\\\c\tx\\\\y\tt\n"))
        .isEqualTo("3\tx\\\\y\\tb\\\\c\tx\\\\y\tt\n");
  }

  @Test
  void theFirstCaseThatHoldsDecides() {
    Condition ids = new Condition.In("id", List.of("3"));
    assertThat(masked(rule(Map.of("email", when(ids, "upper")), null), ROWS))
        .isEqualTo("1\tA@X\tn\\to\tt\n2\t\\N\t\\N\tf\n3\tb\\\\c\t\tt\n");
  }

  @Test
  void onlyRowsThatSatisfyWhereTravel() {
    Condition active = new Condition.Compare("active", Condition.Operator.EQUALS, "true");
    assertThat(masked(rule(Map.of(), active), ROWS))
        .isEqualTo("1\ta@x\tn\\to\tt\n3\tb\\\\c\t\tt\n");
  }

  @Test
  void nullSatisfiesOnlyIsNull() {
    Condition like = new Condition.Compare("email", Condition.Operator.LIKE, "%");
    Condition notLike = new Condition.Compare("email", Condition.Operator.NOT_LIKE, "zzz");
    Condition isNull = new Condition.IsNull("email", true);
    Condition notEquals = new Condition.Compare("email", Condition.Operator.NOT_EQUALS, "q");
    for (Condition condition :
        List.of(
            like,
            notLike,
            notEquals,
            new Condition.Not(like),
            new Condition.Not(isNull),
            new Condition.All(List.of(like, notLike)),
            new Condition.Any(List.of(new Condition.Not(like), notEquals)))) {
      assertThat(masked(rule(Map.of(), condition), "2\t\\N\t\\N\tf\n"))
          .as("%s", condition)
          .isEmpty();
    }
    assertThat(masked(rule(Map.of(), isNull), ROWS)).isEqualTo("2\t\\N\t\\N\tf\n");
    assertThat(masked(rule(Map.of(), new Condition.Any(List.of(like, isNull))), ROWS))
        .isEqualTo(ROWS);
  }

  @Test
  void likeIsSqlsLike() {
    record Case(String like, String value, boolean holds) {}
    for (Case c :
        List.of(
            new Case("a%c", "abc", true),
            new Case("a_c", "aäc", true),
            new Case("a_c", "ac", false),
            new Case("%@x.de", "me@x.de", true),
            new Case("%@x.de", "me@xyde", false),
            new Case("100\\%", "100%", true),
            new Case("100\\%", "1000", false),
            new Case("a.c", "abc", false),
            new Case("A%", "abc", false))) {
      Condition like = new Condition.Compare("email", Condition.Operator.LIKE, c.like());
      String row = "1\t" + c.value() + "\tx\tt\n";
      assertThat(masked(rule(Map.of(), like), row)).as("%s", c).isEqualTo(c.holds() ? row : "");
    }
    Condition ilike = new Condition.Compare("email", Condition.Operator.ILIKE, "%@EXAMPLE.com");
    assertThat(masked(rule(Map.of(), ilike), "1\tÄ@example.COM\tx\tt\n")).isNotEmpty();
  }

  @Test
  void watchersSeeTheMaskedRowOfARawMatch() {
    List<String> seen = new ArrayList<>();
    Condition raw = new Condition.Compare("email", Condition.Operator.EQUALS, "a@x");
    masked(
        rule(Map.of("email", ColumnRule.of(MaskSpec.of("upper"))), null),
        ROWS,
        List.of(new MaskingPlan.Watch(raw, bytes -> seen.add(new String(bytes, UTF_8)))));
    assertThat(seen).containsExactly("1\tA@X\tn\\to\tt");
  }

  @Test
  void wrongFieldCountNamesTableAndRowOnly() {
    assertThatThrownBy(
            () ->
                masked(
                    rule(Map.of("email", ColumnRule.of(MaskSpec.of("upper"))), null),
                    "1\ta\tb\tt\n2\tsecret\n"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
        .hasMessage(
            "Row 2 of table public.user has 2 fields, but the COPY statement has 4 columns. The"
                + " dump is damaged. Make a new one.");
  }

  @Test
  void aFailingMaskTellsNoValue() {
    assertThatThrownBy(
            () ->
                masked(
                    rule(Map.of("email", ColumnRule.of(MaskSpec.of("failing"))), null),
                    "1\tsecret\tb\tt\n"))
        .isInstanceOf(DecantException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
