package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.BitPermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.UuidText;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import org.jspecify.annotations.Nullable;

/**
 * {@code uuid}: a pseudo-random uuid of a version. With {@code version: 7}, a raw uuid of that
 * version keeps its time, so the order of creation stays, but everybody can read the time of
 * creation. A text that is not a uuid in its canonical spelling gets a uuid that depends on its
 * bytes.
 */
final class UuidFactory extends BuiltInFactory {
  private static final int RANDOM = 4;
  private static final int TIMED = 7;

  UuidFactory() {
    super(
        MaskTraits.of(
                "uuid",
                "Writes another uuid of version 4 or 7. With version 7 the time of a raw uuid of"
                    + " that version stays.",
                and(TEXT, TypeCategory.UUID))
            .injectively(),
        MaskOption.optional("version", MaskOption.Kind.INTEGER).usually(RANDOM));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    long version = new OptionValues(spec).integer("version", RANDOM);
    if (version != RANDOM && version != TIMED) {
      return "The option version is neither 4 nor 7. Write one of them.";
    }
    return TextLimit.of(column.type()).max() < UuidText.BARE_LENGTH
        ? "The type "
            + column.type().name()
            + " is too short for a uuid. Write hash, username or scramble."
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    int version = (int) new OptionValues(spec).integer("version", RANDOM);
    TextLimit limit = TextLimit.of(column.type());
    boolean hyphensFit = limit.max() >= UuidText.LENGTH;
    BitPermutation permutation = new BitPermutation(prf);
    UuidText uuid = new UuidText();
    return (value, from, to, row, out) -> {
      int end = limit.end(value, from, to);
      if (end == from) {
        return true;
      }
      if (uuid.parse(value, from, end)) {
        mask(uuid, version, permutation);
      } else {
        uuid.set(prf.hash(1, value, from, end), prf.hash(2, value, from, end));
        uuid.shape(version);
      }
      uuid.append(hyphensFit && end - from != UuidText.BARE_LENGTH, out);
      return true;
    };
  }

  private static void mask(UuidText uuid, int version, BitPermutation permutation) {
    if (version == TIMED && uuid.version() == TIMED) {
      uuid.permuteWithinTime(permutation);
    } else {
      uuid.permute(permutation);
    }
    uuid.shape(version);
  }
}
