package dev.decant.dump;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the statements so far have set: the restriction, the database, how strings are read. */
final class DumpSession {
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  private @Nullable String restriction;

  private boolean optional;
  private @Nullable String searchPath;
  private @Nullable String database;
  private boolean backslashEscapes;
  private boolean rowSecurity;

  boolean restricted() {
    return restriction != null;
  }

  /** Whether psql goes on where a statement fails: ON_ERROR_STOP is off. */
  boolean optional() {
    return optional;
  }

  @Nullable String database() {
    return database;
  }

  boolean rowSecurity() {
    return rowSecurity;
  }

  /** Whether backslashes escape in plain strings: standard_conforming_strings is off. */
  boolean backslashEscapes() {
    return backslashEscapes;
  }

  /** As psql runs it: under a restriction, nothing but its own end is a command. */
  void run(MetaCommand command, long line, boolean afterFooter) {
    boolean lifts = command.name() == MetaCommand.Name.UNRESTRICT;
    if (lifts ? !command.argument().equals(restriction) : restriction != null || afterFooter) {
      throw DumpProblem.invalid(
          line,
          "a psql command where none may stand (\\restrict and \\unrestrict with one key go in"
              + " pairs). Make the dump with pg_dump");
    }
    switch (command.name()) {
      case RESTRICT -> restriction = command.argument();
      case UNRESTRICT -> restriction = null;
      case CONNECT -> connect(command.argument(), line);
      case ERROR_STOP -> optional = command.argument().equals("off");
    }
  }

  private void connect(String name, long line) {
    if (database != null && !database.equals(name)) {
      throw DumpProblem.unsupported(
          line, "the dump goes on with a second database. Dump one with pg_dump");
    }
    database = name;
  }

  /** Follows the settings that change how the text is read. */
  void run(StatementKind kind, StatementTokens tokens, long line) {
    if (kind == StatementKind.DATABASE && tokens.isWord(0, "create")) {
      tokens.at(2);
      String name = tokens.identifier();
      if (name != null) {
        connect(name, line);
      }
    } else if (kind == StatementKind.SETTING) {
      set(tokens, line);
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

  /**
   * psql restores in one session, and a load in several, each with the settings of the dump's top.
   *
   * @param created whether there are objects already
   */
  void searchPath(StatementTokens tokens, boolean created, long line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.count(); i++) {
      text.append(tokens.source(i));
    }
    if (created && !text.toString().equals(searchPath)) {
      throw DumpProblem.unsupported(
          line,
          "search_path changes after the first object of the dump. Make the dump with pg_dump of"
              + " PostgreSQL 13 or later, which sets it once, at the top");
    }
    searchPath = text.toString();
  }

  private static void encoding(String value, long line) {
    String name = value.replace("-", "").replace("_", "");
    if (name.equals("sqlascii")) {
      throw DumpProblem.unsupported(
          line,
          "the dump is in SQL_ASCII: its bytes are in no encoding that PostgreSQL knows, so pg_dump"
              + " cannot convert them. Convert the dump from the encoding that the application"
              + " wrote, WINDOWS-1252 for instance: pg_dump … | iconv -f WINDOWS-1252 -t UTF-8 |"
              + " sed \"s/^SET client_encoding = 'SQL_ASCII';$/SET client_encoding = 'UTF8';/\" |"
              + " decant sanitize - --name NAME");
    }
    if (!name.equals("utf8") && !name.equals("unicode")) {
      throw DumpProblem.unsupported(
          line, "the dump is not in UTF8. Make it with pg_dump --encoding=UTF8");
    }
  }

  private static boolean isOn(String value, long line) {
    if (!ON.contains(value) && !OFF.contains(value)) {
      throw DumpProblem.invalid(line, "a SET to neither on nor off. Make the dump with pg_dump");
    }
    return ON.contains(value);
  }
}
