package dev.decant.mask;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The masks by name: the built-in ones, and those of others that {@link java.util.ServiceLoader}
 * finds. Immutable, for any number of threads.
 */
public final class Masks {
  /**
   * The version of the values that the built-in masks give. Raise it by one when any of them gives
   * another masked value than before for the same key, options and raw value, a dictionary that
   * changed included. Runs by the new masks are then other work than runs by the old ones, and
   * nobody takes an older snapshot for their result. {@code MaskVersionTest} fails otherwise.
   */
  public static final int VERSION = 1;

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

  /** The versions of all masks there are: {@link #VERSION}, and those of others by name. */
  public List<String> versions() {
    List<String> versions = new ArrayList<>();
    versions.add("masks " + VERSION);
    versions.addAll(others);
    return versions;
  }

  /**
   * The catalog of the built-in masks and the masks of others.
   *
   * @param builtIns makes the built-in masks; its argument finds another mask of this catalog by
   *     its name, for masks that apply others to parts of a value
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
          "two masks are called "
              + factory.name()
              + ": "
              + other.getClass().getName()
              + " and "
              + factory.getClass().getName()
              + "; take one of their jars off the class path, or rename it");
    }
  }

  public Optional<MaskFactory> factory(String name) {
    return Optional.ofNullable(factories.get(name));
  }

  /** All names, sorted. */
  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(factories.keySet());
  }
}
