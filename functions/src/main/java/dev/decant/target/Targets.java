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
 * A targets file that was read and checked.
 *
 * @param file the name of the file in messages
 * @param targets the targets that were read, by name, in the order of the file
 * @param names the names of all targets in the file, read or not
 * @param parameters the parameters in the texts of the targets; their values are not shown in
 *     messages
 */
public record Targets(
    String file, Map<String, Target> targets, List<String> names, Parameters parameters) {
  public Targets {
    names = List.copyOf(names);
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  /**
   * The target with a name.
   *
   * @throws DecantException {@link ErrorCode#USAGE} with the most similar name if it does not exist
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
