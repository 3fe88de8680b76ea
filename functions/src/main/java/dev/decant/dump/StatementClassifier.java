package dev.decant.dump;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines the kind of a statement from its first keywords, and for ALTER and SELECT from the
 * whole statement. A statement of an unknown kind is an error, because decant publishes only
 * statements that it understands.
 */
final class StatementClassifier {
  /**
   * The kind of a statement.
   *
   * @param object the object of the statement, for messages; it contains only names
   */
  record Found(StatementKind kind, String object) {}

  private static final Set<String> SETTINGS =
      Set.of(
          "statement_timeout",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "client_encoding",
          "standard_conforming_strings",
          "check_function_bodies",
          "xmloption",
          "client_min_messages",
          "escape_string_warning",
          "row_security",
          "default_table_access_method",
          "default_with_oids");

  /** The kinds of objects whose comments are not in the output. */
  private static final Set<String> UNCOMMENTED =
      Set.of(
          "extension",
          "database",
          "event",
          "publication",
          "subscription",
          "role",
          "tablespace",
          "user");

  private static final Map<String, StatementKind> BY_FIRST_WORD =
      Map.of(
          "grant", StatementKind.PRIVILEGE,
          "revoke", StatementKind.PRIVILEGE,
          "insert", StatementKind.INSERT,
          "analyze", StatementKind.IGNORED,
          "vacuum", StatementKind.IGNORED,
          "checkpoint", StatementKind.IGNORED,
          "lock", StatementKind.IGNORED,
          "discard", StatementKind.IGNORED);

  /** Settings that matter only to the session that restores the dump. */
  private static final Set<String> IGNORED_SETTINGS =
      Set.of(
          "default_transaction_read_only",
          "session_replication_role",
          "synchronous_commit",
          "maintenance_work_mem",
          "work_mem");

  private StatementClassifier() {}

  /**
   * Returns null for an unknown statement.
   *
   * @param clean whether the statement may be one of the DROP statements of --clean, because no
   *     object was created yet
   */
  static @Nullable Found classify(StatementTokens tokens, boolean clean) {
    String first = tokens.identifier();
    if (first == null || tokens.kind(0) != SqlLexer.WORD) {
      return null;
    }
    StatementKind simple = BY_FIRST_WORD.get(first);
    if (simple != null) {
      return new Found(simple, first.toUpperCase(Locale.ROOT));
    }
    return switch (first) {
      case "create" -> CreateClassifier.classify(tokens);
      case "alter" -> AlterClassifier.classify(tokens, clean);
      case "select" -> SelectClassifier.classify(tokens, clean);
      case "set" -> set(tokens);
      case "reset" -> reset(tokens);
      case "comment" -> comment(tokens);
      case "security" ->
          tokens.accept("label") ? new Found(StatementKind.SECURITY_LABEL, "SECURITY LABEL") : null;
      case "drop" -> drop(tokens, clean);
      case "refresh" ->
          tokens.accept("materialized", "view")
              ? new Found(StatementKind.REFRESH, tokens.name())
              : null;
      case "begin", "commit", "end", "start" -> transaction(tokens, first);
      case "update" ->
          tokens.accept("pg_catalog") && tokens.acceptSymbol('.') && tokens.accept("pg_database")
              ? new Found(StatementKind.DATABASE, "DATABASE")
              : null;
      default -> null;
    };
  }

  private static @Nullable Found reset(StatementTokens tokens) {
    if (tokens.accept("all") && tokens.atEnd()) {
      return new Found(StatementKind.IGNORED, "RESET");
    }
    boolean role = tokens.accept("session", "authorization") || tokens.accept("role");
    return role && tokens.atEnd()
        ? new Found(StatementKind.SETTING_ROLE, "SESSION AUTHORIZATION")
        : null;
  }

  private static @Nullable Found transaction(StatementTokens tokens, String first) {
    boolean work = tokens.acceptAny("work", "transaction");
    boolean complete = tokens.atEnd() && (work || !first.equals("start"));
    return complete ? new Found(StatementKind.TRANSACTION, first.toUpperCase(Locale.ROOT)) : null;
  }

  private static @Nullable Found set(StatementTokens tokens) {
    if (tokens.accept("session", "authorization")) {
      return new Found(StatementKind.SETTING_ROLE, "SESSION AUTHORIZATION");
    }
    if (tokens.accept("role")) {
      return new Found(StatementKind.SETTING_ROLE, "ROLE");
    }
    if (tokens.accept("constraints")) {
      return new Found(StatementKind.IGNORED, "SET CONSTRAINTS");
    }
    tokens.accept("session");
    String name = tokens.identifier();
    if (name == null || !(tokens.acceptSymbol('=') || tokens.accept("to"))) {
      return null;
    }
    if (name.equals("search_path")) {
      return new Found(StatementKind.SEARCH_PATH, name);
    }
    if (tokens.at() != tokens.count() - 2) {
      return null;
    }
    return switch (name) {
      case "transaction_timeout" -> new Found(StatementKind.SETTING_OF_NEWER_SERVER, name);
      case "default_tablespace" -> new Found(StatementKind.SETTING_TABLESPACE, name);
      default ->
          SETTINGS.contains(name)
              ? new Found(StatementKind.SETTING, name)
              : IGNORED_SETTINGS.contains(name)
                  ? new Found(StatementKind.IGNORED, "SET " + name)
                  : null;
    };
  }

  private static @Nullable Found comment(StatementTokens tokens) {
    if (!tokens.accept("on")) {
      return null;
    }
    if (tokens.accept("large", "object")) {
      return new Found(StatementKind.LARGE_OBJECT_COMMENT, "COMMENT");
    }
    String what = tokens.identifier();
    return what == null
        ? null
        : new Found(
            UNCOMMENTED.contains(what) ? StatementKind.COMMENT_DROPPED : StatementKind.COMMENT,
            "COMMENT");
  }

  private static @Nullable Found drop(StatementTokens tokens, boolean clean) {
    if (tokens.accept("database")) {
      return new Found(StatementKind.DATABASE, "DATABASE");
    }
    if (tokens.acceptAny("role", "group", "owned")
        || (tokens.accept("user") && !tokens.isWord(tokens.at(), "mapping"))) {
      return new Found(StatementKind.ROLE, "ROLE");
    }
    if (tokens.accept("tablespace")) {
      return new Found(StatementKind.TABLESPACE, "TABLESPACE");
    }
    return clean ? new Found(StatementKind.CLEAN, "DROP") : null;
  }
}
