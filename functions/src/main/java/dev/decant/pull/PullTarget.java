package dev.decant.pull;

import dev.decant.postgres.FoundServer;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where a pulled snapshot goes. */
public sealed interface PullTarget {
  /** Into a new database of a server. */
  record OnServer(FoundServer server, DatabaseNaming naming) implements PullTarget {}

  /**
   * Into a plain dump: {@code .zst} and {@code .gz} say how it is compressed. It is there only once
   * it is whole.
   */
  record ToFile(Path file, boolean overwrite) implements PullTarget {}

  /** As a plain dump to a stream, which is the caller's. */
  record ToStream(OutputStream stream) implements PullTarget {}
}
