package dev.decant.source;

import dev.decant.archive.Archive;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.ByteBlocks;
import dev.decant.stream.Digests;
import dev.decant.stream.GzipText;
import dev.decant.stream.HeadedText;
import dev.decant.stream.Lz4Text;
import dev.decant.stream.PlainText;
import dev.decant.stream.ReadAhead;
import dev.decant.stream.StreamBlocks;
import dev.decant.stream.Utf16Text;
import dev.decant.stream.ZstdText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file or stream. Its first bytes show its kind. A digest is computed over the
 * raw bytes while they are read.
 */
final class FileContent implements DumpContent {
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

  FileContent(Source source) {
    name = source.uri();
    total = source.size();
    statedMd5 = source.statedMd5().orElse(null);
    hasSha256 = source.etag() == null;
    raw = new ReadAhead(name, source.open(), ContentKind.HEAD, digests());
    @Nullable InputStream made = null;
    boolean opened = false;
    try {
      ContentKind kind = kind(firstBlock(), "");
      made = decoder(kind);
      decoded = made;
      text =
          decoded instanceof PlainText
              ? plain(kind, raw, source.rereadable() ? source::open : null)
              : checked(decoded);
      opened = true;
    } finally {
      if (!opened) {
        raw.close();
        close(made);
      }
    }
  }

  /** A decoder may hold gigabytes outside of the heap, which no collection frees. */
  private static void close(@Nullable InputStream stream) {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // the streams of this package throw none
    }
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
    return raw.taken();
  }

  @Override
  public void check() {
    if (total >= 0 && raw.taken() != total) {
      throw new DecantException(
          ErrorCode.INPUT_CUT,
          String.format(
              Locale.ROOT,
              "%s is cut: only %,d of its %,d bytes arrived. Run the command again.",
              name,
              raw.taken(),
              total));
    }
    checkMd5();
    sha256Hex = hasSha256 ? Digests.hex(sha256) : null;
  }

  @Override
  public Optional<String> sha256() {
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
              "%s does not match %s.md5: its MD5 is %s, but %s is stated. Copy or upload both files"
                  + " again.",
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

  /** Returns the first bytes of the source without consuming them. */
  private byte[] firstBlock() {
    raw.advance();
    ByteBuffer view = raw.current().duplicate();
    byte[] head = new byte[Math.min(view.remaining(), ContentKind.HEAD)];
    view.get(head);
    ContentKind cut = head.length == 0 ? null : ContentKind.cutMagic(head);
    if (cut != null) {
      String part =
          switch (cut) {
            case ZSTD -> "zstd frame";
            case LZ4 -> "lz4 frame";
            default -> "gzip member";
          };
      throw new DecantException(ErrorCode.INPUT_CUT, ZstdText.cut(name, head.length, part));
    }
    return head;
  }

  private InputStream decoder(ContentKind kind) {
    return switch (kind) {
      case ZSTD -> new ZstdText(name, raw);
      case GZIP -> new GzipText(name, raw);
      case LZ4 -> new Lz4Text(name, raw);
      default -> new PlainText(raw);
    };
  }

  /** Also checks the first bytes of the decompressed content, which may be an archive. */
  private InputStream checked(InputStream inside) {
    byte[] head = readHead(inside);
    ContentKind kind = kind(head, "is compressed, and its content ");
    InputStream whole = new HeadedText(head, inside);
    return switch (kind) {
      case TEXT -> whole;
      case UTF16_LE, UTF16_BE -> utf16(kind, whole);
      case ARCHIVE, ARCHIVE_IN_TAR -> plain(kind, new StreamBlocks(name, whole), null);
      default ->
          throw new DecantException(
              ErrorCode.INPUT_UNSUPPORTED,
              name
                  + " is compressed twice. Decompress it once and pipe the result: … | decant … -");
    };
  }

  /**
   * The text of content that is not compressed, or no more.
   *
   * @param openAt opens the content at an offset, or null if it can only be read in sequence
   */
  private InputStream plain(
      ContentKind kind, ByteBlocks content, @Nullable LongFunction<InputStream> openAt) {
    return switch (kind) {
      case ARCHIVE -> Archive.custom(name, content, openAt);
      case ARCHIVE_IN_TAR -> Archive.tar(name, content);
      case UTF16_LE, UTF16_BE -> utf16(kind, new PlainText(content));
      default -> new PlainText(content);
    };
  }

  private InputStream utf16(ContentKind kind, InputStream content) {
    boolean little = kind == ContentKind.UTF16_LE;
    return new Utf16Text(name, content, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
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
      throw new IllegalStateException(e); // the streams of this package throw none
    }
  }

  @Override
  public void close() {
    raw.close();
    close(text); // it stops the thread that reads an archive out of the decompressed bytes
    close(decoded);
  }
}
