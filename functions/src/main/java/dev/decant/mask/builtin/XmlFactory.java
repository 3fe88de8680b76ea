package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.NoRow;
import dev.decant.mask.value.XmlText;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code xml}: masks texts and attributes by the name of their element or attribute. A mask for an
 * element serves everything in it, unless an inner name has another one. A name counts with its
 * prefix or without it.
 */
final class XmlFactory extends BuiltInFactory {
  private final Function<String, Optional<MaskFactory>> factories;

  XmlFactory(Function<String, Optional<MaskFactory>> factories) {
    super(
        MaskTraits.of(
            "xml",
            "Masks texts and attributes by the name of their element or attribute; names stay:"
                + " `<name>Max</name>` → `<name>Qhe</name>`.",
            Set.of(TypeCategory.XML)),
        MaskOption.optional("keys", MaskOption.Kind.MASKS),
        MaskOption.optional("other", MaskOption.Kind.MASK).usually("scramble"));
    this.factories = factories;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return PartMasks.problem(spec, factories);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new XmlMask(new PartMasks(spec, kit, factories));
  }

  private static final class XmlMask implements Mask, XmlText.Parts {
    private final PartMasks masks;
    private final XmlText text = new XmlText(this, NoRow.INSTANCE);

    /** The masks of the elements around the current place, the innermost last. */
    private final List<Mask> around = new ArrayList<>();

    XmlMask(PartMasks masks) {
      this.masks = masks;
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      around.clear();
      if (!text.rewrite(value, from, to, row, out)) {
        throw new IllegalArgumentException("The value is not XML as PostgreSQL writes it.");
      }
      return true;
    }

    private Mask innermost() {
      return around.isEmpty() ? masks.other() : around.getLast();
    }

    private Mask named(byte[] value, int from, int to) {
      Mask named = masks.named(value, from, to);
      for (int i = from; i < to && named == null; i++) {
        named = value[i] == ':' ? masks.named(value, i + 1, to) : null;
      }
      return named == null ? innermost() : named;
    }

    @Override
    public void begin(byte[] value, int from, int to) {
      around.add(named(value, from, to));
    }

    @Override
    public void end() {
      if (!around.isEmpty()) {
        around.removeLast();
      }
    }

    @Override
    public void attribute(byte[] value, int from, int to, Bytes raw, RowView row, Bytes out) {
      apply(named(value, from, to), raw, row, out);
    }

    @Override
    public void text(Bytes raw, RowView row, Bytes out) {
      apply(innermost(), raw, row, out);
    }

    private static void apply(Mask mask, Bytes raw, RowView row, Bytes out) {
      if (!mask.apply(raw.array(), 0, raw.length(), row, out)) {
        out.clear();
      }
    }
  }
}
