package dev.decant.sanitize;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.decant.copy.CopyRow;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.StatementTexts;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.frame.SpooledText;
import dev.decant.manifest.Manifest;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.Masks;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.run.Channel;
import dev.decant.run.RunGuard;
import dev.decant.run.TaskGroup;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.trace.Leak;
import dev.decant.trace.LeakSearch;
import dev.decant.trace.TextFinder;
import dev.decant.trace.TracedMasks;
import dev.decant.trace.TracedValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The leak trace of a run: takes the fingerprints of raw values while the rows load, and looks for
 * them in the finished frames, which are what leaves.
 */
final class LeakTrace implements AutoCloseable {
  /** A mask may return some values by chance, or because they have nothing to change. */
  private static final long RETURNED_SHARE = 1000;

  private static final long RETURNED_LEAST = 3;

  /** Types whose values are neither a name nor a text. Numbers may be phone numbers. */
  private static final Set<TypeCategory> NOT_LOOKED_AT =
      EnumSet.of(
          TypeCategory.BOOLEAN, TypeCategory.FLOAT, TypeCategory.DATE, TypeCategory.TIMESTAMP);

  /** Numbers with fewer digits are not traced. */
  private static final int SMALLEST_NUMBER = 10;

  private static final Set<TypeCategory> NUMBERS =
      EnumSet.of(
          TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT, TypeCategory.NUMERIC);

  /** Masks that may keep parts of a value. */
  private static final Set<String> OF_PARTS = Set.of("json", "xml", "hstore", "array", "composite");

  private final TracedValues values;
  private final TracedMasks masks;
  private final int jobs;
  private final RunGuard guard;

  LeakTrace(SanitizeRequest request, Path folder, RunGuard guard) {
    var trace = request.policy().trace();
    this.values = new TracedValues(folder, 64 << 20, trace.minLength(), trace.ignore());
    this.masks = new TracedMasks(values);
    this.jobs = request.execution().jobs();
    this.guard = guard;
  }

  /** Makes masks that show their raw values to the trace. */
  MaskKitSource kits(Masks all, SanitizeRequest request) {
    return (table, columns) -> {
      TracedMasks.OfTable traced = masks.of(table);
      TableMaskKit kit =
          new TableMaskKit(
              all, request.keys().masking(), request.policy().locale(), columns, traced);
      return (spec, column) -> {
        traced.column(column.name());
        return kit.mask(spec, column);
      };
    };
  }

  /** A part of the output that is looked at: a column of a table, or the DDL of an object. */
  private record Place(String name, boolean masked) {}

  /**
   * The columns of a COPY block.
   *
   * @param places the numbers of the places of the columns; -1 for a column that is not looked at
   * @param numbers the columns that have numbers
   */
  private record Block(int[] places, BitSet numbers) {}

  /** Chooses the columns that are looked at. */
  private record Columns(Schema catalog, CheckedPolicy policy, Set<TableName> changed) {
    Block block(DumpPart.CopyStart copy, List<Place> places) {
      Table table = catalog.table(copy.table()).orElseThrow();
      TableRule rule = policy.rules().get(copy.table());
      List<String> columns = copy.columnsOf(table);
      int[] chosen = new int[columns.size()];
      BitSet numbers = new BitSet();
      for (int i = 0; i < chosen.length; i++) {
        Column column = table.column(columns.get(i)).orElseThrow();
        ColumnRule columnRule = rule == null ? null : rule.columns().get(column.name());
        chosen[i] = -1;
        numbers.set(i, NUMBERS.contains(column.type().category()));
        if (isLookedAt(copy.table(), column, columnRule)) {
          chosen[i] = places.size();
          places.add(
              new Place(
                  "column " + copy.table() + "." + TableName.quoted(column.name()),
                  columnRule != null && !columnRule.keeps()));
        }
      }
      return new Block(chosen, numbers);
    }

    private boolean isLookedAt(TableName table, Column column, @Nullable ColumnRule rule) {
      return !NOT_LOOKED_AT.contains(column.type().category())
          && (rule == null
              || changed.contains(table)
              || rule.cases().stream()
                  .map(c -> c.mask().name())
                  .anyMatch(mask -> mask.equals("keep") || OF_PARTS.contains(mask)));
    }
  }

  /** A frame of rows, the columns of the rows, and its number. */
  private record Rows(SpooledFrame frame, Block block, long number) {}

  /**
   * Looks for the traced values in the frames. Values that a mask wrote whole are not looked at,
   * because they depend on nothing but the mask, unless sql steps changed the table. Whether masks
   * return what they get is known already.
   *
   * @param changed the tables that sql steps changed
   * @throws DecantException {@link ErrorCode#LEAK_FOUND} if raw values would leave
   */
  Manifest.LeakTrace run(
      FrameSpool spool,
      FrameList frames,
      Schema catalog,
      CheckedPolicy policy,
      Set<TableName> changed) {
    requireMasked();
    try (LeakSearch search = values.search()) {
      List<Place> places = new ArrayList<>();
      List<Rows> rows =
          ddl(
              spool,
              frames.inOrder(),
              new Columns(catalog, policy, changed),
              search.finder(),
              places);
      try (TaskGroup group = new TaskGroup("decant-trace", guard::check)) {
        Channel<Rows> queue = new Channel<>(group, jobs * 2);
        for (int i = 0; i < jobs; i++) {
          group.start(() -> look(spool, queue, search.finder()));
        }
        rows.forEach(queue::put);
        queue.finish();
        group.join();
      }
      BitSet masked = new BitSet();
      for (int i = 0; i < places.size(); i++) {
        masked.set(i, places.get(i).masked());
      }
      List<Leak> leaks = search.leaks(masked::get);
      if (!leaks.isEmpty()) {
        throw leaked(leaks, places);
      }
      return new Manifest.LeakTrace(values.traced(), search.looked(), 0);
    }
  }

