package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.MacAddress;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code mac}: a permutation of the addresses that share the first {@code prefix} bits. The two
 * bits that mark groups and local addresses stay, and so does the spelling of a text. A text that
 * is not an address is scrambled.
 */
final class MacFactory extends BuiltInFactory {
  private static final int MOST_PREFIX = 24;

  MacFactory() {
    super(
        MaskTraits.of(
                "mac",
                "Permutes the addresses that share the first `prefix` bits: `08:00:2b:01:02:03` →"
                    + " `7c:d1:90:4e:a3:18`.",
                and(TEXT, TypeCategory.MACADDR))
            .injectively()
            .identifying(),
        MaskOption.optional("prefix", MaskOption.Kind.INTEGER).usually(0));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    String problem = new OptionValues(spec).outside("prefix", 0, MOST_PREFIX);
    return problem == null ? null : problem + " The first 24 bits name the maker of the device.";
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    int prefix = (int) new OptionValues(spec).integer("prefix", 0);
    MacPermutation permutation = new MacPermutation(prf, prefix);
    MacAddress address = new MacAddress();
    if (column.type().category() == TypeCategory.MACADDR) {
      return (value, from, to, row, out) -> {
        if (!address.parse(value, from, to)) {
          throw new IllegalArgumentException(
              "The value is not an address as PostgreSQL writes it.");
        }
        permutation.permute(address);
        address.append(out);
        return true;
      };
    }
    return new FormMask(column, prf) {
      @Override
      boolean hasForm(byte[] value, int from, int to) {
        return address.parse(value, from, to);
      }

      @Override
      void writeForm(byte[] value, int from, int to, Bytes out) {
        permutation.permute(address);
        address.append(out);
      }
    };
  }

  /** Permutes the bits after the prefix, without the two flags in the first byte. */
  private static final class MacPermutation {
    /** The number of bits before the flags, and of the flags. */
    private static final int BEFORE_FLAGS = 6;

    private static final int FLAGS = 2;

    private final Prf prf;
    private final BitPermutation permutation;
    private final int prefix;

    MacPermutation(Prf prf, int prefix) {
      this.prf = prf;
      this.prefix = prefix;
      permutation = new BitPermutation(prf);
    }

    void permute(MacAddress address) {
      int behind = address.bits() - BEFORE_FLAGS - FLAGS;
      // The flags move to the front, so that the bits that change stand together.
      long flags = address.address() >>> behind & BitPermutation.mask(FLAGS);
      long first = address.address() >>> (behind + FLAGS);
      long rest = first << behind | (address.address() & BitPermutation.mask(behind));
      int stay = prefix <= BEFORE_FLAGS ? prefix : Math.max(BEFORE_FLAGS, prefix - FLAGS);
      int width = address.bits() - FLAGS - stay;
      long kept = rest >>> width;
      long tweak = prf.hash((long) address.bits() << 2 | flags, kept);
      long changed =
          permutation.permuteBelow(tweak, rest & BitPermutation.mask(width), 1L << width);
      rest = kept << width | changed;
      address.address(
          rest >>> behind << (behind + FLAGS)
              | flags << behind
              | (rest & BitPermutation.mask(behind)));
    }
  }
}
