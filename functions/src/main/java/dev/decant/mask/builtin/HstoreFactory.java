package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.HstoreText;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code hstore}: masks the values by their keys. Keys and NULLs stay. */
final class HstoreFactory extends BuiltInFactory {
  private final Function<String, Optional<MaskFactory>> factories;

  HstoreFactory(Function<String, Optional<MaskFactory>> factories) {
    super(
        MaskTraits.of(
            "hstore",
            "Masks the values by their keys; the keys stay: `\"name\"=>\"Max\"` →"
                + " `\"name\"=>\"Qhe\"`. With `unique`, the key `_unique` gets a hash of the raw"
                + " value.",
            Set.of(TypeCategory.HSTORE)),
        MaskOption.optional("keys", MaskOption.Kind.MASKS),
        MaskOption.optional("other", MaskOption.Kind.MASK).usually("scramble"),
        UniqueHash.OPTION);
    this.factories = factories;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return PartMasks.problem(spec, factories);
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return UniqueHash.isWanted(spec);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Mask mask = new HstoreMask(new PartMasks(spec, kit, factories));
    return UniqueHash.isWanted(spec)
        ? UniqueHash.ofHstore(mask, kit.prf(spec.effectiveRealm()))
        : mask;
  }

  private static final class HstoreMask implements Mask {
    private final HstoreText text = new HstoreText();
    private final PartMasks masks;
    private final HstoreText.Entry entry = this::replace;

    HstoreMask(PartMasks masks) {
      this.masks = masks;
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      if (!text.rewrite(value, from, to, row, entry, out)) {
        throw new IllegalArgumentException("The value is not an hstore as PostgreSQL writes it.");
      }
      return true;
    }

    private boolean replace(Bytes key, Bytes value, RowView row, Bytes out) {
      Mask named = masks.named(key.array(), 0, key.length());
      return (named == null ? masks.other() : named)
          .apply(value.array(), 0, value.length(), row, out);
    }
  }
}
