package dev.decant.sanitize.leak;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.decant.copy.CopyRow;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.trace.TextFinder;

/** Searches the rows of frames for traced values. One thread uses an instance. */
final class RowSearch implements AutoCloseable {
  /** Numbers with fewer digits are not traced. */
  private static final int SMALLEST_NUMBER = 10;

  /** One row of so many is searched in the columns that a mask wrote as a whole. */
  private static final int SAMPLE = 16;

  private final FrameSpool spool;
  private final TracePlaces places;
  private final TextFinder finder;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final CopyRow row = new CopyRow();
  private byte[] compressed = new byte[0];
  private byte[] text = new byte[0];

  RowSearch(FrameSpool spool, TracePlaces places, TextFinder finder) {
    this.spool = spool;
    this.places = places;
    this.finder = finder;
  }

  /** A frame of rows, the columns of the rows, and a number that no other frame has. */
  record Rows(SpooledFrame frame, TracePlaces.Block block, long number) {}

  /** Searches a frame. */
  void search(Rows rows) {
    SpooledFrame frame = rows.frame;
    compressed = compressed.length < frame.length() ? new byte[frame.length()] : compressed;
    text = text.length < frame.textLength() ? new byte[frame.textLength()] : text;
    spool.read(frame, compressed);
    int length =
        context.decompressByteArray(text, 0, frame.textLength(), compressed, 0, frame.length());
    TracePlaces.Block block = rows.block;
    int[] usual = block.fields(false);
    int[] sample = block.fields(true);
    long number = rows.number << 23;
    for (int at = 0; at < length; number++) {
      at = row.split(text, at, length);
      for (int field : number % SAMPLE == 0 ? sample : usual) {
        if (!row.isNull(field)) {
          field(block, field, number);
        }
      }
    }
  }

  private void field(TracePlaces.Block block, int field, long number) {
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

  @Override
  public void close() {
    context.close();
  }
}
