package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds the schemas to the names of tables and other relations that a dump writes without a schema.
 * pg_dump before 10.3 sets {@code search_path} for each schema and writes such names, and so do
 * people. A name that was created in a schema of the search path means that relation; any other
 * name gets the schema in which the server would create it. Names of types and functions, and names
 * inside of queries, stay as they are. The statement needs its search path for them.
 */
final class RelationNames {
  /** The relations in the form of {@link TableName#toString}. */
  private final Set<String> created = new HashSet<>();

  /** Whether the dump has created a relation of this name, with any schema. */
  boolean hasCreated(String name) {
    String end = '.' + TableName.quoted(name);
    return created.stream().anyMatch(relation -> relation.endsWith(end));
  }

  /** Forgets all relations. */
  void clear() {
    created.clear();
  }

  /**
   * Remembers a relation that a statement creates or moves, if its name has a schema.
   *
   * @param object the object of the statement, such as {@code SEQUENCE public.s}
   */
  void created(StatementKind kind, String object) {
    switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> created.add(object);
      case SEQUENCE -> created.add(object.substring(object.indexOf(' ') + 1));
      default -> {}
    }
  }

  /**
   * Follows {@code ALTER TABLE schema.a RENAME TO b} and {@code SET SCHEMA other}, so that a name
   * means the same relation as for the server.
   */
  void moved(StatementTokens tokens) {
    tokens.at(1);
    var _ = tokens.acceptAny("foreign", "materialized");
    if (!tokens.isWord(0, "alter") || !tokens.acceptAny("table", "view", "sequence")) {
      return;
    }
    tokens.accept("if", "exists");
    @Nullable String schema = tokens.identifier();
    @Nullable String name = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    boolean renamed = tokens.accept("rename", "to");
    @Nullable String other = renamed || tokens.accept("set", "schema") ? tokens.identifier() : null;
    if (schema == null || name == null || other == null || !tokens.atEnd()) {
      return;
    }
    created.remove(new TableName(schema, name).toString());
    created.add((renamed ? new TableName(schema, other) : new TableName(other, name)).toString());
  }

  /** The relation that an unqualified name means, or null if the path has no schema. */
  @Nullable TableName resolve(String name, SearchPath path) {
    for (String schema : path.schemas()) {
      TableName found = new TableName(schema, name);
      if (created.contains(found.toString())) {
        return found;
      }
    }
    @Nullable String creation = path.creation();
    return creation == null ? null : new TableName(creation, name);
  }

  /** The text of a statement with the schemas of its relations. Remembers what it creates. */
  byte[] qualified(byte[] text, boolean escapes, SearchPath path) {
    StatementTokens tokens = StatementTokens.of(text, escapes);
    TextCuts cuts = new TextCuts(text, tokens);
    boolean creates = tokens.isWord(0, "create");
    int target = target(tokens);
    for (int i = 1; i < tokens.count(); i++) {
      if (i == target && tokens.isIdentifier(i)) {
        relation(tokens, i, path, creates && !tokens.isWord(i - 1, "on"), cuts);
      } else if (isReference(tokens, i)) {
        relation(tokens, i, path, false, cuts);
      } else if (tokens.plainString(i) != null && isNameAsString(tokens, i)) {
        nameAsString(tokens, i, path, cuts);
      }
    }
    return cuts.result();
  }

  /** The token of the relation that the statement creates or changes, or 0. */
  private static int target(StatementTokens tokens) {
    tokens.at(1);
    boolean creates = tokens.isWord(0, "create");
    if (!creates && !tokens.isWord(0, "alter")) {
      return 0;
    }
    tokens.accept("or", "replace");
    var _ = tokens.acceptAny("unlogged", "foreign", "materialized", "unique", "recursive");
    if (tokens.accept("index") && creates) {
      tokens.at(tokens.find(2, "on") + 1);
    } else if (!tokens.isWord(tokens.at() - 1, "index")
        && !tokens.acceptAny("table", "sequence", "view")) {
      return 0;
    }
    tokens.accept("if", "not", "exists");
    tokens.accept("if", "exists");
    tokens.accept("only");
    return tokens.at();
  }

  /** Whether another relation stands here: after REFERENCES, PARTITION OF, OWNED BY, ON, FROM. */
  private static boolean isReference(StatementTokens tokens, int at) {
    if (!tokens.isIdentifier(at) || at < 2) {
      return false;
    }
    return tokens.isWord(at - 1, "references")
        || (tokens.isWord(at - 1, "of") && tokens.isWord(at - 2, "partition"))
        || (tokens.isWord(at - 1, "partition") && tokens.isWord(at - 2, "attach"))
        || isOwner(tokens, at)
        || (tokens.isWord(at - 1, "from") && tokens.isWord(0, "select"))
        || (tokens.isWord(at - 1, "on") && tokens.depth(at) == 0 && isTrigger(tokens));
  }

  /** {@code setval('sequence', …)} and {@code pg_get_serial_sequence('table', …)}. */
  private static boolean isNameAsString(StatementTokens tokens, int at) {
    return tokens.isWord(at - 2, "setval") || tokens.isWord(at - 2, "pg_get_serial_sequence");
  }

  private static boolean isTrigger(StatementTokens tokens) {
    return tokens.isWord(0, "create")
        && (tokens.isWord(1, "trigger") || tokens.isWord(2, "trigger"));
  }

  /** {@code OWNED BY table.column} */
  private static boolean isOwner(StatementTokens tokens, int at) {
    return tokens.isWord(at - 1, "by")
        && tokens.isWord(at - 2, "owned")
        && tokens.isSymbol(at + 1, '.');
  }

  private void relation(
      StatementTokens tokens, int at, SearchPath path, boolean creates, TextCuts cuts) {
    tokens.at(at);
    String name = String.valueOf(tokens.identifier());
    boolean qualified = tokens.isSymbol(at + (isOwner(tokens, at) ? 3 : 1), '.');
    if (qualified) {
      tokens.at(at + 2);
      @Nullable String second = tokens.identifier();
      if (creates && second != null) {
        created.add(new TableName(name, second).toString());
      }
      return;
    }
    @Nullable String creation = path.creation();
    @Nullable TableName found =
        creates && creation != null ? new TableName(creation, name) : resolve(name, path);
    if (found != null) {
      if (creates) {
        created.add(found.toString());
      }
      String schema = TableName.alwaysQuoted(found.schema());
      cuts.replace(at, (schema + '.' + tokens.source(at)).getBytes(UTF_8));
    }
  }

  /** The name in {@code setval('name', …)}, where it is the text of an identifier. */
  private void nameAsString(StatementTokens tokens, int at, SearchPath path, TextCuts cuts) {
    String text = String.valueOf(tokens.plainString(at));
    StatementTokens name = StatementTokens.of((text + ';').getBytes(UTF_8), false);
    @Nullable String first = name.identifier();
    if (first == null || !name.atEnd()) {
      return;
    }
    @Nullable TableName found = resolve(first, path);
    if (found != null) {
      String qualified = ReservedWords.quoted(found.schema()) + '.' + text;
      cuts.replace(at, ('\'' + qualified.replace("'", "''") + '\'').getBytes(UTF_8));
    }
  }
}
