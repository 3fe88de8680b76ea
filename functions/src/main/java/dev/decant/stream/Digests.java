package dev.decant.stream;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests that every Java platform has. Their text form is lower-case hex. */
public final class Digests {
  private Digests() {}

  public static MessageDigest sha256() {
    return of("SHA-256");
  }

  public static MessageDigest md5() {
    return of("MD5");
  }

  public static String md5(byte[] bytes) {
    return hex(md5(), bytes, 0, bytes.length);
  }

  public static String sha256(byte[] bytes) {
    return sha256(bytes, 0, bytes.length);
  }

  /** The SHA-256 of the bytes {@code [from, to)}. */
  public static String sha256(byte[] bytes, int from, int to) {
    return hex(sha256(), bytes, from, to);
  }

  private static String hex(MessageDigest digest, byte[] bytes, int from, int to) {
    digest.update(bytes, from, to - from);
    return hex(digest);
  }

  /** The value of a digest, which is reset by this. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
