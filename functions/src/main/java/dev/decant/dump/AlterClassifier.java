package dev.decant.dump;

import dev.decant.dump.StatementClassifier.Found;
import org.jspecify.annotations.Nullable;

/** Determines the kind of an ALTER statement from its one action. */
final class AlterClassifier {
  private AlterClassifier() {}

  static @Nullable Found classify(StatementTokens tokens, boolean clean) {
    if (tokens.accept("default", "privileges")) {
      return new Found(StatementKind.DEFAULT_PRIVILEGE, "DEFAULT PRIVILEGES");
    }
    if (tokens.accept("event", "trigger")) {
      return new Found(StatementKind.EVENT_TRIGGER, "EVENT TRIGGER");
    }
    if (tokens.accept("publication")) {
      return new Found(StatementKind.PUBLICATION, "PUBLICATION");
    }
    if (tokens.accept("subscription")) {
      return new Found(StatementKind.SUBSCRIPTION, "SUBSCRIPTION");
    }
    if (tokens.accept("user", "mapping")) {
      return new Found(StatementKind.USER_MAPPING, "USER MAPPING");
    }
    if (tokens.accept("database")) {
      return new Found(StatementKind.DATABASE, "DATABASE");
    }
    if (tokens.acceptAny("role", "user", "group")) {
      return new Found(StatementKind.ROLE, "ROLE");
    }
    if (endsWithOwner(tokens)) {
      return new Found(StatementKind.OWNER, "OWNER");
    }
    if (isDependency(tokens)) {
      return new Found(StatementKind.EXTENSION_DEPENDENCY, "DEPENDS ON EXTENSION");
    }
    return object(tokens, clean);
  }

  /** {@code … OWNER TO role;} */
  private static boolean endsWithOwner(StatementTokens tokens) {
    int owner = tokens.count() - 4;
    return owner > 1
        && tokens.depth(owner) == 0
        && tokens.isWord(owner, "owner")
        && tokens.isWord(owner + 1, "to")
        && tokens.isIdentifier(owner + 2)
        && !hasComma(tokens);
  }

  /** {@code … DEPENDS ON EXTENSION name;} */
  private static boolean isDependency(StatementTokens tokens) {
    int depends = tokens.count() - 5;
    return depends > 1
        && tokens.isWord(depends, "depends")
        && tokens.isWord(depends + 1, "on")
        && tokens.isWord(depends + 2, "extension")
        && tokens.isIdentifier(depends + 3);
  }

  /** A second action could be of another kind. pg_dump writes one action in each statement. */
  private static boolean hasComma(StatementTokens tokens) {
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.depth(i) == 0 && tokens.isSymbol(i, ',')) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Found object(StatementTokens tokens, boolean clean) {
    if (tokens.accept("operator", "family")) {
      return tokens.has("add") ? new Found(StatementKind.OPERATOR_FAMILY, tokens.name()) : null;
    }
    if (tokens.accept("text", "search", "configuration")) {
      String name = tokens.name();
      return tokens.accept("add", "mapping") ? new Found(StatementKind.TEXT_SEARCH, name) : null;
    }
    if (hasComma(tokens)) {
      return null;
    }
    if (tokens.accept("table")
        || tokens.accept("foreign", "table")
        || tokens.accept("materialized", "view")
        || tokens.accept("view")) {
      return relation(tokens, clean);
    }
    if (tokens.accept("sequence")) {
      return sequence(tokens);
    }
    if (tokens.accept("index")) {
      return index(tokens);
    }
    if (tokens.accept("domain")) {
      return domain(tokens, clean);
    }
    return tokens.accept("statistics")
        ? new Found(StatementKind.STATISTICS, "STATISTICS " + tokens.name())
        : null;
  }

  private static @Nullable Found relation(StatementTokens tokens, boolean clean) {
    tokens.accept("if", "exists");
    tokens.accept("only");
    String name = tokens.name();
    StatementKind kind = name.isEmpty() ? null : action(tokens, clean);
    return kind == null ? null : new Found(kind, name);
  }

