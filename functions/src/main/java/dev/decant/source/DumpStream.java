package dev.decant.source;

import dev.decant.archive.ArchiveFolder;
import dev.decant.error.DecantException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The text of a dump. The bytes of a source are decompressed if their content is zstd, gzip or lz4,
 * an archive of pg_dump becomes the text that pg_restore would print, and UTF-16 becomes UTF-8.
 * Content that cannot be a dump, for example another compression, is refused, and the message says
 * what to do. If a sidecar states an MD5, it is verified while the bytes are read.
 *
 * <p>{@link #text} and {@link #finish} throw INPUT_CUT, INPUT_CHECKSUM, INPUT_INVALID,
 * INPUT_UNSUPPORTED and the errors of the source. One thread reads; any thread may call {@link
 * #compressedRead}. If a zstd or gzip stream is cut exactly between two frames or members,
 * decompression cannot notice it. The size, the MD5 or the reader of the dump shows it then.
 */
public final class DumpStream implements AutoCloseable {
  private final String name;
  private final DumpContent content;
  private final @Nullable DumpStream schema;
  private @Nullable CountedText text;
  private boolean finished;

  private DumpStream(Source source, DumpContent content) {
    name = source.uri();
    this.content = content;
    boolean opened = false;
    try {
      schema = source.schema().map(DumpStream::open).orElse(null);
      opened = true;
    } finally {
      if (!opened) {
        content.close();
      }
    }
  }

  private static DumpContent content(Source source) {
    DumpContent text = source.content();
    if (text != null) {
      return text;
    }
    ArchiveFolder folder = source.folder();
    return folder == null
        ? new FileContent(source)
        : new FolderContent(source.uri(), folder, source.size());
  }

  /** Opens the source and recognizes its kind. The caller closes both. */
  public static DumpStream open(Source source) {
    return new DumpStream(source, content(source));
  }

  /** As {@link #open}, but without the rows if the source can leave them out. */
  public static DumpStream openOutline(Source source) {
    Supplier<DumpContent> withoutRows = source.textWithoutRows();
    return withoutRows == null ? open(source) : new DumpStream(source, withoutRows.get());
  }

  /**
   * The text of the dump. Its reads throw no exception but {@link DecantException}. It belongs to
   * this object, and the caller need not close it.
   */
  public InputStream text() {
    if (text == null) {
      text = new CountedText(content.text());
    }
    return text;
  }

  /** The number of bytes of the text that were read. Only the thread that reads them may ask. */
  public long textRead() {
    return text == null ? 0 : text.count();
  }

  /** The text with the schema of a dump that has only rows, or null. It belongs to this object. */
  public @Nullable InputStream schemaText() {
    return schema == null ? null : schema.text();
  }

  /** The number of raw bytes that were consumed. */
  public long compressedRead() {
    return content.taken();
  }

  /** The number of all raw bytes, or -1 if it is not known. */
  public long compressedTotal() {
    return content.total();
  }

  /**
   * Checks at the end of the text that all bytes came and that a stated MD5 is right.
   *
   * @throws IllegalStateException if the text was not read to its end
   */
  public void finish() {
    if (finished) {
      return;
    }
    try {
      if (text().read() >= 0) {
        throw new IllegalStateException("finish() before the end of the text of " + name);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // the streams of this package throw none
    }
    content.check();
    if (schema != null) {
      schema.finish();
    }
    finished = true;
  }

  /**
   * The SHA-256 in hex, for sources without an ETag: of the raw bytes of a file, or of the list of
   * the digests of a folder's files, which {@link dev.decant.archive.FolderArchive#digest}
   * describes. Call it only after {@link #finish}.
   */
  public Optional<String> sha256() {
    if (!finished) {
      throw new IllegalStateException("sha256() before finish()");
    }
    return content.sha256();
  }

  @Override
  public void close() {
    try (schema) {
      content.close();
    }
  }
}
