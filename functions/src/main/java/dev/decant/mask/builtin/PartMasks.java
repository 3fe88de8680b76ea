package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.CalendarDay;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The masks of named texts, such as the values of an hstore or the texts of XML: one for each name
 * of the option {@code keys}, and {@code other} for all other names, which is {@code scramble} if
 * the option is absent. If a mask does not serve texts, it serves those that are whole numbers,
 * numbers or times, and all other texts are scrambled. Only one thread may use an instance.
 */
final class PartMasks {
  private static final Column STRINGS = column("text", TypeCategory.TEXT);
  private static final Column INTEGERS = column("bigint", TypeCategory.BIGINT);
  private static final Column NUMBERS = column("numeric", TypeCategory.NUMERIC);
  private static final Column TIMES = column("timestamp without time zone", TypeCategory.TIMESTAMP);
  private static final MaskSpec SCRAMBLE = MaskSpec.of("scramble");
  private static final int LONG_DIGITS = 18;

  private final List<byte[]> names = new ArrayList<>();
  private final List<Mask> masks = new ArrayList<>();
  private final Mask other;

  PartMasks(MaskSpec spec, MaskKit kit, Function<String, Optional<MaskFactory>> factories) {
    OptionValues options = new OptionValues(spec);
    for (Map.Entry<String, MaskSpec> key : options.masks("keys").entrySet()) {
      names.add(key.getKey().getBytes(StandardCharsets.UTF_8));
      masks.add(mask(key.getValue(), kit, factories));
    }
    other = mask(options.value("other") instanceof MaskSpec o ? o : SCRAMBLE, kit, factories);
  }

  private static Column column(String name, TypeCategory category) {
    return new Column("part", ColumnType.of(name, category), false, false, false);
  }

  Mask other() {
    return other;
  }

  /** The mask of a name, or null if the option {@code keys} does not have it. */
  @Nullable Mask named(byte[] name, int from, int to) {
    for (int i = 0; i < names.size(); i++) {
      byte[] known = names.get(i);
      if (Arrays.equals(known, 0, known.length, name, from, to)) {
        return masks.get(i);
      }
    }
    return null;
  }

  /** Explains what is wrong with the masks of the options, or returns null. */
  static @Nullable String problem(
      MaskSpec spec, Function<String, Optional<MaskFactory>> factories) {
    OptionValues options = new OptionValues(spec);
    for (Map.Entry<String, MaskSpec> key : options.masks("keys").entrySet()) {
      String problem = problem("key " + key.getKey(), key.getValue(), factories);
      if (problem != null) {
        return problem;
      }
    }
    return options.value("other") instanceof MaskSpec o ? problem("other", o, factories) : null;
  }

  private static @Nullable String problem(
      String where, MaskSpec inner, Function<String, Optional<MaskFactory>> factories) {
    Optional<MaskFactory> factory = factories.apply(inner.name());
    if (factory.isEmpty()) {
      return "In " + where + ": The mask " + inner.name() + " does not exist. Write another one.";
    }
    String problem = factory.get().refusal(inner, STRINGS);
    return problem == null
            || List.of(INTEGERS, NUMBERS, TIMES).stream()
                .anyMatch(column -> factory.get().refusal(inner, column) == null)
        ? null
        : "In " + where + ": " + problem;
  }

  private static Mask mask(
      MaskSpec spec, MaskKit kit, Function<String, Optional<MaskFactory>> factories) {
    Mask strings = serving(spec, STRINGS, kit, factories);
    return strings != null
        ? strings
        : new TypedText(
            serving(spec, INTEGERS, kit, factories),
            serving(spec, NUMBERS, kit, factories),
            serving(spec, TIMES, kit, factories),
            kit.mask(SCRAMBLE, STRINGS));
  }

  private static @Nullable Mask serving(
      MaskSpec spec,
      Column column,
      MaskKit kit,
      Function<String, Optional<MaskFactory>> factories) {
    return factories
        .apply(spec.name())
        .filter(factory -> factory.refusal(spec, column) == null)
        .map(factory -> kit.mask(spec, column))
        .orElse(null);
  }

  /** Masks a text by the type that it has the form of. */
  private static final class TypedText implements Mask {
    private final CalendarDay date = new CalendarDay();
    private final @Nullable Mask integers;
    private final @Nullable Mask numbers;
    private final @Nullable Mask times;
    private final Mask scramble;

    TypedText(
        @Nullable Mask integers, @Nullable Mask numbers, @Nullable Mask times, Mask scramble) {
      this.integers = integers;
      this.numbers = numbers;
      this.times = times;
      this.scramble = scramble;
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      return of(value, from, to).apply(value, from, to, row, out);
    }

    private Mask of(byte[] value, int from, int to) {
      int first = from < to && value[from] == '-' ? from + 1 : from;
      int digits = first;
      while (digits < to && value[digits] >= '0' && value[digits] <= '9') {
        digits++;
      }
      if (integers != null && digits == to && to > first && to - first <= LONG_DIGITS) {
        return integers;
      }
      if (numbers != null && digits > first && isFraction(value, digits, to)) {
        return numbers;
      }
      return times != null && isTime(value, from, to) ? times : scramble;
    }

    private static boolean isFraction(byte[] value, int from, int to) {
      if (from < to && value[from] != '.') {
        return false;
      }
      for (int i = from + 1; i < to; i++) {
        if (value[i] < '0' || value[i] > '9') {
          return false;
        }
      }
      return from == to || from + 1 < to;
    }

    /** Whether the text is a date, with nothing after it but a time of day and a zone. */
    private boolean isTime(byte[] value, int from, int to) {
      if (!date.parse(value, from, to)) {
        return false;
      }
      for (int i = from; i < to; i++) {
        if ("0123456789:.-+ TZ".indexOf(value[i]) < 0) {
          return false;
        }
      }
      return true;
    }
  }
}
