package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.PartText;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code composite}: another mask for each field of a composite value. The mask {@code other}
 * serves the fields that {@code fields} does not name; without it, every field must be named. A
 * field becomes what the same value becomes in a column of its own, and NULL fields stay.
 */
final class CompositeFactory extends BuiltInFactory {
  private final Function<String, Optional<MaskFactory>> factories;

  CompositeFactory(Function<String, Optional<MaskFactory>> factories) {
    super(
        MaskTraits.of(
            "composite",
            "Masks the fields of a composite value by their names: `(Max,7)` → `(Qhe,7)`.",
            Set.of(TypeCategory.COMPOSITE)),
        MaskOption.required("fields", MaskOption.Kind.MASKS),
        MaskOption.optional("other", MaskOption.Kind.MASK));
    this.factories = factories;
  }

  private static @Nullable MaskSpec of(MaskSpec spec, String field) {
    OptionValues options = new OptionValues(spec);
    MaskSpec named = options.masks("fields").get(field);
    return named != null ? named : options.value("other") instanceof MaskSpec other ? other : null;
  }

  private static Column column(ColumnType.Field field) {
    return new Column(field.name(), field.type(), false, false, false);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    List<ColumnType.Field> fields = column.type().fields();
    List<String> names = fields.stream().map(ColumnType.Field::name).toList();
    for (Map.Entry<String, MaskSpec> named : new OptionValues(spec).masks("fields").entrySet()) {
      if (!names.contains(named.getKey())) {
        return "The type "
            + column.type().name()
            + " has no field "
            + named.getKey()
            + ". Its fields are "
            + String.join(", ", names)
            + ".";
      }
    }
    String missing =
        names.stream().filter(n -> of(spec, n) == null).collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      return "The fields " + missing + " have no rule. Write them into fields, or write other.";
    }
    for (ColumnType.Field field : fields) {
      MaskSpec mask = of(spec, field.name());
      String problem = mask == null ? null : problem(mask, field);
      if (problem != null) {
        return "In " + field.name() + ": " + problem;
      }
    }
    return null;
  }

  /** Different values stay different if the values of each field do. */
  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return column.type().fields().stream()
        .allMatch(field -> injective(of(spec, field.name()), field));
  }

  private boolean injective(@Nullable MaskSpec mask, ColumnType.Field field) {
    return mask != null
        && factories.apply(mask.name()).filter(f -> f.injective(mask, column(field))).isPresent();
  }

  private @Nullable String problem(MaskSpec mask, ColumnType.Field field) {
    return factories
        .apply(mask.name())
        .map(factory -> Optional.ofNullable(factory.refusal(mask, column(field))))
        .orElse(Optional.of("The mask " + mask.name() + " does not exist. Write another one."))
        .orElse(null);
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    List<Mask> masks = new ArrayList<>();
    for (ColumnType.Field field : column.type().fields()) {
      MaskSpec mask = of(spec, field.name());
      if (mask == null) {
        throw new IllegalStateException("A field without a rule was not refused.");
      }
      masks.add(kit.mask(mask, column(field)));
    }
    return new CompositeMask(masks);
  }

  private static final class CompositeMask implements Mask {
    private final List<Mask> masks;
    private final PartText text = PartText.field();
    private final Bytes masked = new Bytes(64);

    CompositeMask(List<Mask> masks) {
      this.masks = masks;
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      int i = from;
      require(value[i] == '(');
      for (int field = 0; field < masks.size(); field++) {
        out.append(value[i]);
        i = text.read(value, i + 1, to);
        require(i > 0 && value[i] == (field == masks.size() - 1 ? ')' : ','));
        masked.clear();
        if (text.present()
            && masks.get(field).apply(text.raw().array(), 0, text.raw().length(), row, masked)) {
          text.append(masked.array(), 0, masked.length(), out);
        }
      }
      require(i == to - 1);
      out.append((byte) ')');
      return true;
    }

    private static void require(boolean valid) {
      if (!valid) {
        throw new IllegalArgumentException("The value does not have the fields of its type.");
      }
    }
  }
}
