package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * The text form of a field of a composite value ("Composite Type Input and Output Syntax" in
 * PostgreSQL's manual) and of a bound of a range ("Range Input/Output"), which differ only in the
 * characters that need quotes. Only one thread may use an instance.
 */
public final class PartText {
  private static final String FIELD_SPECIALS = "\"\\(),";
  private static final String BOUND_SPECIALS = "\"\\()[],";

  private final String specials;
  private final String ends;
  private final Bytes raw = new Bytes(64);
  private boolean present;

  private PartText(String specials, String ends) {
    this.specials = specials;
    this.ends = ends;
  }

  /** The form of the fields of a composite value. */
  public static PartText field() {
    return new PartText(FIELD_SPECIALS, ",)");
  }

  /** The form of the bounds of a range. */
  public static PartText bound() {
    return new PartText(BOUND_SPECIALS, ",)]");
  }

  /** The part that was read, without quotes. The buffer is valid until the next reading. */
  public Bytes raw() {
    return raw;
  }

  /** Whether there was a part. A missing one is a NULL field, or a bound at infinity. */
  public boolean present() {
    return present;
  }

  /**
   * Reads one part.
   *
   * @return the position of the character that ends the part, or -1 if the part does not end
   */
  public int read(byte[] value, int from, int to) {
    raw.clear();
    present = false;
    boolean quoted = false;
    int i = from;
    while (i < to) {
      byte b = value[i];
      if (!quoted && ends.indexOf(b) >= 0) {
        present |= raw.length() > 0;
        return i;
      }
      if (b == '"' && !(quoted && i + 1 < to && value[i + 1] == '"')) {
        quoted = !quoted;
        present = true;
      } else {
        // A backslash and a doubled quote both stand for the character that follows.
        i += b == '\\' || b == '"' ? 1 : 0;
        if (i == to) {
          return -1;
        }
        raw.append(value[i]);
      }
      i++;
    }
    return -1;
  }

  /** Appends a part, in quotes if it needs them. */
  public void append(byte[] part, int from, int to, Bytes out) {
    boolean quotes = from == to;
    for (int i = from; i < to && !quotes; i++) {
      quotes = isBlank(part[i]) || specials.indexOf(part[i]) >= 0;
    }
    if (!quotes) {
      out.append(part, from, to);
      return;
    }
    out.append((byte) '"');
    for (int i = from; i < to; i++) {
      if (part[i] == '"' || part[i] == '\\') {
        out.append(part[i]);
      }
      out.append(part[i]);
    }
    out.append((byte) '"');
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
