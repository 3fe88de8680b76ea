package dev.decant.mask.cipher;

import java.util.HexFormat;
import java.util.List;

/** The secret key of all masks. Never printed: {@link #toString()} shows its fingerprint. */
public final class MaskingKey {
  /** The fewest bytes that a key may have. */
  public static final int MIN_BYTES = 32;

  private final byte[] key;

  /**
   * From {@link #MIN_BYTES} bytes or more.
   *
   * @throws IllegalArgumentException for fewer
   */
  public MaskingKey(byte[] key) {
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException("a key has at least " + MIN_BYTES + " bytes");
    }
    this.key = key.clone();
  }

  /** The PRF of a realm. */
  public Prf prf(String realm) {
    return Prf.derive(key, realm);
  }

  /** Tells keys apart without telling them: HMAC-SHA256 of a constant, 32 hex digits. */
  public String fingerprint() {
    return HexFormat.of().formatHex(Prf.hmac(key, "decant/fingerprint/1")).substring(0, 32);
  }

  /** A text's tag, which nobody can know without the key: HMAC-SHA256, 64 hex digits. */
  public String tag(String text) {
    return HexFormat.of().formatHex(Prf.hmac(key, "decant/tag/1\0" + text));
  }

  /**
   * Tells texts apart without telling them: HMAC-SHA256 of the list, 64 hex digits. Whoever lacks
   * the key can neither compute it nor guess what the texts were.
   */
  public String digest(List<String> texts) {
    StringBuilder all = new StringBuilder("decant/digest/1\0");
    for (String text : texts) {
      all.append(text.length()).append(':').append(text);
    }
    return HexFormat.of().formatHex(Prf.hmac(key, all.toString()));
  }

  @Override
  public String toString() {
    return "MaskingKey[" + fingerprint() + "]";
  }
}
