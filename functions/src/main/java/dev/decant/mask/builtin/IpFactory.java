package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.IpPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.IpAddress;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip}: a permutation of the addresses of a family. The first {@code prefix} bits stay, and
 * the other bits are permuted for each prefix. The length of a network stays, and the host bits of
 * a cidr stay zero. A text that is not an address in its usual spelling becomes an address of
 * version 6 that depends on its bytes, or of version 4 if the column is too short.
 */
final class IpFactory extends BuiltInFactory {
  private static final int MOST_PREFIX = 24;
  private static final int V4_LENGTH = 15;
  private static final int V6_LENGTH = 43;

  IpFactory() {
    super(
        MaskTraits.of(
                "ip",
                "Permutes the addresses that share the first `prefix` bits: `192.0.2.7/24` →"
                    + " `71.4.212.90/24`.",
                and(TEXT, TypeCategory.INET, TypeCategory.CIDR))
            .identifying(),
        MaskOption.optional("prefix", MaskOption.Kind.INTEGER).usually(0));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    String problem = new OptionValues(spec).outside("prefix", 0, MOST_PREFIX);
    if (problem != null) {
      return problem + " A longer prefix would keep almost the whole address.";
    }
    return TextLimit.of(column.type()).max() < V4_LENGTH
        ? "The type " + column.type().name() + " is too short for an address. Write scramble."
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return TextLimit.of(column.type()).max() >= V6_LENGTH;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    IpPermutation permutation =
        new IpPermutation(prf, (int) new OptionValues(spec).integer("prefix", 0));
    IpAddress address = new IpAddress();
    boolean cidr = column.type().category() == TypeCategory.CIDR;
    if (column.type().category() == TypeCategory.TEXT) {
      return new IpTextMask(column, prf, permutation);
    }
    return (value, from, to, row, out) -> {
      if (!address.parse(value, from, to)) {
        throw new IllegalArgumentException("The value is not an address as PostgreSQL writes it.");
      }
      permutation.permute(address, cidr && address.network() >= 0);
      address.append(out);
      return true;
    };
  }

  private static final class IpTextMask extends TextMask {
    private final IpAddress address = new IpAddress();
    private final Bytes canonical = new Bytes(64);
    private final Prf prf;
    private final IpPermutation permutation;
    private final int max;

    IpTextMask(Column column, Prf prf, IpPermutation permutation) {
      super(column);
      this.prf = prf;
      this.permutation = permutation;
      max = TextLimit.of(column.type()).max();
    }

    @Override
    void write(byte[] value, int from, int to, RowView row, Bytes out) {
      if (isAddress(value, from, to)) {
        permutation.permute(address, false);
      } else {
        address.set(IpAddress.V6_BITS, prf.hash(1, value, from, to), prf.hash(2, value, from, to));
        address.network(-1);
      }
      if (max < V6_LENGTH && address.bits() == IpAddress.V6_BITS) {
        address.set(IpAddress.V4_BITS, 0, address.low() & BitPermutation.mask(32));
        address.network(-1);
      }
      int start = out.length();
      address.append(out);
      if (out.length() - start > max) {
        out.length(start);
        address.network(-1);
        address.append(out);
      }
    }

    /**
     * Whether the text is an address in the spelling that this class writes. Two different texts of
     * this kind are two different addresses.
     */
    private boolean isAddress(byte[] value, int from, int to) {
      if (!address.parse(value, from, to)) {
        return false;
      }
      canonical.clear();
      address.append(canonical);
      return java.util.Arrays.equals(canonical.array(), 0, canonical.length(), value, from, to);
    }
  }
}
