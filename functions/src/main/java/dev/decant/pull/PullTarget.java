package dev.decant.pull;

import dev.decant.postgres.FoundServer;
import java.io.OutputStream;
import java.nio.file.Path;

/** The place that a snapshot is pulled into. */
public sealed interface PullTarget {
  /** A new database of a server. */
  record OnServer(FoundServer server, DatabaseNaming naming) implements PullTarget {}

  /**
   * A plain dump. The suffixes {@code .zst} and {@code .gz} say how it is compressed. The file gets
   * its name once it is complete.
   */
  record ToFile(Path file, boolean overwrite) implements PullTarget {}

  /** A plain dump that is written to a stream, which the caller closes. */
  record ToStream(OutputStream stream) implements PullTarget {}
}
