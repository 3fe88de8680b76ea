package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;

/** Where the frames of one snapshot come from. For any number of threads. */
public interface FrameSource {
  /** How people find the snapshot's dump. */
  String location();

  /**
   * The compressed bytes of a frame, whose SHA-256 is the one that the manifest states. The array
   * is the caller's.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} where they are not
   */
  byte[] read(Frame frame);

  /** The error for a frame that is not what its manifest states. */
  static DecantException damaged(String location, Frame frame, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The frame at byte "
            + frame.offset()
            + " of "
            + location
            + " "
            + how
            + ". Nothing of it was used. Take another snapshot, or sanitize this one anew.");
  }

  /** Whether these bytes are the frame's. */
  static boolean matches(Frame frame, byte[] compressed) {
    return compressed.length == frame.length()
        && Digests.sha256(compressed, 0, compressed.length).equals(frame.sha256());
  }
}
