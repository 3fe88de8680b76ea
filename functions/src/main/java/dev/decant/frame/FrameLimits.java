package dev.decant.frame;

import com.github.luben.zstd.Zstd;

/** The usual size of a frame, and the largest sizes that one can have. */
public final class FrameLimits {
  /** The approximate size of the text of a frame, in bytes. */
  public static final int USUAL_TEXT = 8 << 20;

  /**
   * The longest text of a frame, in bytes. PostgreSQL sends and takes no row above 1 GiB, and a
   * frame ends with the row that fills it.
   */
  static final long LONGEST_TEXT = (1L << 30) + (64 << 20);

  private FrameLimits() {}

  /** Refuses sizes that no frame can have, before memory is allocated for them. */
  static void check(String location, Frame frame) {
    if (frame.textLength() < 0
        || frame.textLength() > LONGEST_TEXT
        || frame.length() < 0
        || frame.length() > Zstd.compressBound(LONGEST_TEXT)) {
      throw FrameSource.damaged(location, frame, "is larger than any frame can be");
    }
  }
}
