package dev.decant.inspect;

import dev.decant.copy.CopyRow;
import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.SampleMemory;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples the rows of one COPY block. It examines all of the first thousand rows, and then rows at
 * a growing distance. So it samples a large table from its beginning to its end, and examines only
 * a few thousand rows. Only one thread may use an instance.
 */
final class RowSampler {
  private static final int BATCH = 1 << 20;
  private static final long DENSE = 1_000;

  /** The number of sampled rows after which the distance doubles. */
  private static final int AT_ONE_DISTANCE = 250;

  private final SampleMemory memory;
  private final List<ColumnProfile> profiles = new ArrayList<>();
  private final CopyRow row = new CopyRow();
  private long rows;
  private long next;
  private long distance = 1;
  private int atThisDistance;

  /**
   * @param memory of all blocks of the source
   */
  RowSampler(SampleMemory memory) {
    this.memory = memory;
  }

  /** Reads the block to its end. */
  void read(DumpReader reader, Runnable each) {
    RowBatch batch = new RowBatch(BATCH);
    while (reader.readRows(batch)) {
      each.run();
      sample(batch);
    }
  }

  private void sample(RowBatch batch) {
    int at = 0;
    long end = rows + batch.rows();
    if (next >= end) {
      rows = end;
      return;
    }
    while (at < batch.length()) {
      int after = row.split(batch.bytes(), at, batch.length());
      if (rows == next) {
        add();
        step();
      }
      rows++;
      at = after;
    }
  }

  /** Examines one row, with its LF, of a sample that the caller made. */
  void take(byte[] bytes) {
    int _ = row.split(bytes, 0, bytes.length);
    add();
    rows++;
  }

  private void step() {
    if (rows >= DENSE && ++atThisDistance >= AT_ONE_DISTANCE) {
      distance *= 2;
      atThisDistance = 0;
    }
    next = rows + distance;
  }

  private void add() {
    for (int field = 0; field < row.fields(); field++) {
      if (profiles.size() <= field) {
        profiles.add(new ColumnProfile(memory));
      }
      ColumnProfile profile = profiles.get(field);
      if (row.isNull(field)) {
        profile.addNull();
      } else if (!profile.full()) {
        row.select(field);
        profile.add(
            new String(row.bytes(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8));
      }
    }
  }

  /** The profiles of the fields, in their order. */
  List<ColumnProfile> profiles() {
    return profiles;
  }

  /** The number of rows of the block. */
  long rows() {
    return rows;
  }
}
