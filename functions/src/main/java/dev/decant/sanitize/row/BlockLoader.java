package dev.decant.sanitize.row;

import dev.decant.dump.DumpReader;

/** Brings the rows of the COPY blocks of a run into its scratch database and its frames. */
public interface BlockLoader extends AutoCloseable {
  /**
   * Reads the rows of a block to their end, and brings them or those that belong to the block to
   * their places. Their work may not have ended when this method returns.
   */
  void load(DumpReader reader, CopyBlock block);

  /** Waits until the rows of all blocks are in their places. */
  void finish();

  /** Ends the work that still runs after a failure. */
  @Override
  void close();
}
