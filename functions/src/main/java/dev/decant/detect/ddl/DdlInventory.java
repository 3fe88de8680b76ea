package dev.decant.detect.ddl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a dump or a database, by the names that policies use under {@code ddl}, and the
 * findings in their DDL. It keeps no text of the DDL. Only one thread may use an instance.
 */
public final class DdlInventory {
  private final Set<String> objects = new LinkedHashSet<>();
  private final Map<String, DdlFinding> findings = new LinkedHashMap<>();
  private final Map<String, String> unpublished = new LinkedHashMap<>();

  /** Adds an object that has no text to search. */
  public void add(String object) {
    objects.add(object);
  }

  /**
   * Adds a statement, or a definition from a catalog.
   *
   * @param object its name; several statements may have the same one
   * @param line of the dump, or 0
   * @param text the text that is published
   * @param backslashEscapes whether backslashes escape in plain strings
   */
  public void add(String object, long line, byte[] text, boolean backslashEscapes) {
    objects.add(object);
    if (!hasText(text)) {
      return;
    }
    DdlFinding finding = DdlFinding.of(object, line, text, backslashEscapes);
    if (!finding.findings().isEmpty()) {
      findings.merge(object, finding, DdlFinding::and);
    }
  }

  /**
   * Whether a statement has a string, a quoted name or a comment. Most statements of a large schema
   * have none, so that the expressions need not look at them.
   */
  private static boolean hasText(byte[] statement) {
    for (int i = 0; i < statement.length; i++) {
      byte c = statement[i];
      boolean comment = c == '-' && i + 1 < statement.length && statement[i + 1] == '-';
      if (c == '\'' || c == '$' || c == '/' || c == '"' || comment) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds an object of which something is never published, so that this part is not searched.
   *
   * @param what a phrase: {@code its options}
   */
  public void addUnpublished(String object, long line, String what) {
    unpublished.putIfAbsent(
        object, object + (line > 0 ? " (line " + line + ")" : "") + ": " + what);
  }

  /** The objects of which something is never published, each with what this is. */
  public List<String> unpublished() {
    return new ArrayList<>(unpublished.values());
  }

  /** The names of all objects. */
  public Set<String> objects() {
    return objects;
  }

  /** The findings, one for each object, in the order of the source. */
  public List<DdlFinding> findings() {
    return new ArrayList<>(findings.values());
  }
}
