package dev.decant.mask.builtin;

import dev.decant.mask.MaskSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a spec, by name and kind. A value of another kind counts as absent. */
record OptionValues(MaskSpec spec) {
  @Nullable Object value(String name) {
    return spec.options().get(name);
  }

  boolean has(String name) {
    return spec.options().containsKey(name);
  }

  String text(String name, String otherwise) {
    Object value = value(name);
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : otherwise;
  }

  long integer(String name, long otherwise) {
    return value(name) instanceof Long number ? number : otherwise;
  }

  double number(String name, double otherwise) {
    return value(name) instanceof Number number ? number.doubleValue() : otherwise;
  }

  boolean flag(String name) {
    return value(name) instanceof Boolean flag && flag;
  }

  List<String> texts(String name) {
    return value(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The masks of an option that is a map, sorted by their names. */
  Map<String, MaskSpec> masks(String name) {
    Map<String, MaskSpec> masks = new java.util.TreeMap<>();
    if (value(name) instanceof Map<?, ?> map) {
      map.forEach(
          (key, mask) -> {
            if (mask instanceof MaskSpec one) {
              masks.put(String.valueOf(key), one);
            }
          });
    }
    return masks;
  }

  /** Explains that an integer option is out of range, or returns null. */
  @Nullable String outside(String name, long least, long most) {
    if (!has(name)) {
      return null;
    }
    long number = integer(name, Long.MIN_VALUE);
    return number >= least && number <= most
        ? null
        : "The option "
            + name
            + " is out of range. Write a whole number from "
            + least
            + " to "
            + most
            + ".";
  }
}
