package dev.decant.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.detect.column.SampleMemory;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UntracedTest {
  private static final TableName TABLE = new TableName("public", "t");
  private static final MaskSpec SCRAMBLE = MaskSpec.of("scramble");
  private static final KeyGroups.Place COLUMN = new KeyGroups.Place(TABLE, "x7");

  private final Map<String, ColumnProfile> profiles = new HashMap<>();

  private final RowSamples samples =
      new RowSamples() {
        @Override
        public @Nullable ColumnProfile of(TableName table, String column) {
          return profiles.get(column);
        }

        @Override
        public long rows(TableName table) {
          return 100;
        }
      };

  private ColumnProfile sample(String column, int values, int different) {
    ColumnProfile profile = new ColumnProfile(new SampleMemory());
    for (int i = 0; i < values; i++) {
      profile.add("the part " + i % different);
    }
    profiles.put(column, profile);
    return profile;
  }

  private Untraced untraced() {
    return new Untraced(MaskCatalog.standard(), samples);
  }

  private Optional<String> reason(MaskSpec mask) {
    return untraced().reason(List.of(COLUMN), mask);
  }

  @Test
  void valuesWithoutPersonalDataAreNotTraced() {
    sample("x7", 1, 1);
    assertThat(reason(SCRAMBLE)).get().asString().contains("no sampled value");
    sample("x7", 1_000, 1_000);
    assertThat(reason(SCRAMBLE)).isPresent();
  }

  @Test
  void oneValueThatShowsSomebodyHasAllTraced() {
    sample("x7", 200, 200).add("see anna@example.com");
    assertThat(reason(SCRAMBLE)).isEmpty();
    sample("x7", 200, 200).add("DE89370400440532013000");
    assertThat(reason(SCRAMBLE)).isEmpty();
    sample("x7", 200, 200).add("{\"an article\",anna@example.com}");
    assertThat(reason(SCRAMBLE)).isEmpty();
  }

  @Test
  void valuesThatFiveRowsShareOnAverageAreNotTraced() {
    ColumnProfile shared = sample("x7", 95, 19);
    for (int i = 0; i < 5; i++) {
      shared.add("service@example.com");
    }
    assertThat(reason(SCRAMBLE)).get().asString().contains("shared by many rows");
    shared = sample("x7", 103, 20);
    shared.add("service@example.com");
    assertThat(reason(SCRAMBLE)).isEmpty();
  }

  @Test
  void valuesThatNobodySawAreTraced() {
    assertThat(reason(SCRAMBLE)).isEmpty();
    sample("x7", 0, 1).addNull();
    assertThat(reason(SCRAMBLE)).isEmpty();
  }

  @Test
  void aKeyIsTracedIfOneOfItsColumnsShowsSomebody() {
    List<KeyGroups.Place> key = List.of(COLUMN, new KeyGroups.Place(TABLE, "x8"));
    sample("x7", 200, 200);
    assertThat(untraced().reason(key, SCRAMBLE)).isPresent();
    sample("x8", 200, 200).add("anna@example.com");
    assertThat(untraced().reason(key, SCRAMBLE)).isEmpty();
  }

  @Test
  void aMaskWhoseValuesAreNotTracedNeedsNoException() {
    sample("x7", 200, 200);
    assertThat(reason(MaskSpec.of("noise"))).isEmpty();
    assertThat(reason(MaskSpec.of("json"))).isPresent();
    assertThat(untraced().rule(List.of(COLUMN), SCRAMBLE, "a reason").rule())
        .isEqualTo("{ mask: scramble, trace: false }");
  }
}
