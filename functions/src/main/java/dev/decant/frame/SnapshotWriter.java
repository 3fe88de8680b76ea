package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.run.Prefetch;
import dev.decant.store.SnapshotStore.Upload;
import dev.decant.stream.Digests;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a snapshot: first its frames in order, then the {@link SeekTable}. Each frame is checked
 * against the digest that was computed when it was made, so nothing is published if the disk has
 * damaged a frame meanwhile.
 */
public final class SnapshotWriter {
  /** The frames of a store that are read ahead. A frame has a few megabytes. */
  private static final int AHEAD = 6;

  private final FrameSpool spool;
  private final Upload upload;
  private final MessageDigest sha256 = Digests.sha256();
  private final MessageDigest md5 = Digests.md5();
  private final List<Frame> written = new ArrayList<>();
  private long offset;
  private long textSize;
  private byte[] buffer = new byte[0];

  private SnapshotWriter(FrameSpool spool, Upload upload) {
    this.spool = spool;
    this.upload = upload;
  }

  /**
   * Writes everything. The caller commits, and closes the spool and the upload.
   *
   * @param progress is advanced by the written bytes, in a stage that the caller began
   */
  public static WrittenSnapshot write(
      List<SpooledFrame> frames, FrameSpool spool, Upload upload, Progress progress) {
    SnapshotWriter writer = new SnapshotWriter(spool, upload);
    if (frames.stream().allMatch(frame -> frame.key() == null)) {
      for (SpooledFrame frame : frames) {
        writer.write(frame);
        progress.advance(frame.length(), null);
      }
    } else {
      writer.writeAhead(frames, progress);
    }
    return writer.end();
  }

  /** Reads several frames at the same time, because each frame in a store takes a request. */
  private void writeAhead(List<SpooledFrame> frames, Progress progress) {
    Iterator<SpooledFrame> next = frames.iterator();
    try (Prefetch<SpooledFrame, byte[]> fetched =
        new Prefetch<>(AHEAD, () -> next.hasNext() ? next.next() : null, this::read, () -> {})) {
      for (var each = fetched.next(); each != null; each = fetched.next()) {
        write(each.key(), each.value());
        progress.advance(each.key().length(), null);
      }
    }
  }

  private byte[] read(SpooledFrame frame) {
    byte[] compressed = new byte[frame.length()];
    spool.read(frame, compressed);
    return compressed;
  }

  private void write(SpooledFrame frame) {
    if (buffer.length < frame.length()) {
      buffer = new byte[frame.length()];
    }
    spool.read(frame, buffer);
    write(frame, buffer);
  }

  private void write(SpooledFrame frame, byte[] compressed) {
    if (!Digests.sha256(compressed, 0, frame.length()).equals(frame.sha256())) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          "A frame changed while it waited in the work folder, so nothing is published. Check the"
              + " disk of the folder DECANT_WORK, then run the command again.");
    }
    write(compressed, frame.length());
    written.add(frame.at(offset));
    offset += frame.length();
    textSize += frame.textLength();
  }

  private WrittenSnapshot end() {
    byte[] table =
        SeekTable.encode(
            written.stream().map(f -> new SeekTable.Entry(f.length(), f.textLength())).toList());
    write(table, table.length);
    return new WrittenSnapshot(
        written, offset + table.length, textSize, Digests.hex(sha256), Digests.hex(md5));
  }

  private void write(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
    md5.update(bytes, 0, length);
    upload.write(bytes, 0, length);
  }
}
