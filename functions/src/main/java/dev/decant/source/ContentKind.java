package dev.decant.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a file, which its first bytes show. The name of the file does not count.
 *
 * <p>Magic numbers: RFC 8878 (zstd), RFC 1952 (gzip), POSIX ustar, and the {@code file} command's
 * database for the others.
 */
enum ContentKind {
  ZSTD(0, "28b52ffd", null),
  GZIP(0, "1f8b", null),
  LZ4(0, "04224d18", null),
  EMPTY(0, "", "is empty. Check whether the dump was cut short, or another file was meant."),
  ARCHIVE(0, ascii("PGDMP"), null),
  ARCHIVE_IN_TAR(0, "746f632e64617400", null),
  TAR(
      257,
      ascii("ustar"),
      "is a tar archive that pg_dump -Ft did not make. If it holds the folder of pg_dump -Fd,"
          + " unpack it with tar -xf FILE, and name the folder. If it holds a plain dump, pipe"
          + " that: tar -xOf FILE DUMP | decant sanitize - --name NAME"),
  ZIP(
      0,
      "504b0304",
      "is a zip archive. If it holds the folder of pg_dump -Fd, unpack it, and name the folder. If"
          + " it holds a plain dump, pipe that: unzip -p FILE DUMP | decant sanitize - --name"
          + " NAME"),
  BZIP2(
      0,
      ascii("BZh"),
      "is compressed by bzip2. Pipe it: bzip2 -dc FILE | decant sanitize - --name NAME"),
  XZ(
      0,
      "fd377a585a00",
      "is compressed by xz. Pipe it: xz -dc FILE | decant sanitize - --name NAME"),
  SEVEN_ZIP(
      0,
      "377abcaf271c",
      "is a 7z archive. Pipe the plain dump that it holds: 7z x -so FILE | decant sanitize - --name"
          + " NAME"),
  AGE(
      0,
      ascii("age-encryption.org"),
      "is encrypted by age. Pipe it: age -d FILE | decant sanitize - --name NAME"),
  PGP(
      0,
      ascii("-----BEGIN PGP"),
      "is encrypted by PGP. Pipe it: gpg -d FILE | decant sanitize - --name NAME"),
  OPENSSL(
      0,
      ascii("Salted__"),
      "is encrypted by openssl. Decrypt it and pipe it: … | decant sanitize - --name NAME"),
  UTF16_LE(0, "fffe", null),
  UTF16_BE(0, "feff", null),
  BINARY(
      0,
      "",
      "is neither text, nor compressed by zstd, gzip or lz4, nor an archive of pg_dump. Name a dump"
          + " of pg_dump."),
  TEXT(0, "", null);

  /** The number of first bytes that suffice to recognize every kind. */
  static final int HEAD = 512;

  private final int offset;
  private final String magic;
  private final @Nullable String refusal;

  ContentKind(int offset, String magic, @Nullable String refusal) {
    this.offset = offset;
    this.magic = magic;
    this.refusal = refusal;
  }

  /**
   * The end of an error message, which says what the file is and what to do. Null for the kinds
   * that decant reads.
   */
  @Nullable String refusal() {
    return refusal;
  }

  /**
   * Recognizes the kind by the first bytes.
   *
   * @param head at least {@link #HEAD} bytes, or all bytes of a shorter file
   */
  static ContentKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    if (isSkippableZstd(head)) {
      return ZSTD;
    }
    for (ContentKind kind : values()) {
      if (!kind.magic.isEmpty() && kind.matches(head)) {
        return kind;
      }
    }
    return isText(head) ? TEXT : BINARY;
  }

  /**
   * The compression of which these bytes are an incomplete magic number, or null.
   *
   * @param head all bytes of the file
   */
  static @Nullable ContentKind cutMagic(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    for (ContentKind kind : List.of(ZSTD, GZIP, LZ4)) {
      if (kind.magic.startsWith(hex) && !hex.equals(kind.magic)) {
        return kind;
      }
    }
    return null;
  }

  private boolean matches(byte[] head) {
    byte[] wanted = HexFormat.of().parseHex(magic);
    int end = offset + wanted.length;
    return head.length >= end && Arrays.equals(head, offset, end, wanted, 0, wanted.length);
  }

  /** A zstd file may begin with a skippable frame, whose magic is 0x184D2A50 to 0x184D2A5F. */
  private static boolean isSkippableZstd(byte[] head) {
    return head.length >= 4
        && (head[0] & 0xf0) == 0x50
        && head[1] == 0x2a
        && head[2] == 0x4d
        && head[3] == 0x18;
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
