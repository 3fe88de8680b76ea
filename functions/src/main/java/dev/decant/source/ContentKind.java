package dev.decant.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, told by its first bytes and never by its name.
 *
 * <p>Magic numbers: RFC 8878 (zstd), RFC 1952 (gzip), POSIX ustar, and the {@code file} command's
 * database for the others.
 */
enum ContentKind {
  ZSTD(0, "28b52ffd", null),
  GZIP(0, "1f8b", null),
  EMPTY(0, "", "is empty. Was the dump cut, or the wrong file named?"),
  ARCHIVE(0, ascii("PGDMP"), "is a pg_dump archive (-Fc). " + Advice.RESTORE),
  ARCHIVE_IN_TAR(0, "746f632e64617400", "is a pg_dump archive (-Ft). " + Advice.RESTORE),
  TAR(
      257,
      ascii("ustar"),
      "is a tar archive. Pipe the plain dump inside: tar -xOf FILE DUMP | decant sanitize - --name"
          + " NAME"),
  ZIP(
      0,
      "504b0304",
      "is a zip archive. Pipe the plain dump inside: unzip -p FILE | decant sanitize - --name"
          + " NAME"),
  BZIP2(
      0,
      ascii("BZh"),
      "is compressed by bzip2. Pipe it: bzip2 -dc FILE | decant sanitize - --name NAME"),
  XZ(
      0,
      "fd377a585a00",
      "is compressed by xz. Pipe it: xz -dc FILE | decant sanitize - --name NAME"),
  LZ4(0, "04224d18", "is compressed by lz4. Pipe it: lz4 -dc FILE | decant sanitize - --name NAME"),
  SEVEN_ZIP(
      0,
      "377abcaf271c",
      "is a 7z archive. Pipe the plain dump inside: 7z x -so FILE | decant sanitize - --name NAME"),
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
  UTF16_LE(0, "fffe", utf16()),
  UTF16_BE(0, "feff", utf16()),
  BINARY(0, "", "is neither text nor a compression that decant reads (zstd, gzip)."),
  TEXT(0, "", null);

  /** As many first bytes as tell all kinds. */
  static final int HEAD = 512;

  private final int offset;
  private final String magic;
  private final @Nullable String refusal;

  ContentKind(int offset, String magic, @Nullable String refusal) {
    this.offset = offset;
    this.magic = magic;
    this.refusal = refusal;
  }

  /** What it is and what to do, where decant does not read it; else null. */
  @Nullable String refusal() {
    return refusal;
  }

  /** Tells by the first bytes: at least {@link #HEAD} of them, or all there are. */
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

  /** Whether these few bytes are all there is, and only the beginning of a magic number. */
  static @Nullable ContentKind cutMagic(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    if (ZSTD.magic.startsWith(hex) && !hex.equals(ZSTD.magic)) {
      return ZSTD;
    }
    return GZIP.magic.startsWith(hex) && !hex.equals(GZIP.magic) ? GZIP : null;
  }

  private boolean matches(byte[] head) {
    byte[] wanted = HexFormat.of().parseHex(magic);
    int end = offset + wanted.length;
    return head.length >= end && Arrays.equals(head, offset, end, wanted, 0, wanted.length);
  }

  /** A skippable frame (magic 0x184D2A50 to 0x184D2A5F) may come first. */
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

  private static String utf16() {
    return "is UTF-16 text, as PowerShell's > writes it. Dump with pg_dump -f FILE instead.";
  }

  /** Constants of an enum cannot use its own static fields. */
  static final class Advice {
    /** No plain dump on the disk: raw rows never rest. */
    static final String RESTORE =
        "Pipe its plain form, which puts no raw row on disk:"
            + " pg_restore -f - FILE | decant sanitize - --name NAME";

    private Advice() {}
  }
}
