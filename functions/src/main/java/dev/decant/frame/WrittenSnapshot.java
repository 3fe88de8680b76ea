package dev.decant.frame;

import java.util.List;

/**
 * The result of {@link SnapshotWriter}.
 *
 * @param frames the frames in order with their offsets, without the seek table
 * @param size the size of the whole file in bytes, including the seek table
 * @param textSize the uncompressed size in bytes
 * @param sha256 the SHA-256 of the whole file in hex
 * @param md5 the MD5 of the whole file in hex
 */
public record WrittenSnapshot(
    List<Frame> frames, long size, long textSize, String sha256, String md5) {
  public WrittenSnapshot {
    frames = List.copyOf(frames);
  }
}
