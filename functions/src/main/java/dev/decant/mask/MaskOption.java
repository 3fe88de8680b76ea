package dev.decant.mask;

import java.util.List;

/**
 * An option that a mask takes.
 *
 * @param choices the words that are allowed if the kind is {@link Kind#CHOICE}; otherwise empty
 * @param usual the value that counts if a policy does not write the option, for documents; empty if
 *     there is no such value
 */
public record MaskOption(
    String name, Kind kind, boolean required, List<String> choices, String usual) {
  /** The kinds of values that options have. */
  public enum Kind {
    STRING,
    /** A String, Long, Double or Boolean, as YAML reads it. */
    SCALAR,
    INTEGER,
    NUMBER,
    BOOLEAN,
    CHOICE,
    /** A list of scalars. */
    LIST,
    /** A text that names columns in braces. */
    TEMPLATE,
    /** The name of another column of the table. */
    COLUMN,
    /** A file beside the policy; the value is the list of its lines. */
    FILE,
    /** A mask: its name, or a map with the key {@code mask}. */
    MASK,
    /** A map from a name or a path to a mask. */
    MASKS,
    /** A path or a list of paths, which is a list of texts, or a map from a path to a mask. */
    PATHS
  }

  public MaskOption {
    choices = List.copyOf(choices);
  }

  public static MaskOption optional(String name, Kind kind) {
    return new MaskOption(name, kind, false, List.of(), "");
  }

  public static MaskOption required(String name, Kind kind) {
    return new MaskOption(name, kind, true, List.of(), "");
  }

  /** An optional word out of these; the first one counts if a policy does not write the option. */
  public static MaskOption choice(String name, String... choices) {
    return new MaskOption(name, Kind.CHOICE, false, List.of(choices), choices[0]);
  }

  /** This option with the value that counts if a policy does not write it. */
  public MaskOption usually(Object value) {
    return new MaskOption(name, kind, required, choices, String.valueOf(value));
  }
}
