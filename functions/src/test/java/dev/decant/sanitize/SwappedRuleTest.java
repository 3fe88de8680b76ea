package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCompressor;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableRule;
import dev.decant.mask.Tracing;
import dev.decant.policy.CheckedPolicy;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.leak.FrameSearch;
import dev.decant.sanitize.leak.LeakMessages;
import dev.decant.sanitize.leak.TracePlaces;
import dev.decant.sanitize.leak.WrittenColumn;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.trace.Leak;
import dev.decant.trace.LeakSearch;
import dev.decant.trace.TracedValues;
import dev.decant.trace.ValueTracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the snapshot do not come from the rule that the policy has for their column. */
final class SwappedRuleTest {
  private static final TableName USERS = new TableName("public", "users");

  @TempDir Path folder = Path.of("");

  private TracePlaces search(String mask, String value, List<Leak> leaks) {
    Column column = new Column("c", ColumnType.of("text", TypeCategory.TEXT), false, false, false);
    Table table = new Table(USERS, List.of(column), false, List.of(), null, List.of(), null);
    Schema schema = new Schema(List.of(table), List.of(), List.of());
    CheckedPolicy policy =
        new CheckedPolicy(
            SmallDump.policy("version: 1\nlocale: de\ntables: {}\n"),
            Map.of(
                USERS, new TableRule(false, Map.of("c", ColumnRule.of(MaskSpec.of(mask))), null)),
            Set.of(),
            Set.of(),
            List.of(),
            List.of());
    TracePlaces places = new TracePlaces(schema, policy, Set.of());
    try (FrameSpool spool = new FrameSpool(folder);
        FrameCompressor compressor = new FrameCompressor();
        TracedValues values = new TracedValues(folder, 1 << 20, 6, Set.of())) {
      FrameList frames = new FrameList();
      frames.add(
          1, 0, frame(spool, compressor, Frame.Kind.COPY, "COPY public.users (c) FROM stdin;\n"));
      frames.add(1, 1, frame(spool, compressor, Frame.Kind.ROWS, (value + "\n").repeat(40)));
      frames.add(1, 2, frame(spool, compressor, Frame.Kind.END, "\\.\n"));
      ValueTracer tracer = values.tracer();
      byte[] raw = value.getBytes(UTF_8);
      tracer.add(Tracing.EVERY, 0, raw, 0, raw.length);
      try (LeakSearch search = values.search(1, () -> {})) {
        new FrameSearch(spool, search, places, 1, new RunGuard(null, "", "")).run(frames.inOrder());
        leaks.addAll(search.leaks());
      }
    }
    return places;
  }

  @Test
  void aDictionaryMaskThatDidNotRunIsFound() {
    for (String mask : List.of("first-name", "last-name", "full-name", "city", "street")) {
      TracePlaces places = search(mask, "Jürgen von der Heide", new ArrayList<>());
      assertThatThrownBy(() -> LeakMessages.requireWritten(places.written()))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining(
              "column public.users.c: 40 of 40 values are none that the mask " + mask)
          .hasMessageNotContaining("Heide");
    }
  }

  @Test
  void aWordOfTheDictionaryIsNoLeak() {
    List<Leak> leaks = new ArrayList<>();
    TracePlaces places = search("full-name", "Greta Holz", leaks);
    assertThatCode(() -> LeakMessages.requireWritten(places.written())).doesNotThrowAnyException();
    assertThat(places.written()).extracting(WrittenColumn::values).containsExactly(40L);
    assertThat(leaks).isEmpty();
  }

  @Test
  void anotherMaskThatDidNotRunIsFoundInTheRowsThatAreSearched() {
    List<Leak> leaks = new ArrayList<>();
    search("email", "max.muster@example.com", leaks);
    assertThat(leaks).singleElement().extracting(Leak::rows).isEqualTo(3);
  }

  private static SpooledFrame frame(
      FrameSpool spool, FrameCompressor compressor, Frame.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    @Nullable TableName table = kind == Frame.Kind.DDL ? null : USERS;
    return spool.append(
        kind, table, kind == Frame.Kind.ROWS ? 40 : 0, compressor.compress(bytes, 0, bytes.length));
  }
}
