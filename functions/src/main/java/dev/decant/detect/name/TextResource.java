package dev.decant.detect.name;

import dev.decant.resource.PackagedFile;
import java.util.List;

/** Reads the word lists of this package. */
public final class TextResource {
  private TextResource() {}

  /** The lines of a word list, without empty lines and comments. */
  public static List<String> lines(String name) {
    return PackagedFile.text(TextResource.class, name)
        .lines()
        .filter(l -> !l.isBlank() && !l.startsWith("#"))
        .toList();
  }
}
