package dev.decant.pull;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementTables;
import dev.decant.dump.StatementTables.Constraint;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.SnapshotSchema.Reference;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import dev.decant.yaml.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The content of a snapshot that a selection takes.
 *
 * @param tables the tables whose rows are taken
 * @param added those of the tables that were added because of foreign keys
 * @param schema the schema without the foreign keys that would not hold
 * @param omitted these foreign keys, as text for people
 * @param all whether the whole snapshot is taken
 */
record SelectedContent(
    Set<TableName> tables,
    Set<TableName> added,
    SnapshotSchema schema,
    List<String> omitted,
    boolean all) {

  static SelectedContent of(Selection selection, Manifest manifest, SnapshotSchema schema) {
    Set<TableName> everything = new TreeSet<>();
    manifest.tables().forEach(t -> everything.add(t.table()));
    if (selection.schemaOnly()) {
      return new SelectedContent(
          Set.of(),
          Set.of(),
          schema.withAfter(s -> s.kind() != StatementKind.SEQUENCE_VALUE),
          List.of(),
          false);
    }
    if (selection.tables().isEmpty()) {
      return new SelectedContent(everything, Set.of(), schema, List.of(), true);
    }
    return new Chooser(everything, schema).choose(selection);
  }

  /** The size of the rows of the selected tables as COPY text, in bytes. */
  long textBytes(Manifest manifest) {
    return frames(manifest).stream().mapToLong(Frame::textLength).sum();
  }

  /** The number of compressed bytes that must be read for these rows. */
  long bytes(Manifest manifest) {
    return frames(manifest).stream().mapToLong(Frame::length).sum();
  }

  private List<Frame> frames(Manifest manifest) {
    return manifest.frames().stream()
        .filter(f -> f.kind() == Frame.Kind.ROWS && f.table() != null && tables.contains(f.table()))
        .toList();
  }

  /** Finds tables by the names that people write, and follows foreign keys. */
  private static final class Chooser {
    private final Set<TableName> everything;
    private final SnapshotSchema schema;

    /** The direct partitions of each partitioned table. */
    private final Map<TableName, Set<TableName>> partitions = new HashMap<>();

    Chooser(Set<TableName> everything, SnapshotSchema schema) {
      this.everything = everything;
      this.schema = schema;
      for (Statement statement : schema.before()) {
        StatementTables.attached(statement)
            .ifPresent(
                a ->
                    partitions
                        .computeIfAbsent(a.parent(), p -> new HashSet<>())
                        .add(a.partition()));
      }
    }

    SelectedContent choose(Selection selection) {
      Set<TableName> asked = new TreeSet<>();
      selection.tables().forEach(name -> asked.addAll(leaves(find(name.strip()))));
      Set<TableName> all = selection.parents() ? withParents(asked) : asked;
      Set<TableName> added = new TreeSet<>(all);
      added.removeAll(asked);
      List<String> omitted = new ArrayList<>();
      Set<Statement> left = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
      for (Reference reference : schema.references()) {
        if (meets(reference.table(), all) && !all.containsAll(leaves(reference.referenced()))) {
          left.add(reference.statement());
          omitted.add(reference.table() + " → " + reference.referenced());
        }
      }
      return new SelectedContent(all, added, schema.withAfter(kept(left)), omitted, false);
    }

    /** Leaves out foreign keys and the comments on them. */
    private static Predicate<Statement> kept(Set<Statement> left) {
      Set<Constraint> gone = new HashSet<>();
      left.forEach(key -> StatementTables.constraint(key).ifPresent(gone::add));
      return s ->
          !left.contains(s)
              && !(s.kind() == StatementKind.COMMENT
                  && StatementTables.constraint(s).filter(gone::contains).isPresent());
    }

    private boolean meets(TableName table, Set<TableName> tables) {
      return leaves(table).stream().anyMatch(tables::contains);
    }

    private Set<TableName> withParents(Set<TableName> asked) {
      Set<TableName> all = new TreeSet<>(asked);
      for (boolean more = true; more; ) {
        more = false;
        for (Reference reference : schema.references()) {
          more |= meets(reference.table(), all) && all.addAll(leaves(reference.referenced()));
        }
      }
      return all;
    }

    /**
     * The table itself, or its partitions. A partitioned table is among them if the snapshot has
     * rows under its name, which {@code pg_dump --load-via-partition-root} writes.
     */
    private Set<TableName> leaves(TableName table) {
      Set<TableName> leaves = new TreeSet<>();
      Deque<TableName> open = new ArrayDeque<>(List.of(table));
      while (!open.isEmpty()) {
        TableName each = open.pop();
        Set<TableName> below = partitions.get(each);
        if (below == null) {
          leaves.add(each);
        } else {
          open.addAll(below);
          if (everything.contains(each)) {
            leaves.add(each);
          }
        }
      }
      return leaves;
    }

    private TableName find(String name) {
      Set<TableName> known = new TreeSet<>(everything);
      known.addAll(partitions.keySet());
      List<TableName> found =
          known.stream().filter(t -> t.toString().equals(name) || plain(t).equals(name)).toList();
      if (found.isEmpty()) {
        found =
            known.stream()
                .filter(t -> Set.of(t.name(), Quoting.identifier(t.name())).contains(name))
                .toList();
      }
      if (found.size() == 1) {
        return found.getFirst();
      }
      throw new DecantException(
          ErrorCode.USAGE,
          found.isEmpty()
              ? "The snapshot has no table " + name + Nearest.advice(name, words(known, name))
              : "The table name " + name + " matches " + found + ". Write the schema, too.");
    }

    private static String plain(TableName table) {
      return table.schema() + '.' + table.name();
    }

    private static Collection<String> words(Set<TableName> known, String name) {
      return known.stream().map(t -> name.contains(".") ? plain(t) : t.name()).distinct().toList();
    }
  }
}
