package dev.decant.source;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import dev.decant.stream.GzipText;
import dev.decant.stream.HeadedText;
import dev.decant.stream.PlainText;
import dev.decant.stream.ReadAhead;
import dev.decant.stream.ZstdText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a dump: a source's bytes, decompressed where they are zstd or gzip, which their
 * content tells. What cannot be a plain dump (an archive, another compression, nothing) is refused
 * with a word on what to do. A stated MD5 is verified on the way.
 *
 * <p>Errors in {@link #text} and {@link #finish}: INPUT_CUT, INPUT_CHECKSUM, INPUT_INVALID,
 * INPUT_UNSUPPORTED, and those of the source. One thread reads; {@link #compressedRead} is for any.
 * A zstd or gzip stream that is cut exactly between two frames or members is complete to
 * decompression: only the size, the MD5 or the reader of the dump can tell.
 */
public final class DumpStream implements AutoCloseable {
  private final String name;
  private final long total;
  private final @Nullable String statedMd5;
  private final MessageDigest md5 = Digests.md5();
  private final MessageDigest sha256 = Digests.sha256();
  private final boolean hasSha256;
  private final ReadAhead raw;
  private final InputStream decoded;
  private final InputStream text;
  private @Nullable String sha256Hex;
  private boolean finished;

  private DumpStream(Source source) {
    name = source.uri();
    total = source.size();
    statedMd5 = source.statedMd5().orElse(null);
    hasSha256 = source.etag() == null;
    raw = new ReadAhead(name, source.open(), ContentKind.HEAD, digests());
    boolean opened = false;
    try {
      decoded = decoder(kind(firstBlock(), ""));
      text = checked(decoded);
      opened = true;
    } finally {
      if (!opened) {
        raw.close();
      }
    }
  }

  /** Opens the source and tells what it is. The caller closes both. */
  public static DumpStream open(Source source) {
    return new DumpStream(source);
  }

  /**
   * The dump's text to its end. Its reads throw {@link DecantException} only. Belongs to this
   * stream: nobody else need close it.
   */
  public InputStream text() {
    return text;
  }

  /** Raw bytes consumed so far. */
  public long compressedRead() {
    return raw.taken();
  }

  /** Raw bytes in all, or -1 where unknown. */
  public long compressedTotal() {
    return total;
  }

  /**
   * To be called at the text's end: everything was there, and the stated MD5 is the right one.
   *
   * @throws IllegalStateException where text is left
   */
  public void finish() {
    if (finished) {
      return;
    }
    if (readQuietly(decoded, new byte[1]) >= 0) {
      throw new IllegalStateException("finish() before the end of the text of " + name);
    }
    if (total >= 0 && raw.taken() != total) {
      throw new DecantException(
          ErrorCode.INPUT_CUT,
          String.format(
              Locale.ROOT,
              "%s is cut: %,d of %,d bytes came. Run again.",
              name,
              raw.taken(),
              total));
    }
    checkMd5();
    sha256Hex = hasSha256 ? Digests.hex(sha256) : null;
    finished = true;
  }

  /** SHA-256 of the raw bytes, hex, for sources without an ETag; after {@link #finish} only. */
  public Optional<String> sha256() {
    if (!finished) {
      throw new IllegalStateException("sha256() before finish()");
    }
    return Optional.ofNullable(sha256Hex);
  }

  private void checkMd5() {
    if (statedMd5 == null) {
      return;
    }
    String actual = Digests.hex(md5);
    if (!actual.equals(statedMd5)) {
      throw new DecantException(
          ErrorCode.INPUT_CHECKSUM,
          String.format(
              Locale.ROOT,
              "%s does not match %s.md5: MD5 %s, stated %s. Copy or upload both again.",
              name,
              name,
              actual,
              statedMd5));
    }
  }

  private List<MessageDigest> digests() {
    List<MessageDigest> wanted = new ArrayList<>();
    if (statedMd5 != null) {
      wanted.add(md5);
    }
    if (hasSha256) {
      wanted.add(sha256);
    }
    return wanted;
  }

  /** The first bytes of the source, without consuming them. */
  private byte[] firstBlock() {
    raw.advance();
    ByteBuffer view = raw.current().duplicate();
    byte[] head = new byte[Math.min(view.remaining(), ContentKind.HEAD)];
    view.get(head);
    ContentKind cut = head.length == 0 ? null : ContentKind.cutMagic(head);
    if (cut != null) {
      String part = cut == ContentKind.ZSTD ? "zstd frame" : "gzip member";
      throw new DecantException(ErrorCode.INPUT_CUT, ZstdText.cut(name, head.length, part));
    }
    return head;
  }

  private InputStream decoder(ContentKind kind) {
    return switch (kind) {
      case ZSTD -> new ZstdText(name, raw);
      case GZIP -> new GzipText(name, raw);
      default -> new PlainText(raw);
    };
  }

  /** Looks at the first bytes inside the compression too: an archive may be in there. */
  private InputStream checked(InputStream inside) {
    if (inside instanceof PlainText) {
      return inside;
    }
    byte[] head = readHead(inside);
    ContentKind kind = kind(head, "decompressed, ");
    if (kind != ContentKind.TEXT) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          name + " is compressed twice. Decompress it once and pipe it: … | decant … -");
    }
    return new HeadedText(head, inside);
  }

  private ContentKind kind(byte[] head, String when) {
    ContentKind kind = ContentKind.of(head);
    String refusal = kind.refusal();
    if (refusal != null) {
      throw new DecantException(ErrorCode.INPUT_UNSUPPORTED, name + " " + when + refusal);
    }
    return kind;
  }

  private static byte[] readHead(InputStream stream) {
    try {
      return stream.readNBytes(ContentKind.HEAD);
    } catch (IOException e) {
      throw new IllegalStateException(e); // ours throw none
    }
  }

  private static int readQuietly(InputStream stream, byte[] bytes) {
    try {
      return stream.read(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e); // ours throw none
    }
  }

  @Override
  public void close() {
    raw.close();
    try {
      decoded.close();
    } catch (IOException e) {
      throw new IllegalStateException(e); // ours throw none
    }
  }
}
