package dev.decant.mask;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mask with its options as a policy writes it. Masks that the policy names itself are resolved.
 * Equal specs mask equally.
 *
 * @param name the name of the {@link MaskFactory}
 * @param options the options, sorted by name; a value is a String, Long, Double, Boolean or
 *     MaskSpec, or a List or Map of these
 * @param realm the realm that the policy names, or null
 * @param trace whether the leak trace looks for the raw values, or null if the policy does not say
 *     it
 */
public record MaskSpec(
    String name, Map<String, Object> options, @Nullable String realm, @Nullable Boolean trace) {
  public MaskSpec {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** A mask without options. */
  public static MaskSpec of(String name) {
    return new MaskSpec(name, Map.of(), null, null);
  }

  public static MaskSpec of(String name, Map<String, Object> options) {
    return new MaskSpec(name, options, null, null);
  }

  /** The same mask, whose raw values the leak trace does not look for unless it says so itself. */
  public MaskSpec untraced() {
    return trace == null ? new MaskSpec(name, options, realm, false) : this;
  }

  /**
   * The realm for which the key is derived: the one that the policy names, otherwise the mask and
   * its options in a canonical encoding. Two specs have the same realm only if they give the same
   * values.
   */
  public String effectiveRealm() {
    return realm != null ? "realm:" + realm : "mask:" + canonical(this);
  }

  /**
   * The canonical encoding of an option's value. Each part begins with a letter for its kind and
   * with its length, as in a netstring, so different parts never have the same encoding. The order
   * of a map's entries does not matter. {@code trace} is left out, because it does not change the
   * values that a mask gives.
   */
  private static String canonical(Object value) {
    StringBuilder body = new StringBuilder();
    char kind =
        switch (value) {
          case String text -> plain('s', text, body);
          case Long number -> plain('n', number, body);
          case Double number -> plain('d', number, body);
          case Boolean flag -> plain('b', flag, body);
          case List<?> list -> {
            list.forEach(part -> body.append(canonical(part)));
            yield 'l';
          }
          case Map<?, ?> map -> {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, part) -> sorted.put(String.valueOf(key), part));
            sorted.forEach((key, part) -> body.append(canonical(key)).append(canonical(part)));
            yield 'm';
          }
          case MaskSpec spec -> {
            body.append(canonical(spec.name())).append(canonical(spec.options()));
            body.append(spec.realm() == null ? "" : canonical(spec.realm()));
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
