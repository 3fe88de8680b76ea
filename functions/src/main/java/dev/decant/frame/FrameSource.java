package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;

/** The source of the frames of one snapshot. Any number of threads may use it. */
public interface FrameSource {
  /** The location of the dump, for messages. */
  String location();

  /**
   * Reads the compressed bytes of a frame and checks their SHA-256. The array belongs to the
   * caller.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} if the bytes do not match the
   *     manifest
   */
  byte[] read(Frame frame);

  /** The error for a frame that does not match its manifest. */
  static DecantException damaged(String location, Frame frame, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The frame at byte "
            + frame.offset()
            + " of "
            + location
            + " "
            + how
            + ". No row of this frame was used. Take another snapshot, or sanitize this one"
            + " again.");
  }

  /** Whether these are the bytes of the frame. */
  static boolean matches(Frame frame, byte[] compressed) {
    return compressed.length == frame.length()
        && Digests.sha256(compressed, 0, compressed.length).equals(frame.sha256());
  }
}
