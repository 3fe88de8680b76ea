package dev.decant.mask.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the paths of a policy. A path is {@code $}, followed by any number of {@code .name}, {@code
 * ['any name']}, {@code ["any name"]} and {@code [*]}, which stands for every element of an array.
 */
public final class JsonPath {
  /** A step to the member of this name; without a name, to every element of an array. */
  public record Step(@Nullable String member) {}

  private JsonPath() {}

  /** The steps of a path; null if the text is not a path. */
  public static @Nullable List<Step> steps(String path) {
    if (!path.startsWith("$")) {
      return null;
    }
    List<Step> steps = new ArrayList<>();
    int i = 1;
    while (i < path.length()) {
      int end = path.charAt(i) == '.' ? nameEnd(path, i + 1) : bracketEnd(path, i);
      if (end < 0) {
        return null;
      }
      steps.add(step(path, i, end));
      i = end;
    }
    return steps;
  }

  private static int nameEnd(String path, int from) {
    int i = from;
    while (i < path.length() && ".[]*'\" ".indexOf(path.charAt(i)) < 0) {
      i++;
    }
    return i == from ? -1 : i;
  }

  private static int bracketEnd(String path, int from) {
    if (path.startsWith("[*]", from)) {
      return from + 3;
    }
    if (path.startsWith("['", from) || path.startsWith("[\"", from)) {
      int close = path.indexOf(path.charAt(from + 1) + "]", from + 2);
      return close < 0 ? -1 : close + 2;
    }
    return -1;
  }

  private static Step step(String path, int from, int end) {
    if (path.charAt(from) == '.') {
      return new Step(path.substring(from + 1, end));
    }
    return new Step(path.charAt(from + 1) == '*' ? null : path.substring(from + 2, end - 2));
  }
}
