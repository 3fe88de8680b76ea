package dev.decant.mask;

import java.util.List;

/**
 * An option that a mask takes.
 *
 * @param choices the words it may be, where it is {@link Kind#CHOICE}; else empty
 */
public record MaskOption(String name, Kind kind, boolean required, List<String> choices) {
  /** What an option's value may be. */
  public enum Kind {
    STRING,
    /** A String, Long, Double or Boolean, as YAML has it. */
    SCALAR,
    INTEGER,
    NUMBER,
    BOOLEAN,
    CHOICE,
    /** A list of scalars. */
    LIST,
    /** A text with {column} in it. */
    TEMPLATE,
    /** The name of another column of the table. */
    COLUMN,
    /** A file beside the policy; the value arrives as the list of its lines. */
    FILE,
    /** A mask: a name, or a map with `mask`. */
    MASK,
    /** A map from a name or a path to a mask. */
    MASKS
  }

  public MaskOption {
    choices = List.copyOf(choices);
  }

  public static MaskOption optional(String name, Kind kind) {
    return new MaskOption(name, kind, false, List.of());
  }

  public static MaskOption required(String name, Kind kind) {
    return new MaskOption(name, kind, true, List.of());
  }

  public static MaskOption choice(String name, String... choices) {
    return new MaskOption(name, Kind.CHOICE, false, List.of(choices));
  }
}
