package dev.decant.mask.cipher;

import java.util.HexFormat;
import java.util.List;

/** The secret key of all masks. It is never printed: {@link #toString()} shows its fingerprint. */
public final class MaskingKey {
  /** The fewest bytes that a key may have. */
  public static final int MIN_BYTES = 32;

  private final byte[] key;

  /**
   * A key of {@link #MIN_BYTES} bytes or more.
   *
   * @throws IllegalArgumentException if the key is shorter
   */
  public MaskingKey(byte[] key) {
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException("A key needs at least " + MIN_BYTES + " bytes.");
    }
    this.key = key.clone();
  }

  /** The pseudo-random function of a realm. */
  public Prf prf(String realm) {
    return Prf.derive(key, realm);
  }

  /** Identifies the key without revealing it: 32 hex digits of the HMAC-SHA256 of a constant. */
  public String fingerprint() {
    return HexFormat.of().formatHex(Prf.hmac(key, "decant/fingerprint/1")).substring(0, 32);
  }

  /** The HMAC-SHA256 of a text in 64 hex digits, which nobody can compute without the key. */
  public String tag(String text) {
    return HexFormat.of().formatHex(Prf.hmac(key, "decant/tag/1\0" + text));
  }

  /**
   * Identifies a list of texts without revealing them: the HMAC-SHA256 of the list in 64 hex
   * digits. Without the key, nobody can compute it or use it to check a guess of the texts.
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
