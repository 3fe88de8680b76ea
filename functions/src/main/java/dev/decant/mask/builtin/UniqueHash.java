package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import java.nio.charset.StandardCharsets;

/**
 * The option {@code unique} of masks for documents: a masked document also gets a hash of its raw
 * value, with 128 bits, so that different documents stay different. An object gets it as a member
 * and an array as an element, so that the type of a document stays. A string, number, boolean or
 * null becomes the hash.
 */
final class UniqueHash {
  static final MaskOption OPTION =
      MaskOption.optional("unique", MaskOption.Kind.BOOLEAN).usually(false);

  private static final String NAME = "_unique";
  private static final byte[] MEMBER = ascii("\"" + NAME + "\": ");
  private static final byte[] ENTRY = ascii("\"" + NAME + "\"=>");
  private static final byte[] SEPARATOR = {',', ' '};

  private UniqueHash() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isWanted(MaskSpec spec) {
    return new OptionValues(spec).flag("unique");
  }

  static Mask ofJson(Mask mask, Prf prf) {
    return (value, from, to, row, out) -> {
      int start = out.length();
      mask.apply(value, from, to, row, out);
      int end = lastByte(out, start);
      byte last = out.array()[end];
      byte open = last == '}' ? (byte) '{' : (byte) '[';
      if (last == '}' || last == ']') {
        boolean empty = out.array()[lastByte(out, start, end)] == open;
        out.length(end);
        out.append(empty ? new byte[0] : new byte[] {','});
        out.append(last == '}' ? MEMBER : new byte[0]);
        quoted(prf, value, from, to, out);
        out.append(last);
      } else {
        out.length(start);
        quoted(prf, value, from, to, out);
      }
      return true;
    };
  }

  static Mask ofHstore(Mask mask, Prf prf) {
    return (value, from, to, row, out) -> {
      int start = out.length();
      mask.apply(value, from, to, row, out);
      if (out.length() > start) {
        out.append(SEPARATOR);
      }
      out.append(ENTRY);
      quoted(prf, value, from, to, out);
      return true;
    };
  }

  private static void quoted(Prf prf, byte[] value, int from, int to, Bytes out) {
    out.append((byte) '"');
    HashFactory.hex(prf, value, from, to, out);
    out.append((byte) '"');
  }

  private static int lastByte(Bytes out, int start) {
    return lastByte(out, start, out.length());
  }

  /** The place of the last byte before an end that is not a blank. */
  private static int lastByte(Bytes out, int start, int before) {
    int at = before - 1;
    while (at > start && out.array()[at] <= ' ') {
      at--;
    }
    return at;
  }
}
