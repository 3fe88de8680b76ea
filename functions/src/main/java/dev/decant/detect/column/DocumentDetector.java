package dev.decant.detect.column;

import dev.decant.detect.DocumentContents;
import dev.decant.detect.DocumentContents.Format;
import dev.decant.detect.Verdict;
import dev.decant.detect.name.KnownNames;
import dev.decant.detect.value.ValueKind;
import dev.decant.detect.value.ValueShape;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds out which places in documents hold personal data. It treats an object like a table: the
 * name of the member that holds the object is the name of the table, and the members of the object
 * are the columns.
 */
final class DocumentDetector {
  /** If there are at least this many objects, names that hardly repeat are data. */
  private static final int MANY = 10;

  private final Map<String, Verdict> paths = new LinkedHashMap<>();
  private final Map<String, Verdict> keys = new LinkedHashMap<>();
  private final Map<String, Verdict> names = new LinkedHashMap<>();
  private boolean complete;

  private DocumentDetector(boolean complete) {
    this.complete = complete;
  }

  /**
   * The contents of the documents.
   *
   * @param table the name of the table, for which the outermost object stands
   */
  static DocumentContents contents(DocumentProfile profile, String table) {
    DocumentDetector detector = new DocumentDetector(!profile.exceeded());
    Format format = profile.format().orElse(Format.JSON);
    detector.look(profile.root(), table, format == Format.JSON ? "$" : "");
    return new DocumentContents(
        format, detector.paths, detector.keys, detector.names, detector.complete);
  }

  /**
   * Examines one place and the places in it.
   *
   * @param path of the place; empty if no path leads there
   */
  private void look(DocumentNode place, String name, String path) {
    DocumentNode elements = place.elementsOrNull();
    if (elements != null) {
      String inside = path.isEmpty() ? "" : path + "[*]";
      if (elements.scalar()) {
        put(name, inside, verdict(name, elements, name));
      }
      look(elements, name, inside);
    }
    boolean map = isMap(place);
    Map<String, DocumentNode> members = shown(place, map);
    ColumnDetector detector = ColumnDetector.of(table(name, members));
    members.forEach(
        (member, node) -> {
          String to = step(path, member);
          if (node.scalar()) {
            Verdict verdict = detector.verdict(column(member, node), node.values());
            put(member, to, isKeyOfRow(path, member, node) ? keyOfRow(verdict) : verdict);
          }
          look(node, member, to);
        });
    varying(place, name, path, map);
  }

  /** {@code $.id} of a document that is a copy of a row, as in logs of changes. */
  private static boolean isKeyOfRow(String path, String member, DocumentNode node) {
    return path.equals("$") && member.equalsIgnoreCase("id") && node.keys();
  }

  private static Verdict keyOfRow(Verdict verdict) {
    return verdict instanceof Verdict.Personal
        ? verdict
        : new Verdict.Harmless("the key of the row that the document is a copy of");
  }

  private static Verdict verdict(String name, DocumentNode node, String table) {
    return ColumnDetector.of(table(table, Map.of(name, node)))
        .verdict(column(name, node), node.values());
  }

  private void put(String name, String path, Verdict verdict) {
    if (path.isEmpty()) {
      keys.merge(name, verdict, DocumentDetector::stricter);
    } else {
      paths.put(path, verdict);
    }
  }

  private static Verdict stricter(Verdict a, Verdict b) {
    return a instanceof Verdict.Personal || b instanceof Verdict.Harmless ? a : b;
  }

  /** The members whose names belong to the structure of the documents and are not data. */
  private Map<String, DocumentNode> shown(DocumentNode place, boolean map) {
    Map<String, DocumentNode> shown = new LinkedHashMap<>();
    place
        .members()
        .forEach(
            (name, node) -> {
              boolean repeats = node.seen() > 1 && node.seen() * 100 >= place.objects();
              if (!map && (repeats || KnownNames.isMember(name))) {
                shown.put(name, node);
              } else {
                complete = false;
              }
            });
    return shown;
  }

  /**
   * Whether the names of an object's members are data, because few of them repeat or because they
   * are names of persons.
   */
  private static boolean isMap(DocumentNode place) {
    int members = place.members().size();
    int seen = place.members().values().stream().mapToInt(DocumentNode::seen).sum();
    boolean seldom = place.objects() >= MANY && members >= MANY && seen <= 2 * members;
    long persons =
        place.members().keySet().stream()
            .filter(name -> ValueKind.FIRST_NAME.matches(name, ValueShape.of(name)))
            .count();
    return seldom || (persons >= 3 && 2 * persons >= members);
  }

  private void varying(DocumentNode place, String name, String path, boolean map) {
    DocumentNode node = place.varying();
    if (node == null && !map) {
      return;
    }
    complete = false;
    if (!path.isEmpty()) {
      names.put(path, namesOf(place, map));
    }
    if (node != null) {
      if (node.scalar() && !path.isEmpty()) {
        paths.put(path, verdict(name, node, name));
      }
      look(node, name, "");
    }
    if (map) {
      place.members().values().forEach(member -> look(member, name, ""));
    }
  }

  private static Verdict namesOf(DocumentNode place, boolean map) {
    ColumnProfile profile = place.names();
    if (map) {
      place.members().keySet().forEach(profile::add);
    }
    return profile
        .prevailing(ColumnDetector.OF_TEXTS)
        .<Verdict>map(
            kind ->
                new Verdict.Personal(
                    kind.category(),
                    false,
                    "names of members: "
                        + kind.category().label()
                        + ": "
                        + profile.shareText(kind)))
        .orElse(new Verdict.Unknown("the names of the members vary"));
  }

  private static Table table(String name, Map<String, DocumentNode> members) {
    List<Column> columns =
        members.entrySet().stream()
            .map(member -> column(member.getKey(), member.getValue()))
            .collect(Collectors.toList());
    return new Table(new TableName("", name), columns, false, List.of(), null, List.of(), null);
  }

  private static Column column(String name, DocumentNode node) {
    ColumnType type = ColumnType.of("json", node.type());
    return new Column(name, type, false, false, false);
  }

  /** The path of a member; empty if it cannot be written. */
  private static String step(String path, String member) {
    if (path.isEmpty()) {
      return "";
    }
    if (member.chars().noneMatch(c -> ".[]*'\" ".indexOf(c) >= 0)) {
      return path + "." + member;
    }
    return member.contains("'") ? "" : path + "['" + member + "']";
  }
}
