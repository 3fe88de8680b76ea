package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.copy.Bytes;
import dev.decant.schema.SqlQuotes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an expression in a row of an INSERT statement, and the functions that it calls.
 * It refuses what a server without the tables of the dump would compute in another way.
 */
final class ExpressionScan {
  /** Functions that make a UUID, of pg_catalog, of pgcrypto and of uuid-ossp. */
  private static final Set<String> UUIDS =
      Set.of(
          "gen_random_uuid",
          "uuidv4",
          "uuidv7",
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4");

  /** Words that begin a query. The rows that it would read are masked, or not loaded yet. */
  private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

  /** Words whose value depends on the session. */
  private static final Set<String> SESSION =
      Set.of(
          "current_catalog",
          "current_role",
          "current_schema",
          "current_user",
          "session_user",
          "system_user",
          "user");

  /** Words before a parenthesis that call no function of the catalog. */
  private static final Set<String> SYNTAX =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "between",
          "case",
          "cast",
          "char",
          "character",
          "coalesce",
          "collation",
          "decimal",
          "else",
          "extract",
          "float",
          "greatest",
          "ilike",
          "in",
          "is",
          "least",
          "like",
          "not",
          "nullif",
          "or",
          "overlay",
          "position",
          "row",
          "some",
          "substring",
          "then",
          "time",
          "timestamp",
          "trim",
          "varying",
          "when");

  private final SqlCursor cursor;
  private final SqlStrings strings;
  private final Bytes ignored = new Bytes(64);
  private final Set<String> functions = new HashSet<>();

  /** The SQL so far, up to {@link #copied} of the window. */
  private final StringBuilder sql = new StringBuilder();

  private int copied;

  /** What precedes the token at the cursor: a schema with its dot, or the dot's place. */
  private @Nullable String qualifier;

  private int qualifierAt;
  private int depth;
  private int uuids;
  private boolean onlyUuid;
  private String problem = "";

  ExpressionScan(SqlCursor cursor, SqlStrings strings) {
    this.cursor = cursor;
    this.strings = strings;
  }

  /** Why the last expression was refused, as the object of "has", or an empty text. */
  String problem() {
    return problem;
  }

  /** Makes the text of a UUID for a call, of which there may be several in an expression. */
  interface UuidOfCall {
    String uuid(int call);
  }

  /**
   * Reads the expression at the cursor, up to the comma or the parenthesis that ends it.
   *
   * @return its text, with constants in place of the calls that make a UUID
   */
  String read(UuidOfCall uuid) {
    functions.clear();
    sql.setLength(0);
    problem = "";
    depth = 0;
    uuids = 0;
    onlyUuid = false;
    qualifier = null;
    cursor.skipBlanks();
    copied = cursor.at;
    while (!ends()) {
      next(uuid);
      cursor.skipBlanks();
    }
    copy(cursor.at);
    return sql.toString();
  }

  /** The functions that the last expression calls. */
  Set<String> functions() {
    return functions;
  }

  /** The UUID if the last expression was nothing else, or null. */
  @Nullable String uuid() {
    String text = sql.toString().strip();
    return onlyUuid && uuids == 1 ? text.substring(1, text.indexOf('\'', 1)) : null;
  }

  private boolean ends() {
    byte c = cursor.peek();
    if (c == ';') {
      refuse("an expression whose parentheses are not closed");
      return true;
    }
    return depth == 0 && (c == ',' || c == ')' || c == ']');
  }

  private void next(UuidOfCall uuid) {
    int start = cursor.at;
    ignored.clear();
    String invalid = strings.read(ignored);
    if (invalid != null) {
      refuse(invalid);
    }
    if (cursor.at > start) {
      other();
      return;
    }
    byte c = cursor.peek();
    if (c == '"' || SqlQuotes.isLetter(c)) {
      word(uuid, c == '"', start);
      return;
    }
    cursor.at++;
    if (c == '(' || c == '[') {
      depth++;
    } else if (c == ')' || c == ']') {
      depth--;
    }
    if (SqlQuotes.isDigit(c)) {
      while (SqlQuotes.isWordPart(cursor.peek()) || cursor.peek() == '.') {
        cursor.at++;
      }
    }
    other();
  }

  /** Notes a token that is no name. */
  private void other() {
    qualifier = null;
    onlyUuid = false;
  }

  private void word(UuidOfCall uuid, boolean quoted, int start) {
    String name = cursor.identifier();
    if (name == null) {
      cursor.at++;
      refuse("an expression that is not understood");
      return;
    }
    byte next = cursor.peekAfterBlanks();
    if (next == '.') {
      cursor.at++;
      qualifierAt = qualifier == null ? start : qualifierAt;
      qualifier = qualifier == null ? name : qualifier + '.' + name;
      return;
    }
    if (next == '(') {
      call(uuid, name, quoted, qualifier == null ? start : qualifierAt);
    } else {
      name(name, quoted);
      other();
    }
    qualifier = null;
  }

  private void name(String name, boolean quoted) {
    if (!quoted && qualifier == null && QUERIES.contains(name) && !timeZone(name)) {
      refuse("a subquery, which could only read masked rows,");
    } else if (!quoted && qualifier == null && SESSION.contains(name)) {
      refuse("the name of a user or a database");
    }
  }

  /** {@code timestamp with time zone} is no query. */
  private boolean timeZone(String name) {
    int start = cursor.at;
    boolean found = name.equals("with") && cursor.accept("time", "zone");
    cursor.at = start;
    return found;
  }

  private void call(UuidOfCall uuid, String name, boolean quoted, int start) {
    int open = cursor.at;
    cursor.at++;
    if (UUIDS.contains(name) && cursor.accept(')')) {
      onlyUuid = sql.isEmpty() && start == copied;
      copy(start);
      sql.append('\'').append(uuid.uuid(uuids++)).append("'::pg_catalog.uuid");
      copied = cursor.at;
      return;
    }
    cursor.at = open;
    name(name, quoted);
    other(name, quoted);
  }

  private void other(String name, boolean quoted) {
    boolean syntax = !quoted && qualifier == null && SYNTAX.contains(name);
    if (qualifier != null && !qualifier.equals("pg_catalog")) {
      refuse("a call of a function of the dump or of an extension");
    } else if (!syntax) {
      functions.add(name);
    }
    onlyUuid = false;
  }

  private void copy(int to) {
    sql.append(new String(cursor.bytes, copied, to - copied, UTF_8));
    copied = to;
  }

  private void refuse(String why) {
    if (problem.isEmpty()) {
      problem = why;
    }
  }
}
