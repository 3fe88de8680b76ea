package dev.decant.mask;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The factories of masks by name: the built-in ones and those of other jars, which {@link
 * java.util.ServiceLoader} finds. An instance is immutable, so any number of threads may use it.
 */
public final class Masks {
  /**
   * The version of the values that the built-in masks give. Raise it by one if any of them gives
   * another masked value than before for the same key, options and raw value, also if only a
   * dictionary changed. Then runs with the new masks count as different work, and no older snapshot
   * is taken for their result. {@code MaskVersionTest} fails if a value changes without a new
   * version.
   */
  public static final int VERSION = 2;

  private final Map<String, MaskFactory> factories = new TreeMap<>();
  private final Set<String> others = new TreeSet<>();

  private Masks(
      Function<Function<String, Optional<MaskFactory>>, ? extends List<? extends MaskFactory>>
          builtIns,
      Iterable<MaskFactory> others) {
    builtIns.apply(this::factory).forEach(this::add);
    for (MaskFactory other : others) {
      add(other);
      this.others.add(other.name() + ' ' + other.getClass().getName() + ' ' + other.version());
    }
  }

  /** The versions of all masks: {@link #VERSION}, and the versions of the other masks by name. */
  public List<String> versions() {
    List<String> versions = new ArrayList<>();
    versions.add("masks " + VERSION);
    versions.addAll(others);
    return versions;
  }

  /**
   * The built-in masks and the masks of other jars.
   *
   * @param builtIns makes the built-in factories; its argument finds another factory by name, for
   *     masks that apply other masks to the parts of a value
   * @throws DecantException if two masks have the same name
   */
  public static Masks of(
      Function<Function<String, Optional<MaskFactory>>, ? extends List<? extends MaskFactory>>
          builtIns,
      Iterable<MaskFactory> others) {
    return new Masks(builtIns, others);
  }

  private void add(MaskFactory factory) {
    MaskFactory other = factories.putIfAbsent(factory.name(), factory);
    if (other != null) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "Two masks have the name "
              + factory.name()
              + ": "
              + other.getClass().getName()
              + " and "
              + factory.getClass().getName()
              + ". Remove one of their jars from the class path, or rename one of the masks.");
    }
  }

  /** The values that a mask can write into a column, if it writes words of a dictionary. */
  public Optional<WrittenValues> written(MaskSpec spec, Column column, Locale locale) {
    return factory(spec.name()).flatMap(factory -> factory.written(spec, column, locale));
  }

  /** The factory of a mask, which also serves the parts of arrays, ranges and the like. */
  public Optional<MaskFactory> factory(String name) {
    return whole(name).map(ShapedFactory::new);
  }

  /** The factory of a mask as its author wrote it. */
  public Optional<MaskFactory> whole(String name) {
    return Optional.ofNullable(factories.get(name));
  }

  /** The names of all masks, sorted. */
  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(factories.keySet());
  }
}
