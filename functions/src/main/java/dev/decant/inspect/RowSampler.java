package dev.decant.inspect;

import dev.decant.copy.CopyRow;
import dev.decant.detect.ColumnProfile;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples the rows of one COPY block: all of the first thousand, then fewer and fewer, so that a
 * large table is sampled from its beginning to its end and no more than some thousand rows of it
 * are looked at. For one thread.
 */
final class RowSampler {
  private static final int BATCH = 1 << 20;
  private static final long DENSE = 1_000;

  /** After so many sampled rows at one distance, the distance doubles. */
  private static final int AT_ONE_DISTANCE = 250;

  private final List<ColumnProfile> profiles = new ArrayList<>();
  private final CopyRow row = new CopyRow();
  private long rows;
  private long next;
  private long distance = 1;
  private int atThisDistance;

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
        add(batch.carriageReturns());
        step();
      }
      rows++;
      at = after;
    }
  }

  private void step() {
    if (rows >= DENSE && ++atThisDistance >= AT_ONE_DISTANCE) {
      distance *= 2;
      atThisDistance = 0;
    }
    next = rows + distance;
  }

  private void add(boolean carriageReturns) {
    for (int field = 0; field < row.fields(); field++) {
      if (profiles.size() <= field) {
        profiles.add(new ColumnProfile());
      }
      ColumnProfile profile = profiles.get(field);
      if (row.isNull(field)) {
        profile.addNull();
      } else if (!profile.full()) {
        row.select(field);
        int to = row.to();
        boolean cut = carriageReturns && field == row.fields() - 1 && to > row.from();
        profile.add(
            new String(
                row.bytes(), row.from(), (cut ? to - 1 : to) - row.from(), StandardCharsets.UTF_8));
      }
    }
  }

  /** The profiles of the fields, in their order. */
  List<ColumnProfile> profiles() {
    return profiles;
  }

  /** The rows of the block. */
  long rows() {
    return rows;
  }
}
