package dev.decant.frame;

import java.util.List;

/**
 * What {@link SnapshotWriter} wrote.
 *
 * @param frames in order, with their offsets; without the seek table
 * @param size of the whole file, bytes, the seek table included
 * @param textSize uncompressed, bytes
 * @param sha256 of the whole file, hex
 * @param md5 of the whole file, hex
 */
public record WrittenSnapshot(
    List<Frame> frames, long size, long textSize, String sha256, String md5) {
  public WrittenSnapshot {
    frames = List.copyOf(frames);
  }
}
