package dev.decant.mask.cipher;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.Utf8;

/**
 * The case of the letters of one value. {@link #fold} reads the case from a raw value, and {@link
 * #apply} applies it to the ASCII letters of a masked value.
 *
 * <p>The first letter of the masked value gets the case of the first letter of the raw value, and
 * so on. If a raw value has upper case letters that this cannot show, because the masked value has
 * fewer letters, pseudo-random bits of the whole raw value change the case of the letters. If two
 * values differ only in such letters, the chance that they become equal is 2<sup>-n</sup> for n
 * letters. A value without lower case letters is masked to one without lower case letters.
 *
 * <p>Code points are folded by {@link Character#toLowerCase(int)}, which agrees with PostgreSQL's
 * {@code lower} in locales that know all letters. Only one thread may use an instance.
 */
public final class LetterCase {
  private static final long IRREGULAR = 0x63617365L;
  private static final int CASE_BIT = 0x20;

  private final Prf prf;
  private final Bytes folded = new Bytes(256);

  /** One byte for each letter that has a case: 1 for upper case. */
  private final Bytes cases = new Bytes(256);

  private int uppers;
  private boolean odd;
  private long mix;

  public LetterCase(Prf prf) {
    this.prf = prf;
  }

  /**
   * Returns the text in lower case. The buffer is valid until the next call. Bytes that are not
   * UTF-8 stay.
   */
  public Bytes fold(byte[] value, int from, int to) {
    folded.clear();
    cases.clear();
    uppers = 0;
    odd = false;
    for (int i = from; i < to; ) {
      byte b = value[i];
      if (b >= 0) {
        foldAscii(b);
        i++;
      } else {
        i = foldCodePoint(value, i, to);
      }
    }
    mix = uppers == 0 ? 0 : prf.hash(IRREGULAR, value, from, to);
    return folded;
  }

  private void foldAscii(byte b) {
    if (b >= 'A' && b <= 'Z') {
      folded.append((byte) (b | CASE_BIT));
      letter(true);
    } else {
      folded.append(b);
      if (b >= 'a' && b <= 'z') {
        letter(false);
      }
    }
  }

  private int foldCodePoint(byte[] value, int i, int to) {
    int decoded = Utf8.decode(value, i, to);
    int next = i + Utf8.length(decoded);
    int codePoint = Utf8.codePoint(decoded);
    int lower = Character.toLowerCase(codePoint);
    if (lower == codePoint) {
      folded.append(value, i, next);
      if (Character.toUpperCase(codePoint) != codePoint) {
        letter(false);
      }
    } else {
      folded.reserve(4);
      folded.length(Utf8.encode(lower, folded.array(), folded.length()));
      letter(true);
      // Another letter has the same lower case, for example I beside the Turkish İ.
      odd |= Character.toUpperCase(lower) != codePoint;
    }
    return next;
  }

  private void letter(boolean upper) {
    cases.append((byte) (upper ? 1 : 0));
    uppers += upper ? 1 : 0;
  }

  /** Changes the case of the ASCII letters of the text at {@code [from, to)} in place. */
  public void apply(byte[] text, int from, int to) {
    if (uppers == 0) {
      return;
    }
    boolean all = uppers == cases.length() && !odd;
    long bits = all || isRegular(letters(text, from, to)) ? 0 : mix;
    int letter = 0;
    for (int i = from; i < to; i++) {
      if (isLetter(text[i])) {
        boolean upper = all || (letter < cases.length() && cases.array()[letter] != 0);
        if (upper != ((bits >>> letter & 1) != 0)) {
          text[i] ^= CASE_BIT;
        }
        letter++;
      }
    }
  }

  /** Whether the first letters alone show the case of the whole raw value. */
  private boolean isRegular(int letters) {
    int shown = 0;
    for (int i = 0; i < Math.min(letters, cases.length()); i++) {
      shown += cases.array()[i];
    }
    // If all letters would become upper case, the value must have no lower case letter.
    return !odd && shown == uppers && shown < Math.max(1, letters);
  }

  private static int letters(byte[] text, int from, int to) {
    int letters = 0;
    for (int i = from; i < to; i++) {
      letters += isLetter(text[i]) ? 1 : 0;
    }
    return letters;
  }

  private static boolean isLetter(byte b) {
    int lower = b | CASE_BIT;
    return lower >= 'a' && lower <= 'z';
  }
}
