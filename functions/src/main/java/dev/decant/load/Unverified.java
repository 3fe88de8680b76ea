package dev.decant.load;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ObjectTitle;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects that could not be created in a database, because its role lacks the right, because
 * another object is missing, or because they were written for another version of PostgreSQL. The
 * snapshot contains them as optional statements, but nobody has verified them. Only objects on
 * which no row depends can be among them. Triggers that were created and that fail are listed, too.
 * Several threads may use it.
 */
public final class Unverified {
  /** The state of errors such as {@code must be superuser} and {@code permission denied}. */
  private static final String FORBIDDEN = "42501";

  /** The state if the library of a C function does not exist. */
  private static final String UNDEFINED_FILE = "58P01";

  /**
   * The classes of errors that do not depend on the rows: missing features, schemas and
   * prerequisites, and syntax, names and types that do not fit. Errors of values (22), of
   * constraints (23) and of the server's state (08, 53, 57, 58) are not among them.
   */
  private static final Set<String> CLASSES = Set.of("0A", "2B", "3F", "42", "55");

  /** The classes of errors that depend on the server: locks, resources, interventions, defects. */
  private static final Set<String> OF_SERVER = Set.of("08", "40", "53", "55", "57", "58", "XX");

  /** Unlike the others of its class, it says that a materialized view is not populated. */
  private static final String NOT_POPULATED = "55000";

  /**
   * An object that is not verified.
   *
   * @param line its line in the dump, or 0 if that is not known
   * @param object the object with its kind and its schema; it contains no literal
   * @param reason the reason why it is not verified, without a value of a row
   */
  public record Item(long line, String object, String reason) {
    @Override
    public String toString() {
      return (line > 0 ? "line " + line + " of the dump, " : "") + object + ": " + reason;
    }
  }

  /**
   * The items by their statements. Line numbers cannot be keys, because a snapshot is restored once
   * more with other line numbers.
   */
  private final Map<String, Item> items = new LinkedHashMap<>();

  /** The lines and objects of the items, as their statements name them. */
  private final Set<Named> named = new HashSet<>();

  private record Named(long line, String object) {}

  /** Statements that may fail over the rows, and those of them that did. */
  private final Set<DdlStatement> leavable = new HashSet<>();

  private final Set<DdlStatement> leftOut = new HashSet<>();

  private final @Nullable StandIns standIns;

  /** For a database without stand-ins. */
  public Unverified() {
    this.standIns = null;
  }

  /** For scratch databases, in which stand-ins replace what the server lacks. */
  public Unverified(StandIns standIns) {
    this.standIns = standIns;
  }

  /** Runs a statement, with stand-ins if the database may have them. */
  void execute(java.sql.Statement connection, DdlStatement ddl) throws SQLException {
    if (standIns == null) {
      connection.execute(ddl.sql());
    } else {
      standIns.execute(connection, ddl, this::leaveOut);
    }
  }

  private synchronized void leaveOut(DdlStatement ddl, String object, String reason) {
    boolean whole = object.equals(ddl.object());
    put(object, new Named(ddl.line(), object), whole ? ddl.title() : object, reason);
  }

  private synchronized void stoodIn(Named table, String reason) {
    put(table.object(), table, "TABLE " + table.object(), reason);
  }

  private void put(String key, Named name, String title, String reason) {
    if (items.putIfAbsent(key, new Item(name.line(), title, reason)) == null) {
      named.add(name);
    }
  }

  private void put(String key, Statement statement, String reason) {
    Named name = new Named(statement.line(), statement.object());
    put(key, name, ObjectTitle.of(statement), reason);
  }

