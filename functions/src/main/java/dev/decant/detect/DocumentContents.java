package dev.decant.detect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The contents of the documents in a column: JSON, hstore or XML, in a column of any type. The maps
 * keep the order in which the names were found.
 *
 * <p>A name may itself be a value of a row, for example an e-mail address that is the name of a
 * member. Such a name is in none of the maps, and the values of such members must be masked by the
 * rule for all other values.
 *
 * @param format of the documents
 * @param paths of single values, {@code $.user.emails[*]} for instance; JSON only
 * @param keys names of members or elements to which no path leads: those of hstore and XML, and of
 *     JSON below members whose names vary
 * @param names paths of JSON objects whose members have varying names, and what these names are;
 *     {@code $.contacts} with e-mail addresses as names, for instance
 * @param complete whether all names are listed; false if there were too many, or some vary
 */
public record DocumentContents(
    Format format,
    Map<String, Verdict> paths,
    Map<String, Verdict> keys,
    Map<String, Verdict> names,
    boolean complete) {
  /** The format of a document. */
  public enum Format {
    JSON,
    HSTORE,
    XML
  }

  public DocumentContents {
    paths = copy(paths);
    keys = copy(keys);
    names = copy(names);
  }

  private static Map<String, Verdict> copy(Map<String, Verdict> verdicts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
  }

  /** Whether a value or the name of a member is known to be personal. */
  public boolean personal() {
    return !labels().isEmpty();
  }

  /** The labels of the categories that were found, each once. */
  public List<String> labels() {
    return Stream.of(paths, keys, names)
        .flatMap(verdicts -> verdicts.values().stream())
        .filter(Verdict.Personal.class::isInstance)
        .map(verdict -> ((Verdict.Personal) verdict).category().label())
        .distinct()
        .toList();
  }
}
