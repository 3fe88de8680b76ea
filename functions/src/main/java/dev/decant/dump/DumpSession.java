package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state that earlier statements have set: restriction, search path, and syntax of strings. */
final class DumpSession {
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  /** The kinds of statements whose names mean the same under every search path. */
  private static final Set<StatementKind> WITHOUT_PATH =
      EnumSet.of(
          StatementKind.SETTING,
          StatementKind.SEARCH_PATH,
          StatementKind.SCHEMA,
          StatementKind.EXTENSION,
          StatementKind.LANGUAGE,
          StatementKind.LARGE_OBJECT_CREATE,
          StatementKind.LARGE_OBJECT_DATA,
          StatementKind.LARGE_OBJECT_COMMENT,
          StatementKind.TRANSACTION);

  private @Nullable String restriction;

  private final RelationNames names = new RelationNames();
  private boolean optional;
  private SearchPath path = SearchPath.DEFAULT;

  /** The search path of every session that loads the output. */
  private SearchPath beginning = SearchPath.DEFAULT;

  /** Whether a statement that needs the path has ended the beginning. */
  private boolean begun;

  private boolean pathChanged;
  private boolean backslashEscapes;
  private Encoding encoding;

  /** Whether the dump has declared an encoding that says what its bytes mean. */
  private boolean declared;

  /** The encoding of a dump that declares none. */
  private final Encoding undeclared;

  private boolean rowSecurity;

  DumpSession(Encoding undeclared) {
    this.undeclared = undeclared;
    this.encoding = undeclared;
  }

  boolean restricted() {
    return restriction != null;
  }

  /** Whether psql continues if a statement fails, because ON_ERROR_STOP is off. */
  boolean optional() {
    return optional;
  }

  boolean rowSecurity() {
    return rowSecurity;
  }

  /** Whether backslashes escape in plain strings, because standard_conforming_strings is off. */
  boolean backslashEscapes() {
    return backslashEscapes;
  }

  /**
   * Runs a command as psql does. During a restriction, only the command that ends it is allowed.
   */
  void run(MetaCommand command, long line) {
    boolean lifts = command.name() == MetaCommand.Name.UNRESTRICT;
    if (lifts ? !command.argument().equals(restriction) : restriction != null) {
      throw DumpProblem.invalid(
          line,
          "A psql command is not allowed here. \\restrict and \\unrestrict must come in pairs with"
              + " the same key. Make the dump with pg_dump.");
    }
    switch (command.name()) {
      case RESTRICT -> restriction = command.argument();
      case UNRESTRICT -> restriction = null;
      case CONNECT -> connect();
      case ERROR_STOP -> optional = command.argument().equals("off");
      case ENCODING -> encoding(SqlLexer.folded(command.argument()), line);
      case DISPLAY -> {}
    }
  }

  /**
   * A new connection has the settings of the server, and so has a session after RESET ALL. The
   * encoding stays, because a file has one encoding, and the server's is not known.
   */
  private void connect() {
    path = SearchPath.DEFAULT;
    backslashEscapes = false;
  }

  /** Begins a file of its own, which psql would run in a session of its own. */
  void otherFile() {
    connect();
    encoding = undeclared;
    declared = false;
    optional = false;
  }

  /** Forgets the database before, of which another one has neither relations nor a path. */
  void otherDatabase() {
    names.clear();
    beginning = SearchPath.DEFAULT;
    begun = false;
    pathChanged = false;
  }

  /** Records the settings that change how the text is read. */
  void run(StatementKind kind, StatementTokens tokens, long line) {
    if (kind == StatementKind.SETTING) {
      set(tokens, line);
    } else if (kind == StatementKind.IGNORED
        && (tokens.isWord(0, "reset") || tokens.isWord(0, "discard"))
        && tokens.isWord(1, "all")) {
      connect();
    }
  }

  private void set(StatementTokens tokens, long line) {
    int last = tokens.count() - 2;
    String constant = tokens.plainString(last);
    String value = SqlLexer.folded(constant == null ? tokens.source(last) : constant);
    if (tokens.isWord(last - 2, "client_encoding")) {
      encoding(value, line);
    } else if (tokens.isWord(last - 2, "standard_conforming_strings")) {
      backslashEscapes = !isOn(value, line);
    } else if (tokens.isWord(last - 2, "row_security")) {
      rowSecurity = isOn(value, line);
    }
  }

  /** The encoding that the dump declared last, or that of a dump that declares none. */
  Encoding encoding() {
    return encoding;
  }

  /** Whether the dump has declared which encoding its bytes have. */
  boolean encodingDeclared() {
    return declared;
  }

  /** The relations that the dump has created. */
  RelationNames names() {
    return names;
  }

  /** The relation that a name without a schema means, or null if the search path is empty. */
  @Nullable TableName relation(String name) {
    return names.resolve(name, path);
  }

  /** The search path in force. */
  SearchPath path() {
    return path;
  }

  /**
   * Changes the search path.
   *
   * @return whether this is still the beginning of the dump, whose path is that of every session
   */
  boolean searchPath(SearchPath next) {
    path = next;
    if (!begun) {
      beginning = next;
    }
    return !begun;
  }

  /**
   * The search path that a statement needs. It is null if the path has not changed since the
   * beginning of the dump. psql restores a dump in one session, but a load uses several, and each
   * has the settings of the beginning of the dump.
   */
  @Nullable String pathOf(StatementKind kind) {
    if (WITHOUT_PATH.contains(kind) || kind.output() == StatementKind.Output.DROP) {
      return null;
    }
    begun = true;
    pathChanged |= !path.equals(beginning);
    return pathChanged ? path.value() : null;
  }

  private void encoding(String value, long line) {
    Encoding next = Encoding.of(value);
    if (next == null) {
      throw DumpProblem.unsupported(
          line,
          "decant cannot decode the encoding of this dump as PostgreSQL does. Make the dump with"
              + " pg_dump --encoding=UTF8.");
    }
    declared = !next.equals(Encoding.SQL_ASCII);
    encoding = declared || undeclared.equals(Encoding.UTF8) ? next : undeclared;
  }

  private static boolean isOn(String value, long line) {
    if (!ON.contains(value) && !OFF.contains(value)) {
      throw DumpProblem.invalid(
          line,
          "A SET command sets a value that is neither on nor off. Make the dump with pg_dump.");
    }
    return ON.contains(value);
  }
}
