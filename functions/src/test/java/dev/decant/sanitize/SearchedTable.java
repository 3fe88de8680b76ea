package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.CopyStart;
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
import dev.decant.sanitize.leak.TracePlaces;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frames of a table with one column that a mask wrote, and one traced raw value. */
final class SearchedTable implements AutoCloseable {
  static final TableName USERS = new TableName("public", "users");

  private static final String HEAD = "COPY public.users (c) FROM stdin;";

  final FrameList frames = new FrameList();
  final TracePlaces places;
  private final FrameSpool spool;
  private final FrameCompressor compressor = new FrameCompressor();
  private final TracedValues values;

  /**
   * @param mask the mask of the column
   * @param raw the raw value that is traced
   * @param rows the frames of rows
   */
  SearchedTable(Path folder, String mask, String raw, String... rows) {
    Column column = new Column("c", ColumnType.of("text", TypeCategory.TEXT), false, false, false);
    Table table = new Table(USERS, List.of(column), false, List.of(), null, List.of(), null);
    CheckedPolicy policy =
        new CheckedPolicy(
            SmallDump.policy("version: 1\nlocale: de\ntables: {}\nsql: [ \"SELECT 1\" ]\n"),
            Map.of(
                USERS, new TableRule(false, Map.of("c", ColumnRule.of(MaskSpec.of(mask))), null)),
            Set.of(),
            Set.of(),
            List.of(),
            List.of());
    places = new TracePlaces(new Schema(List.of(table), List.of(), List.of()), policy);
    spool = new FrameSpool(folder);
    values = new TracedValues(folder, 1 << 20, 6, Set.of());
    ValueTracer tracer = values.tracer();
    tracer.add(Tracing.EVERY, 0, raw.getBytes(UTF_8), 0, raw.getBytes(UTF_8).length);
    frames.add(1, 0, frame(Frame.Kind.COPY, HEAD + "\n"));
    for (int i = 0; i < rows.length; i++) {
      frames.add(1, i + 1, rows(rows[i]));
    }
    frames.add(1, Long.MAX_VALUE, frame(Frame.Kind.END, "\\.\n"));
  }

  /** A frame of rows that is not in the list. */
  SpooledFrame rows(String rows) {
    return frame(Frame.Kind.ROWS, rows);
  }

  /** Writes the last statements. */
  void tail(String ddl) {
    frames.add(2, 0, frame(Frame.Kind.DDL, ddl));
  }

  private SpooledFrame frame(Frame.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    @Nullable TableName table = kind == Frame.Kind.DDL ? null : USERS;
    long rows = kind == Frame.Kind.ROWS ? text.lines().count() : 0;
    return spool.append(kind, table, rows, compressor.compress(bytes, 0, bytes.length));
  }

  /** Searches the frames, which do not change. */
  List<Leak> leaks() {
    return leaks(Set.of(), () -> {}, Set.of());
  }

  /**
   * Searches the frames.
   *
   * @param changing the tables that are not searched in the background
   * @param meanwhile changes the frames during the search
   * @param changed the tables whose frames were replaced
   */
  List<Leak> leaks(Set<TableName> changing, Runnable meanwhile, Set<TableName> changed) {
    try (RunGuard guard = new RunGuard(null, "", "");
        LeakSearch search = values.search(2);
        FrameSearch rows = new FrameSearch(spool, copies(), search, places, 2, guard)) {
      rows.begin(frames.inOrder(), changing);
      meanwhile.run();
      rows.finish(frames.inOrder(), changed);
      return search.leaks(places::leaves);
    }
  }

  /** The error of a run whose background has failed and that fails later for another reason. */
  DecantException failure(DecantException later) {
    try (RunGuard guard = new RunGuard(null, "", "");
        LeakSearch search = values.search(2);
        FrameSearch rows = new FrameSearch(spool, copies(), search, places, 2, guard)) {
      rows.begin(frames.inOrder(), Set.of());
      Instant end = Instant.now().plusSeconds(5);
      DecantException failure = later;
      while (failure.equals(later) && Instant.now().isBefore(end)) {
        failure = rows.orFailure(later);
      }
      return failure;
    }
  }

  private static List<CopyStart> copies() {
    return List.of(new CopyStart(1, USERS, List.of("c"), HEAD.getBytes(UTF_8), new byte[0]));
  }

  @Override
  public void close() {
    values.close();
    compressor.close();
    spool.close();
  }
}
