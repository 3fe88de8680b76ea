package dev.decant.target;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A targets file, checked whole.
 *
 * @param file how messages name it
 * @param targets those that were read, by name, in the order of the file
 * @param names of all targets in the file
 * @param parameters whose values are in the texts of the targets, and stay out of messages
 */
public record Targets(
    String file, Map<String, Target> targets, List<String> names, Parameters parameters) {
  public Targets {
    names = List.copyOf(names);
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  /**
   * The target of a name.
   *
   * @throws DecantException {@link ErrorCode#USAGE} where there is none, with the nearest name
   */
  public Target target(String name) {
    Target target = targets.get(name);
    if (target == null) {
      throw new DecantException(
          ErrorCode.USAGE, file + " has no target " + name + Nearest.advice(name, names));
    }
    return target;
  }
}
