package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import java.util.Locale;

/**
 * The object of a statement for reports: its kind, its name with the schema, and the table of what
 * belongs to a table. It never contains a literal, apart from the name of a sequence.
 */
public final class ObjectTitle {
  private ObjectTitle() {}

  /** The title of a statement's object, for instance {@code CONSTRAINT c ON public.t}. */
  public static String of(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    String object = statement.object();
    return switch (statement.kind()) {
      case TABLE, TABLE_SETTING, TABLE_INHERIT -> "TABLE " + object;
      case CLUSTER, REPLICA_IDENTITY, ROW_SECURITY ->
          statement.kind().name().replace('_', ' ') + " of TABLE " + object;
      case FOREIGN_TABLE -> "FOREIGN TABLE " + object;
      case TABLE_ATTACH -> "PARTITION " + nameAfter(tokens, "partition") + " OF " + object;
      case SCHEMA_CHANGE -> tokens.source(1).toUpperCase(Locale.ROOT) + ' ' + object;
      case COLUMN_IDENTITY, COLUMN_STORAGE, COLUMN_COMPRESSION, FOREIGN_OPTIONS ->
          column(tokens, object);
      case CONSTRAINT, FOREIGN_KEY -> constraint(tokens, object);
      case TRIGGER_SWITCH_ALL -> "ALL TRIGGERS ON " + object;
      case OPERATOR, CAST, TRANSFORM -> definition(tokens, object);
      case OPERATOR_FAMILY -> (object.startsWith("OPERATOR ") ? "" : "OPERATOR FAMILY ") + object;
      case TEXT_SEARCH -> textSearch(tokens, object);
      case REFRESH -> "REFRESH of " + ObjectName.of(statement);
      case SEQUENCE_VALUE -> sequence(tokens, object);
      case COMMENT -> comment(tokens, statement);
      default -> ObjectName.of(statement);
    };
  }

  private static String nameAfter(StatementTokens tokens, String word) {
    tokens.at(tokens.find(2, word) + 1);
    return tokens.name();
  }

  /** {@code ALTER TABLE t ALTER [COLUMN] c …}. */
  private static String column(StatementTokens tokens, String table) {
    int alter = tokens.find(1, "alter");
    if (alter < 0) {
      return "TABLE " + table;
    }
    tokens.at(alter + 1);
    tokens.accept("column");
    return "COLUMN " + table + '.' + tokens.name();
  }

  /** The object of the statement may be more than its table, if decant wrote the statement. */
  private static String constraint(StatementTokens tokens, String object) {
    boolean alters = tokens.accept("alter", "table");
    tokens.accept("if", "exists");
    tokens.accept("only");
    String table = tokens.name();
    if (!alters || table.isEmpty()) {
      return object;
    }
    if (tokens.isWord(tokens.at(), "alter")) {
      return "NOT NULL of " + column(tokens, table);
    }
    boolean named = tokens.accept("add", "constraint");
    return "CONSTRAINT " + (named ? tokens.name() : "without a name") + " ON " + table;
  }

  /** {@code CREATE OPERATOR public.=== (…)} and {@code CREATE CAST (a AS b) …}. */
  private static String definition(StatementTokens tokens, String object) {
    int first = tokens.find(1, object.toLowerCase(Locale.ROOT)) + 1;
    int open = first;
    while (open < tokens.count() && !tokens.isSymbol(open, '(') && !tokens.isWord(open, "for")) {
      open++;
    }
    int last = tokens.isSymbol(open, '(') && open > first ? open - 1 : tokens.closing(open);
    if (tokens.isWord(open, "for")) {
      last = tokens.find(open, "language") + 1;
    }
    return first == 0 || last < first ? object : object + ' ' + tokens.between(first, last);
  }

  /** {@code CREATE TEXT SEARCH kind name} and {@code ALTER TEXT SEARCH kind name}. */
  private static String textSearch(StatementTokens tokens, String object) {
    String name = object.substring(object.lastIndexOf(' ') + 1);
    return "TEXT SEARCH " + tokens.source(3).toUpperCase(Locale.ROOT) + ' ' + name;
  }

  /** {@code SELECT setval('name', …)}. */
  private static String sequence(StatementTokens tokens, String object) {
    for (int i = 1; i < tokens.count(); i++) {
      String name = tokens.plainString(i);
      if (name != null) {
        return object + ' ' + name;
      }
    }
    return object;
  }

  /** Everything of {@code COMMENT ON … IS 'text'} before the text. */
  private static String comment(StatementTokens tokens, Statement statement) {
    int is = tokens.find(2, "is");
    return is < 3 ? ObjectName.of(statement) : tokens.between(0, is - 1);
  }
}
