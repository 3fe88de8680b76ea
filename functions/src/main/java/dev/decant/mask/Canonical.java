package dev.decant.mask;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical encoding of a mask and its options. Each part begins with a letter for its kind and
 * with its length, as in a netstring, so different parts never have the same encoding. The order of
 * a map's entries does not matter. The option {@code trace} is left out, because it does not change
 * the values that a mask gives.
 */
final class Canonical {
  private Canonical() {}

  /** The encoding of an option's value, which is a value as {@link MaskSpec#options} describes. */
  static String of(Object value) {
    StringBuilder body = new StringBuilder();
    char kind =
        switch (value) {
          case String text -> plain('s', text, body);
          case Long number -> plain('n', number, body);
          case Double number -> plain('d', number, body);
          case Boolean flag -> plain('b', flag, body);
          case List<?> list -> {
            list.forEach(part -> body.append(of(part)));
            yield 'l';
          }
          case Map<?, ?> map -> {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, part) -> sorted.put(String.valueOf(key), part));
            sorted.forEach((key, part) -> body.append(of(key)).append(of(part)));
            yield 'm';
          }
          case MaskSpec spec -> {
            body.append(of(spec.name())).append(of(spec.options()));
            body.append(spec.realm() == null ? "" : of(spec.realm()));
            yield 'k';
          }
          default -> throw new IllegalArgumentException("No option has a " + value.getClass());
        };
    return kind + Integer.toString(body.length()) + ':' + body;
  }

  private static char plain(char kind, Object value, StringBuilder body) {
    body.append(value);
    return kind;
  }
}
