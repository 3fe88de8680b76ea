package dev.decant.live;

import dev.decant.archive.Archive;
import dev.decant.archive.ArchiveData;
import dev.decant.archive.TocEntry;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.source.DumpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The text of a live database, as pg_dump would write it. pg_dump writes the table of contents, and
 * decant reads the rows over several connections.
 */
final class LiveContent implements DumpContent {
  private final LiveSession session;
  private final SnapshotReaders readers;
  private final InputStream contents;
  private final long total;
  private final Runnable checked;
  private final InputStream text;
  private final AtomicLong taken = new AtomicLong();

  /** Makes the data of the entries that pg_dump listed. */
  interface Data {
    /**
     * Makes the data.
     *
     * @param taken gets the bytes of tables that were read
     */
    ArchiveData of(List<TocEntry> entries, SnapshotReaders readers, LongConsumer taken);
  }

  /**
   * Opens the text.
   *
   * @param contents the table of contents that pg_dump writes, which this object closes
   * @param total the number of bytes of rows that are read, or -1 if none are
   * @param checked is called when the whole text was read
   */
  LiveContent(
      ServerAddress server,
      LiveSession session,
      InputStream contents,
      long total,
      Runnable checked,
      Data data) {
    this.session = session;
    this.readers = new SnapshotReaders(server, session);
    this.contents = contents;
    this.total = total;
    this.checked = checked;
    session.onLoss(this::end);
    this.text =
        Archive.contents(
            "The database " + server.database(),
            contents,
            entries -> data.of(entries, readers, taken::addAndGet));
  }

  @Override
  public InputStream text() {
    return text;
  }

  @Override
  public long total() {
    return total;
  }

  @Override
  public long taken() {
    return taken.get();
  }

  /** The locks and the snapshot must have been there until the end. */
  @Override
  public void check() {
    session.requireAlive();
    checked.run();
  }

  /** The state of the database has an identity, and no digest. */
  @Override
  public Optional<String> sha256() {
    return Optional.empty();
  }

  /** Ends every wait for the server. */
  private void end() {
    try (readers) {
      contents.close();
    } catch (IOException e) {
      throw unclosed(e);
    }
  }

  @Override
  public void close() {
    end();
    try {
      text.close();
    } catch (IOException e) {
      throw unclosed(e);
    }
  }

  private static DecantException unclosed(IOException e) {
    return new DecantException(ErrorCode.SOURCE_UNREADABLE, "The database could not be closed.", e);
  }
}
