package dev.decant.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.detect.column.SampleMemory;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UntracedTest {
  private static final TableName TABLE = new TableName("public", "t");
  private static final MaskSpec SCRAMBLE = MaskSpec.of("scramble");

  private final Map<String, ColumnProfile> profiles = new HashMap<>();
  private long rows = 100;

  private final RowSamples samples =
      new RowSamples() {
        @Override
        public @Nullable ColumnProfile of(TableName table, String column) {
          return profiles.get(column);
        }

        @Override
        public long rows(TableName table) {
          return rows;
        }
      };

  private void sample(String column, int values, int different) {
    ColumnProfile profile = new ColumnProfile(new SampleMemory());
    for (int i = 0; i < values; i++) {
      profile.add("the part " + i % different);
    }
    profiles.put(column, profile);
  }

  /** The reason for the column x7 in a table that has the other columns, too. */
  private Optional<String> reason(MaskSpec mask, String... others) {
    List<Column> columns =
        Arrays.stream(others)
            .map(
                name ->
                    new Column(name, ColumnType.of("text", TypeCategory.TEXT), false, false, false))
            .toList();
    Schema schema =
        new Schema(
            List.of(new Table(TABLE, columns, false, List.of(), null, List.of(), null)),
            List.of(),
            List.of());
    return new Untraced(
            schema, MaskCatalog.standard(), samples, new ColumnVerdicts(schema, samples))
        .reason(new KeyGroups.Place(TABLE, "x7"), mask);
  }

  @Test
  void valuesThatFiveRowsShareOnAverageAreNotTraced() {
    sample("x7", 100, 20);
    assertThat(reason(SCRAMBLE, "x7", "email")).get().asString().contains("shared by many rows");
    sample("x7", 104, 21);
    assertThat(reason(SCRAMBLE, "x7", "email")).isEmpty();
    sample("x7", 99, 1);
    assertThat(reason(SCRAMBLE, "x7", "email")).isEmpty();
    sample("x7", 1_000, 31);
    assertThat(reason(SCRAMBLE, "x7", "email")).isEmpty();
  }

  @Test
  void otherValuesAreTracedBesidePersonalData() {
    sample("x7", 200, 200);
    assertThat(reason(SCRAMBLE, "x7")).get().asString().contains("no column of the source");
    assertThat(reason(SCRAMBLE, "x7", "email")).isEmpty();
  }

  @Test
  void valuesThatNobodySawAreTraced() {
    assertThat(reason(SCRAMBLE, "x7")).isEmpty();
    sample("x7", 200, 200);
    rows = -1;
    assertThat(reason(SCRAMBLE, "x7")).isEmpty();
  }

  @Test
  void aMaskWhoseValuesAreNotTracedNeedsNoException() {
    sample("x7", 200, 20);
    assertThat(reason(MaskSpec.of("noise"), "x7")).isEmpty();
    assertThat(MaskYaml.of(Untraced.of(SCRAMBLE))).isEqualTo("{ mask: scramble, trace: false }");
  }
}
