package dev.decant.dump;

import dev.decant.dump.StatementClassifier.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Determines the kind of a CREATE statement. */
final class CreateClassifier {
  /** The keywords after CREATE [OR REPLACE] that determine a kind. */
  private record Form(StatementKind kind, String... words) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(StatementKind.TABLE, "table"),
          new Form(StatementKind.TABLE, "unlogged", "table"),
          new Form(StatementKind.FOREIGN_TABLE, "foreign", "table"),
          new Form(StatementKind.FOREIGN_DATA_WRAPPER, "foreign", "data", "wrapper"),
          new Form(StatementKind.SERVER, "server"),
          new Form(StatementKind.USER_MAPPING, "user", "mapping"),
          new Form(StatementKind.VIEW, "view"),
          new Form(StatementKind.VIEW, "recursive", "view"),
          new Form(StatementKind.MATERIALIZED_VIEW, "materialized", "view"),
          new Form(StatementKind.INDEX, "index"),
          new Form(StatementKind.INDEX_UNIQUE, "unique", "index"),
          new Form(StatementKind.SEQUENCE, "sequence"),
          new Form(StatementKind.SEQUENCE, "unlogged", "sequence"),
          new Form(StatementKind.SCHEMA, "schema"),
          new Form(StatementKind.EXTENSION, "extension"),
          new Form(StatementKind.TYPE, "type"),
          new Form(StatementKind.DOMAIN, "domain"),
          new Form(StatementKind.FUNCTION, "function"),
          new Form(StatementKind.PROCEDURE, "procedure"),
          new Form(StatementKind.AGGREGATE, "aggregate"),
          new Form(StatementKind.OPERATOR_CLASS, "operator", "class"),
          new Form(StatementKind.OPERATOR_FAMILY, "operator", "family"),
          new Form(StatementKind.OPERATOR, "operator"),
          new Form(StatementKind.COLLATION, "collation"),
          new Form(StatementKind.CONVERSION, "conversion"),
          new Form(StatementKind.CONVERSION, "default", "conversion"),
          new Form(StatementKind.CAST, "cast"),
          new Form(StatementKind.TRANSFORM, "transform"),
          new Form(StatementKind.ACCESS_METHOD, "access", "method"),
          new Form(StatementKind.TEXT_SEARCH, "text", "search", "configuration"),
          new Form(StatementKind.TEXT_SEARCH, "text", "search", "dictionary"),
          new Form(StatementKind.TEXT_SEARCH, "text", "search", "parser"),
          new Form(StatementKind.TEXT_SEARCH, "text", "search", "template"),
          new Form(StatementKind.LANGUAGE, "language"),
          new Form(StatementKind.LANGUAGE, "procedural", "language"),
          new Form(StatementKind.LANGUAGE, "trusted", "language"),
          new Form(StatementKind.LANGUAGE, "trusted", "procedural", "language"),
          new Form(StatementKind.STATISTICS, "statistics"),
          new Form(StatementKind.TRIGGER, "trigger"),
          new Form(StatementKind.TRIGGER, "constraint", "trigger"),
          new Form(StatementKind.RULE, "rule"),
          new Form(StatementKind.POLICY, "policy"),
          new Form(StatementKind.EVENT_TRIGGER, "event", "trigger"),
          new Form(StatementKind.PUBLICATION, "publication"),
          new Form(StatementKind.SUBSCRIPTION, "subscription"),
          new Form(StatementKind.DATABASE, "database"),
          new Form(StatementKind.TABLESPACE, "tablespace"),
          new Form(StatementKind.ROLE, "role"),
          new Form(StatementKind.ROLE, "user"),
          new Form(StatementKind.ROLE, "group"));

  private CreateClassifier() {}

  static @Nullable Found classify(StatementTokens tokens) {
    tokens.accept("or", "replace");
    for (Form form : FORMS) {
      if (tokens.accept(form.words())) {
        return found(form.kind(), tokens);
      }
    }
    return null;
  }

  private static @Nullable Found found(StatementKind kind, StatementTokens tokens) {
    tokens.accept("concurrently");
    tokens.accept("if", "not", "exists");
    return switch (kind) {
      case TABLE -> table(tokens);
      case SCHEMA -> schema(tokens);
      case INDEX -> {
        String name = tokens.name();
        yield new Found(
            computes(tokens) ? StatementKind.INDEX_EXPRESSION : StatementKind.INDEX,
            "INDEX " + name);
      }
      case INDEX_UNIQUE -> new Found(kind, "INDEX " + tokens.name());
      case LANGUAGE -> language(tokens);
      case FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> new Found(kind, tokens.name());
      case CAST, TRANSFORM, OPERATOR, USER_MAPPING, DATABASE, SUBSCRIPTION, ROLE ->
          new Found(kind, label(kind));
      default -> new Found(kind, label(kind) + ' ' + tokens.name());
    };
  }

  /** Every database has plpgsql. pg_dump of PostgreSQL 9.0 creates it. */
  private static Found language(StatementTokens tokens) {
    String name = tokens.name();
    return name.equals("plpgsql")
        ? new Found(StatementKind.IGNORED, "CREATE LANGUAGE plpgsql")
        : new Found(StatementKind.LANGUAGE, "LANGUAGE " + name);
  }

  /** A kind's name as a message shows it: {@code OPERATOR CLASS}. */
  private static String label(StatementKind kind) {
    return kind.name().replace('_', ' ');
  }

  /** CREATE TABLE … AS has no kind, because it would bring rows that no mask reads. */
  private static @Nullable Found table(StatementTokens tokens) {
    String name = tokens.name();
    boolean shaped =
        tokens.isSymbol(tokens.at(), '(')
            || tokens.isWord(tokens.at(), "of")
            || tokens.isWord(tokens.at(), "partition");
    return name.isEmpty() || !shaped || tokens.has("as")
        ? null
        : new Found(StatementKind.TABLE, name);
  }

  /** CREATE SCHEMA with elements has no kind, because it contains other statements. */
  private static @Nullable Found schema(StatementTokens tokens) {
    String name = tokens.name();
    boolean alone =
        tokens.atEnd()
            || (tokens.accept("authorization") && tokens.identifier() != null && tokens.atEnd());
    return alone && !name.isEmpty() ? new Found(StatementKind.SCHEMA, "SCHEMA " + name) : null;
  }

  /** Whether an index computes something: a predicate, or anything but plain columns. */
  private static boolean computes(StatementTokens tokens) {
    if (tokens.has("where")) {
      return true;
    }
    int open = tokens.at();
    while (open < tokens.count() && !tokens.isSymbol(open, '(')) {
      open++;
    }
    int close = tokens.closing(open);
    for (int i = open + 1; i < close; i++) {
      boolean plain = tokens.isIdentifier(i) || tokens.isSymbol(i, '.') || tokens.isSymbol(i, ',');
      if (!plain) {
        return true;
      }
    }
    return false;
  }
}
