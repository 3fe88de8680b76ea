package dev.decant.sanitize.leak;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.decant.copy.CopyRow;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.StatementTexts;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.frame.SpooledText;
import dev.decant.run.Channel;
import dev.decant.run.RunGuard;
import dev.decant.run.TaskGroup;
import dev.decant.trace.LeakSearch;
import dev.decant.trace.TextFinder;
import java.util.ArrayList;
import java.util.List;

/** Searches the finished frames of a snapshot for traced values: its statements and its rows. */
public final class FrameSearch {
  /** Numbers with fewer digits are not traced. */
  private static final int SMALLEST_NUMBER = 10;

  /** One row of so many is searched in the columns that a mask wrote as a whole. */
  private static final int SAMPLE = 16;

  private final FrameSpool spool;
  private final LeakSearch search;
  private final TracePlaces places;
  private final int jobs;
  private final RunGuard guard;

  public FrameSearch(
      FrameSpool spool, LeakSearch search, TracePlaces places, int jobs, RunGuard guard) {
    this.spool = spool;
    this.search = search;
    this.places = places;
    this.jobs = jobs;
    this.guard = guard;
  }

  /** A frame of rows, the columns of the rows, and its number. */
  private record Rows(SpooledFrame frame, TracePlaces.Block block, long number) {}

  /** Searches all frames. The candidates are then in the search. */
  public void run(List<SpooledFrame> frames) {
    List<Rows> rows = statements(frames);
    try (TaskGroup group = new TaskGroup("decant-trace", guard::check)) {
      Channel<Rows> queue = new Channel<>(group, jobs * 2);
      for (int i = 0; i < jobs; i++) {
        group.start(() -> rows(queue, search.finder()));
      }
      rows.forEach(queue::put);
      queue.finish();
      group.join();
    }
  }

  /** Searches the statements, and returns the frames of rows in their order. */
  private List<Rows> statements(List<SpooledFrame> frames) {
    List<TracePlaces.Block> blocks = new ArrayList<>();
    TextFinder finder = search.finder();
    List<SpooledFrame> statements =
        frames.stream().filter(f -> f.kind() != Frame.Kind.ROWS).toList();
    try (DumpReader reader = new DumpReader(new SpooledText(spool, statements))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case DumpPart.Statement statement -> find(finder, statement);
          case DumpPart.CopyStart copy -> {
            reader.skipRows();
            blocks.add(places.add(copy));
          }
          case DumpPart.End _ -> {}
        }
      }
    }
    List<Rows> rows = new ArrayList<>();
    int block = -1;
    for (SpooledFrame frame : frames) {
      block += frame.kind() == Frame.Kind.COPY ? 1 : 0;
      if (frame.kind() == Frame.Kind.ROWS && blocks.get(block).isSearched()) {
        rows.add(new Rows(frame, blocks.get(block), rows.size()));
      }
    }
    return rows;
  }

  private void find(TextFinder finder, DumpPart.Statement statement) {
    int place = places.add(statement);
    long line = statement.line();
    StatementTexts.of(
        statement, (text, from, to) -> finder.find(place, line, false, text, from, to));
    finder.find(place, line, false, statement.comment(), 0, statement.comment().length);
  }

  private void rows(Channel<Rows> queue, TextFinder finder) {
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
        rows(rows, text, length, row, finder);
      }
    }
  }

  private void rows(Rows rows, byte[] text, int length, CopyRow row, TextFinder finder) {
    TracePlaces.Block block = rows.block;
    int[] usual = block.fields(false);
    int[] sample = block.fields(true);
    long number = rows.number << 23;
    for (int at = 0; at < length; number++) {
      at = row.split(text, at, length);
      for (int field : number % SAMPLE == 0 ? sample : usual) {
        if (!row.isNull(field)) {
          field(block, row, field, number, finder);
        }
      }
    }
  }

  private void field(
      TracePlaces.Block block, CopyRow row, int field, long number, TextFinder finder) {
    int place = block.places()[field];
    WrittenColumn written = block.written()[field];
    if (written == null
        && block.numbers().get(field)
        && row.end(field) - row.start(field) < SMALLEST_NUMBER) {
      return;
    }
    row.select(field);
    byte[] bytes = row.bytes();
    int from = row.from();
    int to = row.to();
    boolean isWord = written == null || written.check(bytes, from, to);
    if (place >= 0) {
      if (!isWord && block.bySteps()) {
        finder.findAlone(place, number, bytes, from, to);
      }
      finder.find(place, number, places.isMasked(place), bytes, from, to);
    }
  }
}