  /** Creates a stand-in for the table of some rows, unless the database has the table. */
  public void createTable(Connection connection, CopyStart rows) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (standIns != null && standIns.createTable(statement, rows)) {
        String table = rows.table().toString();
        stoodIn(
            new Named(rows.line(), table),
            "an extension that the scratch server does not have defines this table, so most of its"
                + " values were loaded as text");
      }
    }
  }

  /** As {@link #createTable}, if another database has a stand-in for the table. */
  public void createTableAgain(Connection connection, CopyStart rows) throws SQLException {
    if (standIns != null && standIns.tables().contains(rows.table())) {
      createTable(connection, rows);
    }
  }

  /** Adds an extension that the scratch server lacks. */
  public synchronized void addExtension(Statement statement) {
    put(statement.object(), statement, "the scratch server does not have this extension");
  }

  /** All items, in the order of the dump. */
  public synchronized List<Item> items() {
    return List.copyOf(items.values());
  }

  /**
   * Whether the object of a statement is not verified. Statements are compared by their line and
   * their object. The result is false for a statement on which rows depend, even if it has the same
   * line and object as another one.
   */
  public synchronized boolean has(Statement statement) {
    return statement.kind().withoutRows() && has(statement.line(), statement.object());
  }

  /** Whether a part of an object is not verified, for example a default of a table. */
  public synchronized boolean hasPartOf(Statement statement) {
    return named.stream()
        .anyMatch(
            i -> i.line == statement.line() && i.object.endsWith(" of " + statement.object()));
  }

  /** Whether an object with this line and name is not verified. */
  public synchronized boolean has(long line, String object) {
    return named.contains(new Named(line, object));
  }

  /** Whether a failed statement can be left out. If so, it is added to the items. */
  synchronized boolean accepts(DdlStatement ddl, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (!ddl.withoutRows() || !ofTheStatement(state)) {
      return false;
    }
    if (state.equals(FORBIDDEN)) {
      add(ddl, "only a superuser may create it");
    } else {
      note(ddl, "it cannot be created here", e);
    }
    return true;
  }

  /** Whether an error with this state depends on the statement and the server, but on no row. */
  static boolean ofTheStatement(String state) {
    return state.equals(UNDEFINED_FILE)
        || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
  }

  /**
   * The statement for a database with rows. If it succeeded in a database without rows, it must not
   * be left out here, because then the rows cause the failure, whatever error a function raises.
   */
  public synchronized DdlStatement overRows(DdlStatement ddl) {
    return has(ddl.line(), ddl.object())
        ? ddl
        : new DdlStatement(
            ddl.line(), ddl.object(), ddl.title(), ddl.sql(), ddl.alone(), ddl.shared(), false);
  }

  /**
   * Whether a statement that failed over the rows can be left out, because it is one of those that
   * {@link #leaveOutIfFailing} named. If so, it is added to the items.
   */
  synchronized boolean leavesOut(DdlStatement ddl, SQLException e) {
    if (!leavable.contains(ddl) || !ofRows(e)) {
      return false;
    }
    note(ddl, "it failed over the masked rows and is left out of the snapshot", e);
    leftOut.add(ddl);
    return true;
  }

  /** Whether an error is caused by a statement or by rows, and not by the state of the server. */
  static boolean ofRows(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.equals(NOT_POPULATED)
        || (state.length() == 5 && !OF_SERVER.contains(state.substring(0, 2)));
  }

  /** Names statements that no row depends on, so that a failure over the rows ends no run. */
  public synchronized void leaveOutIfFailing(List<DdlStatement> statements) {
    leavable.addAll(statements);
  }

  /** Whether a statement failed over the rows. */
  public synchronized boolean isLeftOut(DdlStatement ddl) {
    return leftOut.contains(ddl);
  }

  /**
   * Adds a trigger that exists and that failed over the rows.
   *
   * @param title its name with its table
   */
  public synchronized void addTrigger(String title, String reason) {
    items.putIfAbsent(title, new Item(0, title, reason));
  }

  /** Adds a statement whose object needs another object, which failed over the rows. */
  public synchronized void addDependent(Statement statement, String needed) {
    put(
        "line " + statement.line() + ' ' + statement.object(),
        statement,
        "it needs " + needed + ", which failed over the masked rows");
  }

  /** Adds a statement with the reason of its failure, which contains no value of a row. */
  synchronized void note(DdlStatement ddl, String what, SQLException e) {
    add(ddl, what + ": " + DatabaseErrors.reason(e, ddl.sql()));
  }

  private void add(DdlStatement ddl, String reason) {
    put(ddl.sql(), new Named(ddl.line(), ddl.object()), ddl.title(), reason);
  }

  /**
   * A sentence for the error of a statement that cannot be left out, if the missing objects may be
   * the reason; otherwise empty.
   */
  synchronized String hint(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (items.isEmpty() || !state.startsWith("42")) {
      return "";
    }
    return " It may need one of these objects, which could not be created either: "
        + items.values().stream().map(Item::object).collect(Collectors.joining(", "))
        + '.';
  }
}
