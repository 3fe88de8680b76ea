package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.List;
import java.util.Locale;

/**
 * The name under which a policy has a rule for the object of a statement, for instance {@code
 * TRIGGER hook ON public.users}. Statements about one object have one name, so that a rule serves
 * all of them: {@code ALTER TABLE … DISABLE TRIGGER hook} has the name of the trigger. All
 * overloads of a function share a name. A name never contains a literal.
 */
public final class ObjectName {
  /** The kinds of objects that COMMENT ON names with several words, the longer ones first. */
  private static final List<String> KINDS =
      List.of(
          "materialized view",
          "foreign table",
          "foreign data wrapper",
          "operator class",
          "operator family",
          "text search configuration",
          "text search dictionary",
          "text search parser",
          "text search template",
          "procedural language",
          "access method");

  private ObjectName() {}

  /** The name of a statement's object. */
  public static String of(DumpPart.Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    String object = statement.object();
    return switch (statement.kind()) {
      case VIEW -> "VIEW " + object;
      case MATERIALIZED_VIEW, REFRESH -> "MATERIALIZED VIEW " + object;
      case TRIGGER, POLICY -> object + " ON " + after(tokens, "on");
      case INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> object + " ON " + after(tokens, "on");
      case RULE -> object + " ON " + after(tokens, "to");
      case TRIGGER_SWITCH -> switched(tokens, object);
      case CONSTRAINT, FOREIGN_KEY -> constraint(tokens, object);
      case DOMAIN_CONSTRAINT -> constraint(tokens, object);
      case COLUMN_DEFAULT -> columnDefault(tokens, object);
      case LARGE_OBJECT_COMMENT -> "COMMENT ON LARGE OBJECT";
      case COMMENT -> comment(tokens);
      default -> object;
    };
  }

  /** The name after the first such word outside of parentheses. */
  private static String after(StatementTokens tokens, String word) {
    int found = tokens.find(2, word);
    tokens.at(found + 1);
    tokens.accept("only");
    return found < 0 ? "" : tokens.name();
  }

  /** {@code ALTER TABLE t DISABLE TRIGGER name}. */
  private static String switched(StatementTokens tokens, String table) {
    int trigger = tokens.find(2, "trigger");
    int at = trigger < 0 ? tokens.find(2, "rule") : trigger;
    tokens.at(at + 1);
    return (trigger < 0 ? "RULE " : "TRIGGER ") + tokens.name() + " ON " + table;
  }

  /** {@code … ADD CONSTRAINT name}; NOT NULL and unnamed constraints belong to their table. */
  private static String constraint(StatementTokens tokens, String object) {
    int constraint = tokens.find(2, "constraint");
    if (constraint < 0 || !tokens.isWord(constraint - 1, "add")) {
      return object;
    }
    tokens.at(constraint + 1);
    return "CONSTRAINT " + tokens.name() + " ON " + object;
  }

  /** {@code … ALTER [COLUMN] name SET DEFAULT}. */
  private static String columnDefault(StatementTokens tokens, String table) {
    tokens.at(tokens.find(1, "alter") + 1);
    tokens.accept("column");
    return "DEFAULT " + table + '.' + tokens.name();
  }

  private static String comment(StatementTokens tokens) {
    tokens.at(2);
    String kind = kind(tokens);
    String name = tokens.name();
    if (name.isEmpty()) {
      return "COMMENT ON " + kind;
    }
    boolean ofPart = tokens.accept("on");
    boolean ofDomain = ofPart && tokens.accept("domain");
    return "COMMENT ON "
        + kind
        + ' '
        + name
        + (ofPart ? " ON " + (ofDomain ? "DOMAIN " : "") + tokens.name() : "");
  }

  private static String kind(StatementTokens tokens) {
    for (String kind : KINDS) {
      if (tokens.accept(kind.split(" ", -1))) {
        return upper(kind);
      }
    }
    String word = tokens.identifier();
    return word == null ? "" : upper(TableName.quoted(word));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
