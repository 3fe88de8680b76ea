package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code hash}: at least 128 bits of the keyed pseudo-random function, written in hex, base64 (RFC
 * 4648, without padding) or base32 (RFC 4648, lower case). The option {@code length} counts
 * characters, or bytes if the column is a bytea.
 */
final class HashFactory extends BuiltInFactory {
  private static final int LEAST_BITS = 128;
  private static final int MOST = 1024;
  private static final String HEX = "0123456789abcdef";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  HashFactory() {
    super(
        MaskTraits.of(
                "hash",
                "Writes at least 128 pseudo-random bits: `Max` → `9f2c…`. `length` counts"
                    + " characters, or bytes of a bytea.",
                and(TEXT, TypeCategory.BYTEA))
            .injectively()
            .identifying(),
        MaskOption.optional("length", MaskOption.Kind.INTEGER),
        MaskOption.choice("encoding", "hex", "base64", "base32"));
  }

  private static String digits(MaskSpec spec) {
    return switch (new OptionValues(spec).text("encoding", "hex")) {
      case "base64" -> BASE64;
      case "base32" -> BASE32;
      default -> HEX;
    };
  }

  private static int bits(String digits) {
    return Integer.numberOfTrailingZeros(digits.length());
  }

  private static int least(int bits) {
    return (LEAST_BITS + bits - 1) / bits;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    OptionValues options = new OptionValues(spec);
    boolean bytea = column.type().category() == TypeCategory.BYTEA;
    if (bytea && options.has("encoding")) {
      return "The option encoding applies to text only, because a bytea holds the bytes themselves."
          + " Remove it.";
    }
    int least = least(bytea ? Byte.SIZE : bits(digits(spec)));
    String problem = options.outside("length", least, MOST);
    if (problem != null) {
      return problem + " A shorter hash has less than 128 bits, so two values might get the same.";
    }
    long length = options.integer("length", least);
    return !bytea && length > TextLimit.of(column.type()).max()
        ? "The type "
            + column.type().name()
            + " is too short for "
            + length
            + " characters. Write another encoding (base64 takes 22 characters, base32 26, hex 32),"
            + " or write username or scramble."
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    OptionValues options = new OptionValues(spec);
    if (column.type().category() == TypeCategory.BYTEA) {
      int digits = 2 * (int) options.integer("length", least(Byte.SIZE));
      byte[] hex = HEX.getBytes(StandardCharsets.US_ASCII);
      return (value, from, to, row, out) -> {
        out.append((byte) '\\');
        out.append((byte) 'x');
        write(prf, hex, digits, value, from, to, out);
        return true;
      };
    }
    byte[] digits = digits(spec).getBytes(StandardCharsets.US_ASCII);
    int length = (int) options.integer("length", least(bits(digits(spec))));
    return new CaseKeepingMask(column, prf) {
      @Override
      void write(byte[] folded, int end, byte[] value, int from, int to, Bytes out) {
        int start = out.length();
        HashFactory.write(prf, digits, length, folded, 0, end, out);
        recase(out, start);
      }
    };
  }

  /** Appends 128 bits in hex, so that different values have different texts. */
  static void hex(Prf prf, byte[] value, int from, int to, Bytes out) {
    byte[] digits = HEX.getBytes(StandardCharsets.US_ASCII);
    write(prf, digits, LEAST_BITS / bits(HEX), value, from, to, out);
  }

  private static void write(
      Prf prf, byte[] digits, int length, byte[] value, int from, int to, Bytes out) {
    int bits = Integer.numberOfTrailingZeros(digits.length);
    int inWord = Long.SIZE / bits;
    byte[] array = out.reserve(length);
    int at = out.length();
    out.length(at + length);
    long word = 0;
    for (int i = 0; i < length; i++) {
      if (i % inWord == 0) {
        word = prf.hash(1 + i / inWord, value, from, to);
      }
      array[at++] = digits[(int) word & (digits.length - 1)];
      word >>>= bits;
    }
  }
}
