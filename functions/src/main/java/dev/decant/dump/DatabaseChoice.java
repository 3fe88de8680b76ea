package dev.decant.dump;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the database whose parts a reader returns, because a dump of pg_dumpall has several. This
 * is the database that the caller names, or the only one that has tables. The statements of a
 * database are held until its first table shows that it is the one.
 */
final class DatabaseChoice {
  private final @Nullable String wanted;
  private final List<DumpPart> held = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> withTables = new LinkedHashSet<>();

  /** The database of the parts that are being read; empty before the first \connect. */
  private String current = "";

  private @Nullable String chosen;
  private boolean cluster;

  /**
   * @param wanted the name of the database, or null for the only one that has tables
   */
  DatabaseChoice(@Nullable String wanted) {
    this.wanted = wanted;
  }

  /** The database whose parts are returned, or null if the dump names none. */
  @Nullable String name() {
    String name = chosen != null ? chosen : current;
    return name.isEmpty() ? null : name;
  }

  /** Remembers that the parts before the first \connect belong to no database. */
  void cluster() {
    cluster = true;
  }

  /** Follows \\connect. Returns whether the parts that follow belong to another database. */
  boolean connect(String name) {
    if (name.equals(current)) {
      return false;
    }
    held.clear();
    current = name;
    names.add(name);
    return true;
  }

  /** Whether the parts that follow belong to a database that is not returned. */
  boolean skips() {
    return chosen != null ? !chosen.equals(current) : wanted != null && !wanted.equals(current);
  }

  /** Whether it is not known yet if the parts that follow are returned. */
  boolean undecided() {
    return chosen == null && (cluster || !current.isEmpty());
  }

  /** Adds a part to the queue, holds it, or drops it. */
  void accept(DumpPart part, Queue<DumpPart> queue) {
    boolean content = isContent(part);
    if (content) {
      withTables.add(current);
    }
    if (skips()) {
      return;
    }
    if (chosen == null && (content || wanted != null)) {
      chosen = current;
      queue.addAll(held);
      held.clear();
    }
    if (chosen != null || !(cluster || !current.isEmpty())) {
      queue.add(part);
    } else {
      held.add(part);
    }
  }

  private static boolean isContent(DumpPart part) {
    return part instanceof CopyStart
        || (part instanceof Statement s
            && (s.kind() == StatementKind.TABLE || s.kind().ofLargeObjects()));
  }

  /**
   * Adds the parts of a dump without tables to the queue.
   *
   * @throws dev.decant.error.DecantException if the choice is not clear
   */
  void end(long line, Queue<DumpPart> queue) {
    if (wanted != null && chosen == null) {
      throw DumpProblem.unsupported(
          line,
          "The dump has no database "
              + wanted
              + ". "
              + found()
              + " Correct the option --database.");
    }
    if (wanted == null && withTables.size() > 1) {
      throw DumpProblem.unsupported(
          line,
          "The dump has several databases with tables: "
              + String.join(", ", withTables)
              + ". Name one of them with --database NAME.");
    }
    if (chosen == null) {
      queue.addAll(held);
      held.clear();
    }
  }

  private String found() {
    return names.isEmpty()
        ? "It does not name its database, so it is one that pg_dump made without --create."
        : "It has " + String.join(", ", names) + ".";
  }
}
