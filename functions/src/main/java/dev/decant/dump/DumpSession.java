package dev.decant.dump;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state that earlier statements have set: restriction, database, and syntax of strings. */
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

  /** Whether psql continues if a statement fails, because ON_ERROR_STOP is off. */
  boolean optional() {
    return optional;
  }

  /**
   * The schema of a table whose name has none: the first one of search_path, or null if that is
   * empty.
   */
  @Nullable String schema() {
    return searchPath == null ? "public" : null;
  }

  @Nullable String database() {
    return database;
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
  void run(MetaCommand command, long line, boolean afterFooter) {
    boolean lifts = command.name() == MetaCommand.Name.UNRESTRICT;
    if (lifts ? !command.argument().equals(restriction) : restriction != null || afterFooter) {
      throw DumpProblem.invalid(
          line,
          "A psql command is not allowed here. \\restrict and \\unrestrict must come in pairs with"
              + " the same key. Make the dump with pg_dump.");
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
          line, "The dump continues with a second database. Dump one database with pg_dump.");
    }
    database = name;
  }

  /** Records the settings that change how the text is read. */
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
   * Requires that search_path does not change after the first object. psql restores a dump in one
   * session, but a load uses several, and each has the settings of the beginning of the dump.
   *
   * @param created whether the dump has created objects already
   */
  void searchPath(StatementTokens tokens, boolean created, long line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.count(); i++) {
      text.append(tokens.source(i));
    }
    if (created && !text.toString().equals(searchPath)) {
      throw DumpProblem.unsupported(
          line,
          "The dump changes search_path after its first object. Make it with pg_dump of PostgreSQL"
              + " 13 or later, which sets search_path once, at the beginning.");
    }
    searchPath = text.toString();
  }

  private static void encoding(String value, long line) {
    String name = value.replace("-", "").replace("_", "");
    if (name.equals("sqlascii")) {
      throw DumpProblem.unsupported(
          line,
          "The dump is in SQL_ASCII. PostgreSQL does not know the encoding of its bytes, so pg_dump"
              + " cannot convert them. Convert the dump from the encoding that the application"
              + " uses, for example from WINDOWS-1252: pg_dump … | iconv -f WINDOWS-1252 -t UTF-8 |"
              + " sed \"s/^SET client_encoding = 'SQL_ASCII';$/SET client_encoding = 'UTF8';/\" |"
              + " decant sanitize - --name NAME");
    }
    if (!name.equals("utf8") && !name.equals("unicode")) {
      throw DumpProblem.unsupported(
          line, "The dump is not in UTF8. Make it with pg_dump --encoding=UTF8.");
    }
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