  private void requireMasked() {
    List<String> lines = new ArrayList<>();
    for (TracedMasks.Source source : masks.sources()) {
      long returned = source.returned().sum();
      long all = source.values().sum();
      if (returned > Math.max(RETURNED_LEAST, all / RETURNED_SHARE)) {
        lines.add(
            "\n  column "
                + source.name()
                + ": the mask "
                + source.mask()
                + " returned "
                + returned
                + " of "
                + all
                + " values unchanged");
      }
    }
    if (!lines.isEmpty()) {
      throw new DecantException(
          ErrorCode.LEAK_FOUND,
          "Masks return raw values, so nothing is published:"
              + String.join("", lines)
              + "\nChoose other masks or options for these columns.");
    }
  }

  /** Looks at the statements, and returns the frames of rows in their order. */
  private List<Rows> ddl(
      FrameSpool spool,
      List<SpooledFrame> frames,
      Columns columns,
      TextFinder finder,
      List<Place> places) {
    List<Rows> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    try (DumpReader reader =
        new DumpReader(
            new SpooledText(
                spool, frames.stream().filter(f -> f.kind() != Frame.Kind.ROWS).toList()))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case DumpPart.Statement statement -> {
            int place = places.size();
            places.add(new Place("the DDL of " + statement.object(), false));
            StatementTexts.of(
                statement,
                (text, from, to) -> finder.find(place, statement.line(), text, from, to));
            finder.find(
                place, statement.line(), statement.comment(), 0, statement.comment().length);
          }
          case DumpPart.CopyStart copy -> {
            reader.skipRows();
            blocks.add(columns.block(copy, places));
          }
          case DumpPart.End _ -> {}
        }
      }
    }
    int block = -1;
    for (SpooledFrame frame : frames) {
      block += frame.kind() == Frame.Kind.COPY ? 1 : 0;
      if (frame.kind() == Frame.Kind.ROWS && isLookedAt(blocks.get(block).places)) {
        rows.add(new Rows(frame, blocks.get(block), rows.size()));
      }
    }
    return rows;
  }

  private static boolean isLookedAt(int[] places) {
    for (int place : places) {
      if (place >= 0) {
        return true;
      }
    }
    return false;
  }

  private void look(FrameSpool spool, Channel<Rows> queue, TextFinder finder) {
    CopyRow row = new CopyRow();
    byte[] compressed = new byte[0];
    byte[] text = new byte[0];
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      for (Rows rows = queue.take(); rows != null; rows = queue.take()) {
        SpooledFrame frame = rows.frame;
        compressed = compressed.length < frame.length() ? new byte[frame.length()] : compressed;
        text = text.length < frame.textLength() ? new byte[frame.textLength()] : text;
        spool.read(frame, compressed);
        int length =
            context.decompressByteArray(text, 0, frame.textLength(), compressed, 0, frame.length());
        look(rows, text, length, row, finder);
      }
    }
  }

  private static void look(Rows rows, byte[] text, int length, CopyRow row, TextFinder finder) {
    long number = rows.number << 23;
    for (int at = 0; at < length; number++) {
      at = row.split(text, at, length);
      for (int field = 0; field < rows.block.places.length; field++) {
        int place = rows.block.places[field];
        if (place >= 0
            && (rows.block.numbers.get(field)
                ? row.end(field) - row.start(field) >= SMALLEST_NUMBER
                : !row.isNull(field))) {
          row.select(field);
          finder.find(place, number, row.bytes(), row.from(), row.to());
        }
      }
    }
  }

  private DecantException leaked(List<Leak> leaks, List<Place> places) {
    StringBuilder message =
        new StringBuilder("Raw values of masked columns would leave, so nothing is published:");
    for (Leak leak : leaks) {
      Place place = places.get(leak.column());
      boolean ddl = !place.name.startsWith("column ");
      message
          .append("\n  ")
          .append(place.name)
          .append(ddl ? " has values of " : ": " + rows(leak) + " values of ")
          .append(masks.source(leak.source()).name());
    }
    return new DecantException(
        ErrorCode.LEAK_FOUND,
        message
            + "\nMask these columns too, or change the sql step or the DDL that copies the values."
            + " If the values are not personal, list them in trace.ignore of the policy, or write"
            + " trace: false into the rule of the column that they come from.");
  }

  private static String rows(Leak leak) {
    return leak.rows() == 1
        ? "1 row has"
        : (leak.rows() == Leak.MOST ? "at least " : "") + leak.rows() + " rows have";
  }

  @Override
  public void close() {
    values.close();
  }
}
