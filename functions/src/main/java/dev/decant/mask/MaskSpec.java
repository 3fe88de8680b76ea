package dev.decant.mask;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mask as a policy names it: a built-in's name and its options, named masks resolved. Equal specs
 * mask alike.
 *
 * @param name of the {@link MaskFactory}
 * @param options by name, sorted; values are String, Long, Double, Boolean, MaskSpec, or List or
 *     Map of these
 * @param realm what the mask's key is derived for, where the policy names one
 * @param trace whether the policy says to trace or not to trace the raw values, or null where it
 *     says nothing
 */
public record MaskSpec(
    String name, Map<String, Object> options, @Nullable String realm, @Nullable Boolean trace) {
  public MaskSpec {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** A mask with its defaults. */
  public static MaskSpec of(String name) {
    return new MaskSpec(name, Map.of(), null, null);
  }

  public static MaskSpec of(String name, Map<String, Object> options) {
    return new MaskSpec(name, options, null, null);
  }

  /**
   * What the key is derived for: the realm that the policy names, else the mask and its options.
   */
  public String effectiveRealm() {
    return realm != null ? "realm:" + realm : "mask:" + name + options;
  }
}
