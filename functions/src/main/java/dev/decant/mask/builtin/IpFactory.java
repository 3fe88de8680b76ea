package dev.decant.mask.builtin;

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
 * {@code ip}: a permutation of the addresses of a family, also within the first {@code prefix}
 * bits, which stay. The length of a network stays, and the host bits of a cidr stay zero. A text
 * that is no address in its usual spelling becomes one of version 6, by its bytes; of version 4
 * where the column is too short.
 */
final class IpFactory extends BuiltInFactory {
  private static final int MOST_PREFIX = 24;
  private static final int V4_LENGTH = 15;
  private static final int V6_LENGTH = 43;

  IpFactory() {
    super(
        "ip",
        and(TEXT, TypeCategory.INET, TypeCategory.CIDR),
        MaskOption.optional("prefix", MaskOption.Kind.INTEGER));
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    String problem = new Options(spec).outside("prefix", 0, MOST_PREFIX);
    if (problem != null) {
      return problem + ": more would keep the whole address";
    }
    return TextLimit.of(column.type()).max() < V4_LENGTH
        ? column.type().name() + " is too short for an address: write scramble"
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return TextLimit.of(column.type()).max() >= V6_LENGTH;
  }

  @Override
  public boolean traced(MaskSpec spec) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    IpPermutation permutation =
        new IpPermutation(prf, (int) new Options(spec).integer("prefix", 0));
    IpAddress address = new IpAddress();
    boolean cidr = column.type().category() == TypeCategory.CIDR;
    if (column.type().category() == TypeCategory.TEXT) {
      return new IpTextMask(column, prf, permutation);
    }
    return (value, from, to, row, out) -> {
      if (!address.parse(value, from, to)) {
        throw new IllegalArgumentException("not an address as PostgreSQL shows it");
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

    /** Whether it is an address as this class writes it: then other texts are other addresses. */
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
