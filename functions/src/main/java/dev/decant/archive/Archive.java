package dev.decant.archive;

import dev.decant.stream.ByteBlocks;
import dev.decant.stream.PlainText;
import dev.decant.stream.StreamBlocks;
import dev.decant.stream.TextPipe;
import dev.decant.stream.TextSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns an archive of pg_dump in one file into the plain text that pg_restore would print. A thread
 * of its own reads and decompresses the archive ahead of the reader of the text. The raw bytes are
 * read to their end. The caller closes the stream, which stops the thread, before it closes the raw
 * bytes.
 */
public final class Archive {
  private static final String THREAD = "decant-archive";

  private Archive() {}

  /**
   * The text of an archive in the custom format.
   *
   * @param name the archive in messages
   * @param openAt opens the archive at an offset, or null if it can only be read in sequence
   */
  public static InputStream custom(
      String name, ByteBlocks raw, @Nullable LongFunction<InputStream> openAt) {
    return new TextPipe(
        THREAD,
        sink -> {
          ArchiveInput input = new ArchiveInput(name, raw);
          Toc toc = Toc.read(input);
          if (toc.header().format() != ArchiveHeader.CUSTOM) {
            throw ArchiveProblem.unsupported(
                name,
                "is the table of contents of an archive in the directory format. Name its folder"
                    + " as the source.");
          }
          write(name, toc, new CustomData(input, toc.header().compression(), openAt), sink);
          readRest(raw);
        });
  }

  /** The text of an archive in the tar format. */
  public static InputStream tar(String name, ByteBlocks raw) {
    return new TextPipe(
        THREAD,
        sink -> {
          TarData data = new TarData(name, new PlainText(raw));
          write(name, data.toc(), data, sink);
          readRest(raw);
        });
  }

  /**
   * The text of a database, for which pg_dump wrote a custom archive. Only the table of contents of
   * the archive is read, and then {@code archive} is closed. The data comes from elsewhere.
   *
   * @param data gets the entries, whose strings are in UTF-8 if the archive is
   */
  public static InputStream contents(
      String name, InputStream archive, Function<List<TocEntry>, ArchiveData> data) {
    return new TextPipe(
        THREAD,
        sink -> {
          Toc toc = contents(name, archive);
          write(name, toc, data.apply(toc.entries()), sink);
        });
  }

  private static Toc contents(String name, InputStream archive) {
    try (archive) {
      return Toc.read(new ArchiveInput(name, new StreamBlocks(name, archive)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the caller's stream throws none at its end
    }
  }

  private static void write(String name, Toc toc, ArchiveData data, TextSink sink) {
    try (data) {
      new ArchiveScript(name, toc, data, sink).write();
    }
  }

  /** Digests need all bytes. A custom archive may have a second table of contents at its end. */
  private static void readRest(ByteBlocks raw) {
    while (raw.advance()) {
      raw.current().position(raw.current().limit());
    }
  }
}
