package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.policy.CheckedPolicy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.sanitize.output.DumpOutline;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchServer;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The disk space that a run needs for the scratch database and the frames. It is checked before
 * rows are loaded, and it is named in the error of a disk that became full nevertheless.
 */
final class ScratchDisk {
  private final Source source;
  private final ScratchServer server;
  private final Path workFolder;

  /** The estimated size of the scratch database in bytes; 0 until {@link #require} is called. */
  private long scratchBytes;

  ScratchDisk(Source source, ScratchServer server, Path workFolder) {
    this.source = source;
    this.server = server;
    this.workFolder = workFolder;
  }

  /**
   * Throws if the disks are too small for the rows.
   *
   * @param stream the dump, which has been read up to the first row
   */
  void require(CheckedPolicy policy, @Nullable DumpOutline outline, DumpStream stream) {
    Map<TableName, Long> stated = source.rowBytes();
    Map<TableName, Long> known = stated.isEmpty() && outline != null ? outline.copied() : stated;
    long rowBytes = known.isEmpty() ? estimatedRowBytes(stream) : loadedRowBytes(policy, known);
    scratchBytes = DiskEstimate.scratch(rowBytes);
    DiskEstimate.require(
        rowBytes,
        server.freeBytes(),
        DiskFull.free(workFolder),
        server.folder().isPresent() && DiskEstimate.sameDisk(server.folder().get(), workFolder));
  }

  private static long loadedRowBytes(CheckedPolicy policy, Map<TableName, Long> known) {
    return known.entrySet().stream()
        .filter(e -> !policy.truncated().contains(e.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Assumes that the rest of the dump compresses as well as the part that was read. */
  private static long estimatedRowBytes(DumpStream stream) {
    long read = Math.max(1, stream.compressedRead());
    return (long) (Math.max(0, stream.compressedTotal()) * ((double) stream.textRead() / read));
  }

  /**
   * If the error says that the disk of an embedded scratch server is full, returns an error that
   * also names the server's folder and the space that it needs. Otherwise returns the same error.
   */
  DecantException explain(DecantException e) {
    String message = String.valueOf(e.getMessage());
    if (e.code() != ErrorCode.DISK_FULL
        || server.folder().isEmpty()
        || !message.contains(DatabaseErrors.DISK_FULL)) {
      return e;
    }
    DecantException full =
        DiskFull.error(
            server.folder().get(),
            scratchBytes,
            "the scratch database",
            "Set --work or DECANT_WORK to a folder on a larger disk, put the scratch database on a"
                + " server (--scratch postgresql://USER@HOST/DB), or truncate tables in the"
                + " policy.",
            null);
    return new DecantException(ErrorCode.DISK_FULL, message + " " + full.getMessage());
  }
}
