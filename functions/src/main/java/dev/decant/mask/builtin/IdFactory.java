package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.INTEGERS;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.UuidText;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;

/**
 * {@code id}: a permutation of the lower half of the positive numbers of an integer type. The upper
 * half and the negative numbers are permuted among themselves, and zero stays. A sequence that is
 * set past the greatest masked id therefore has room for at least as many ids again. In a uuid, 122
 * bits are permuted, and the version and the variant stay.
 */
final class IdFactory extends BuiltInFactory {
  IdFactory() {
    super(
        MaskTraits.of(
                "id",
                "Permutes the lower half of the positive numbers of the type, or the 122 free bits"
                    + " of a uuid: `17` → `613809244`.",
                and(INTEGERS, TypeCategory.UUID))
            .injectively());
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    BitPermutation permutation = new BitPermutation(kit.prf(spec.effectiveRealm()));
    if (column.type().category() == TypeCategory.UUID) {
      return uuids(permutation);
    }
    long largest = Numbers.largest(column.type().category());
    long half = largest / 2;
    return (value, from, to, row, out) -> {
      long id = Numbers.parse(value, from, to);
      if (id > half) {
        long above = permutation.permuteBelow(2, id - half - 1, largest - half);
        Numbers.appendUnsigned(half + 1 + above, out);
      } else if (id > 0) {
        Numbers.appendUnsigned(1 + permutation.permuteBelow(0, id - 1, half), out);
      } else if (id < 0) {
        out.append((byte) '-');
        Numbers.appendUnsigned(1 + permutation.permuteBelow(1, -id - 1, largest + 1), out);
      } else {
        out.append((byte) '0');
      }
      return true;
    };
  }

  private static Mask uuids(BitPermutation permutation) {
    UuidText uuid = new UuidText();
    return (value, from, to, row, out) -> {
      uuid.parse(value, from, to);
      uuid.permute(permutation);
      uuid.append(true, out);
      return true;
    };
  }
}
