package dev.decant.mask;

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

  /**
   * The realm for which the key is derived: the one that the policy names, otherwise the mask and
   * its options in a canonical encoding. Two specs have the same realm only if they give the same
   * values.
   */
  public String effectiveRealm() {
    return realm != null ? "realm:" + realm : "mask:" + Canonical.of(this);
  }
}
