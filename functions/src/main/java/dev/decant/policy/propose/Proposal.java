package dev.decant.policy.propose;

import dev.decant.detect.ddl.DdlFinding;
import dev.decant.policy.ddl.DdlProposal;
import dev.decant.schema.Column;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.YamlDocument;
import dev.decant.yaml.YamlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes the whole policy again, with rules for the columns that have none. Somebody has to read
 * the proposal: each rule that needs a decision is marked {@code # REVIEW}.
 */
public final class Proposal {
  private static final String HEAD =
      "# Rules that decant proposed are marked REVIEW if it is not sure. Look at each of them."
          + "\n";

  private static final String HEAD_WITHOUT_MARKS =
      "# decant proposed rules but could not mark them. Look at each line.\n";

  private final Suggestions suggestions;
  private final MappingNode file;

  /** The entries of the tables in the file, whatever the spelling of their names. */
  private final Map<TableName, NodeTuple> entries = new HashMap<>();

  private Proposal(MappingNode file, Suggestions suggestions) {
    this.file = file;
    this.suggestions = suggestions;
  }

  /**
   * The whole file; empty if no rule is missing.
   *
   * @param text the text of the policy as it is; empty if there is no policy
   * @param ddl the findings in DDL that have no rule
   */
  public static String yaml(
      String text,
      Suggestions suggestions,
      SortedMap<TableName, List<Column>> missing,
      List<DdlFinding> ddl) {
    if (missing.isEmpty() && ddl.stream().noneMatch(DdlFinding::needsRule)) {
      return "";
    }
    String source = text.isBlank() ? "version: 1\n" : text;
    // If the comments of the file cannot be kept, the comments of the proposal are more important.
    return with(source, true, suggestions, missing, ddl)
        .or(() -> with(source, false, suggestions, missing, ddl))
        .map(all -> all.startsWith(HEAD) ? all : HEAD + all)
        .orElseGet(
            () ->
                HEAD_WITHOUT_MARKS
                    + YamlDocument.plain(
                        new Proposal(YamlDocument.map(source, false), suggestions)
                            .add(missing, ddl)));
  }

  private static Optional<String> with(
      String source,
      boolean comments,
      Suggestions suggestions,
      SortedMap<TableName, List<Column>> missing,
      List<DdlFinding> ddl) {
    try {
      MappingNode file = YamlDocument.map(source, comments);
      return YamlDocument.commented(new Proposal(file, suggestions).add(missing, ddl));
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private MappingNode add(SortedMap<TableName, List<Column>> missing, List<DdlFinding> ddl) {
    MappingNode tables = YamlDocument.blockUnder(file, "tables");
    new PackBlocks(file).add(suggestions.packs(), suggestions.written());
    know(tables.getValue());
    missing.forEach((name, columns) -> add(tables, name, columns));
    DdlProposal.addTo(file, ddl);
    if (YamlDocument.value(file, "large-objects") == null) {
      file.getValue().addAll(YamlDocument.map("large-objects: empty\n", false).getValue());
    }
    return file;
  }

  private void add(MappingNode tables, TableName name, List<Column> columns) {
    NodeTuple found = entries.get(name);
    if (found == null || !(found.getValueNode() instanceof MappingNode)) {
      List<NodeTuple> added = ((MappingNode) whole(name, columns)).getValue();
      tables.getValue().addAll(added);
      know(added);
      return;
    }
    MappingNode entry = YamlDocument.separate(found, tables);
    entries.put(name, new NodeTuple(found.getKeyNode(), entry));
    MappingNode proposed = entry(name, columns);
    if (YamlDocument.value(proposed, "keep") instanceof SequenceNode keep) {
      if (YamlDocument.value(entry, "keep") instanceof SequenceNode known) {
        known.getValue().addAll(keep.getValue());
      } else {
        entry.getValue().addAll(only(proposed, "keep"));
      }
    }
    if (YamlDocument.value(proposed, "columns") instanceof MappingNode masked) {
      YamlDocument.blockUnder(entry, "columns").getValue().addAll(masked.getValue());
    }
  }

  private static List<NodeTuple> only(MappingNode map, String key) {
    return map.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
        .toList();
  }

  /** The entry of a table that the file does not have yet. */
  private Node whole(TableName name, List<Column> columns) {
    return suggestions
        .truncated(name)
        .<Node>map(
            why ->
                YamlDocument.map(
                    YamlText.of(name.toString()) + ": truncate  # " + why + "\n", true))
        .orElseGet(() -> wrap(name, entry(name, columns)));
  }

  private static Node wrap(TableName name, Node entry) {
    MappingNode map = YamlDocument.map(YamlText.of(name.toString()) + ": {}\n", false);
    NodeTuple key = map.getValue().getFirst();
    map.setValue(new ArrayList<>(List.of(new NodeTuple(key.getKeyNode(), entry))));
    return map;
  }

  private void know(List<NodeTuple> tables) {
    for (NodeTuple table : tables) {
      if (table.getKeyNode() instanceof ScalarNode key) {
        TableName name = NameParser.table(key.getValue());
        if (name != null) {
          entries.putIfAbsent(name, table);
        }
      }
    }
  }

  private MappingNode entry(TableName name, List<Column> columns) {
    StringBuilder kept = new StringBuilder();
    StringBuilder masked = new StringBuilder();
    List<KeyGroups.@Nullable Place> copies = new ArrayList<>();
    List<Suggestion> suggested = suggestions.of(name, columns);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Suggestion suggestion = suggested.get(i);
      String written = YamlText.column(column.name());
      String comment = "  # " + comment(column, suggestion) + "\n";
      if (suggestion.keeps() && !suggestion.review()) {
        kept.append("  - ").append(written).append(comment);
      } else {
        String rule = suggestion.copied() == null ? suggestion.rule() : "keep";
        masked.append("  ").append(written).append(": ").append(rule).append(comment);
        copies.add(suggestion.copied());
      }
    }
    String keep = kept.isEmpty() ? (masked.isEmpty() ? "keep: []\n" : "") : "keep:\n" + kept;
    MappingNode entry =
        YamlDocument.map(keep + (masked.isEmpty() ? "" : "columns:\n" + masked), true);
    if (YamlDocument.value(entry, "columns") instanceof MappingNode rules) {
      copy(rules, copies);
    }
    return entry;
  }

  private static String comment(Column column, Suggestion suggestion) {
    String type = YamlText.comment(column.type().name()) + (column.notNull() ? ", not null" : "");
    KeyGroups.Place copied = suggestion.copied();
    String as =
        copied == null
            ? ""
            : ", as " + YamlText.comment(copied.table() + "." + TableName.quoted(copied.column()));
    return (suggestion.review() ? "REVIEW: " : "")
        + type
        + as
        + "; "
        + YamlText.comment(suggestion.reason());
  }

  /** Replaces rules by copies of the rules that the file has for other columns. */
  private void copy(MappingNode rules, List<KeyGroups.@Nullable Place> copies) {
    List<NodeTuple> tuples = rules.getValue();
    for (int i = 0; i < copies.size(); i++) {
      KeyGroups.Place place = copies.get(i);
      Node rule = place == null ? null : rule(place);
      if (rule != null) {
        tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), YamlDocument.used(rule)));
      }
    }
  }

  private @Nullable Node rule(KeyGroups.Place place) {
    NodeTuple found = entries.get(place.table());
    Node entry = found == null ? null : found.getValueNode();
    Node columns = entry instanceof MappingNode map ? YamlDocument.value(map, "columns") : null;
    if (!(columns instanceof MappingNode map)) {
      return null;
    }
    return map.getValue().stream()
        .filter(
            t ->
                t.getKeyNode() instanceof ScalarNode key
                    && NameParser.column(key.getValue()).equals(place.column()))
        .map(t -> Objects.requireNonNull(t.getValueNode()))
        .findFirst()
        .orElse(null);
  }
}
