package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.Hex;
import dev.decant.mask.value.Utf8;

/**
 * Applies a mask for texts to a bytea that holds UTF-8. Bytes that are not UTF-8 become as many
 * pseudo-random bytes that depend on all of them.
 */
final class TextBytesMask implements Mask {
  private static final long NO_TEXT = 0x6279746561L;

  private final Mask text;
  private final Prf prf;
  private final Bytes raw = new Bytes(256);
  private final Bytes masked = new Bytes(256);

  TextBytesMask(Mask text, Prf prf) {
    this.text = text;
    this.prf = prf;
  }

  @Override
  public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
    raw.clear();
    masked.clear();
    if (!Hex.decode(value, from, to, raw)) {
      throw new IllegalArgumentException("The value is not a bytea in hex format.");
    }
    if (Utf8.isValid(raw.array(), 0, raw.length())) {
      if (!text.apply(raw.array(), 0, raw.length(), row, masked)) {
        return false;
      }
    } else {
      random();
    }
    Hex.encode(masked.array(), 0, masked.length(), out);
    return true;
  }

  private void random() {
    long word = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (i % Long.BYTES == 0) {
        word = prf.hash(NO_TEXT + i, raw.array(), 0, raw.length());
      }
      masked.append((byte) word);
      word >>>= Byte.SIZE;
    }
  }
}