  private static @Nullable StatementKind action(StatementTokens tokens, boolean clean) {
    if (tokens.accept("add")) {
      return constraint(tokens);
    }
    if (tokens.accept("alter")) {
      tokens.accept("column");
      return tokens.identifier() == null ? null : column(tokens, clean);
    }
    if (tokens.accept("attach", "partition")) {
      return StatementKind.TABLE_ATTACH;
    }
    if (tokens.acceptAny("drop", "detach")) {
      return clean ? StatementKind.CLEAN : null;
    }
    if (tokens.acceptAny("inherit", "of")) {
      return StatementKind.TABLE_INHERIT;
    }
    if (tokens.accept("cluster", "on") || tokens.accept("set", "without", "cluster")) {
      return StatementKind.CLUSTER;
    }
    if (tokens.accept("replica", "identity")) {
      return StatementKind.REPLICA_IDENTITY;
    }
    if (tokens.acceptAny("force", "enable", "disable") || tokens.accept("no", "force")) {
      return switched(tokens);
    }
    return tokens.accept("set") ? setting(tokens) : null;
  }

  private static @Nullable StatementKind constraint(StatementTokens tokens) {
    if (tokens.accept("constraint") && tokens.identifier() == null) {
      return null;
    }
    if (tokens.accept("foreign", "key")) {
      return StatementKind.FOREIGN_KEY;
    }
    return tokens.accept("primary", "key")
            || tokens.accept("not", "null")
            || tokens.acceptAny("unique", "exclude", "check")
        ? StatementKind.CONSTRAINT
        : null;
  }

  private static @Nullable StatementKind column(StatementTokens tokens, boolean clean) {
    if (tokens.accept("add", "generated")) {
      return StatementKind.COLUMN_IDENTITY;
    }
    if (tokens.accept("options")) {
      return StatementKind.FOREIGN_OPTIONS;
    }
    if (tokens.accept("drop")) {
      return clean ? StatementKind.CLEAN : null;
    }
    if (!tokens.accept("set")) {
      return null;
    }
    if (tokens.accept("default")) {
      return StatementKind.COLUMN_DEFAULT;
    }
    if (tokens.accept("not", "null")) {
      return StatementKind.CONSTRAINT;
    }
    if (tokens.accept("compression")) {
      return StatementKind.COLUMN_COMPRESSION;
    }
    return tokens.acceptAny("statistics", "storage") || tokens.acceptSymbol('(')
        ? StatementKind.COLUMN_STORAGE
        : null;
  }

  private static @Nullable StatementKind switched(StatementTokens tokens) {
    if (tokens.accept("row", "level", "security")) {
      return StatementKind.ROW_SECURITY;
    }
    tokens.acceptAny("always", "replica");
    if (tokens.accept("trigger")) {
      return tokens.isWord(tokens.at(), "all")
          ? StatementKind.TRIGGER_SWITCH_ALL
          : StatementKind.TRIGGER_SWITCH;
    }
    return tokens.accept("rule") ? StatementKind.TRIGGER_SWITCH : null;
  }

  private static @Nullable StatementKind setting(StatementTokens tokens) {
    if (tokens.accept("tablespace")) {
      return StatementKind.TABLESPACE;
    }
    return tokens.accept("access", "method") || tokens.acceptSymbol('(')
        ? StatementKind.TABLE_SETTING
        : null;
  }

  private static @Nullable Found sequence(StatementTokens tokens) {
    String name = "SEQUENCE " + tokens.name();
    if (tokens.accept("owned", "by")) {
      return new Found(StatementKind.SEQUENCE_OWNED_BY, name);
    }
    return tokens.accept("set", "logged") || tokens.accept("set", "unlogged")
        ? new Found(StatementKind.SEQUENCE_SETTING, name)
        : null;
  }

  private static @Nullable Found index(StatementTokens tokens) {
    String name = "INDEX " + tokens.name();
    if (tokens.accept("attach", "partition")) {
      return new Found(StatementKind.INDEX_ATTACH, name);
    }
    if (tokens.accept("set", "tablespace")) {
      return new Found(StatementKind.TABLESPACE, name);
    }
    boolean setting = tokens.accept("alter") || (tokens.accept("set") && tokens.acceptSymbol('('));
    return setting ? new Found(StatementKind.INDEX_SETTING, name) : null;
  }

  private static @Nullable Found domain(StatementTokens tokens, boolean clean) {
    String name = "DOMAIN " + tokens.name();
    if (tokens.accept("add")) {
      return new Found(StatementKind.DOMAIN_CONSTRAINT, name);
    }
    return clean && tokens.accept("drop") ? new Found(StatementKind.CLEAN, name) : null;
  }
}
