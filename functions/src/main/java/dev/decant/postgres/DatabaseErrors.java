package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns a database's error into an error of decant whose message shows no row value. PostgreSQL
 * puts row values into messages, details and contexts ({@code Failing row contains (…)}, {@code
 * invalid input syntax for type integer: "…"}).
 *
 * <p>The message shows the SQLSTATE and its name. It also shows the constraint, table, column and
 * type of {@link ErrorNames}, and the row number of a COPY. It shows the server's own sentence only
 * if the error is one of those that name objects of the catalog, and only if each name that the
 * sentence quotes is part of the statement that decant sent: {@code SELECT email::regclass} fails
 * with {@code relation "…" does not exist}, where the name is a row value. Nothing of an error that
 * a function raised is shown except its SQLSTATE, because the function chooses the message and the
 * names.
 */
public final class DatabaseErrors {
  /**
   * States whose sentence names objects and contains no data, as long as the statement evaluates no
   * expression over rows.
   */
  private static final Set<String> NAMING =
      Set.of(
          "0A000", "28000", "28P01", "2BP01", "3D000", "3F000", "42501", "42701", "42703", "42704",
          "42710", "42723", "42809", "42883", "42939", "42P01", "42P04", "42P06", "42P07", "42P16",
          "42P17", "42P21", "42P22", "42830", "42804", "55006", "55P02", "55P03", "58P01");

  /** The SQLSTATE of a server whose disk is full. The message of such an error contains it. */
  public static final String DISK_FULL = "53100";

  /** A byte that is not part of a character in the encoding of the database. */
  private static final String INVALID_TEXT = "22021";

  private static final Pattern COPY_ROW =
      Pattern.compile("^COPY [^\\n]*?, line (\\d{1,15})", Pattern.MULTILINE);

  /**
   * The function that failed. The server names the innermost function on the first line of the
   * context; the lines after it are not read.
   */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?:SQL function \"([^\"\\n]{1,63})\"|PL/pgSQL function ([^(\\n]{1,130})\\()");

  /** Dynamic SQL, which may have created the function and named it after the value of a row. */
  private static final Pattern DYNAMIC =
      Pattern.compile("EXECUTE|OPEN|RETURN QUERY|^PL/(?!pgSQL)", Pattern.MULTILINE);

  /** The states of a function, a table or another object that does not exist. */
  private static final Set<String> NOT_FOUND = Set.of("42883", "42P01", "42704");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private DatabaseErrors() {}

  /**
   * As {@link #of(SQLException, ErrorCode, String, String)}, if the statement may hold row values.
   */
  public static DecantException of(SQLException error, ErrorCode code, String doing) {
    return of(error, code, doing, null);
  }

  /** The error to throw if a connection cannot be closed. */
  public static DecantException closing(SQLException error) {
    return of(error, ErrorCode.DATABASE_FAILED, "closing a connection");
  }

  /**
   * The error to throw for a database's error.
   *
   * @param code the code for errors that have no more exact code, as a lost connection, a full disk
   *     and a violated constraint have
   * @param doing what failed, as the subject of a sentence ({@code loading public.users})
   * @param sql the statement that failed, or null if it may hold row values. The message shows the
   *     server's sentence only if every name that it quotes is part of this text
   */
  public static DecantException of(
      SQLException error, ErrorCode code, String doing, @Nullable String sql) {
    return new DecantException(
        code(error, code),
        Character.toUpperCase(doing.charAt(0))
            + doing.substring(1)
            + " failed: "
            + reason(error, sql)
            + '.');
  }

  /**
   * The reason of a failure without a period at its end, as it follows a colon, and what to do
   * about it. It contains no row value.
   *
   * @param sql the statement that failed, or null if it may hold row values
   */
  public static String reason(SQLException error, @Nullable String sql) {
    String state = state(error);
    List<String> facts = new ArrayList<>();
    String remedy = advice(state);
    if (!(error instanceof PSQLException driver) || driver.getServerErrorMessage() == null) {
      addClientText(facts, state, error);
    }
    ServerErrorMessage server = ErrorNames.trusted(error).orElse(null);
    if (server != null) {
      addFacts(facts, ErrorNames.of(error));
      addPlace(facts, server);
      addText(facts, state, server, sql);
      remedy += adviceOnFunction(server);
    }
    String described = described(state, facts);
    return remedy.isEmpty() ? described : described + '.' + remedy.replaceFirst("\\.$", "");
  }

  /** The code of a database's error, or {@code otherwise} if it has no more exact code. */
  public static ErrorCode code(SQLException error, ErrorCode otherwise) {
    return codeOf(state(error), otherwise);
  }

  /**
   * The name and the number of an error's SQLSTATE, and nothing else of the error. A state without
   * a name is not shown, because a function can choose it by a value of a row.
   */
  public static String nameOfState(SQLException error) {
    String state = state(error);
    return described(SqlStates.name(state).isEmpty() ? "" : state, List.of());
  }

  private static String state(SQLException error) {
    return error.getSQLState() == null ? "" : error.getSQLState();
  }

  /** The name of a SQLSTATE, the SQLSTATE, and facts, separated by commas. */
  static String described(String state, List<String> facts) {
    String name = SqlStates.name(state);
    StringBuilder text = new StringBuilder(name.isEmpty() ? "database error" : name);
    if (!state.isEmpty()) {
      text.append(" (SQLSTATE ").append(state).append(')');
    }
    facts.forEach(fact -> text.append(", ").append(fact));
    return text.toString();
  }

  private static ErrorCode codeOf(String state, ErrorCode otherwise) {
    if (state.equals(DISK_FULL)) {
      return ErrorCode.DISK_FULL;
    }
    if (state.startsWith("23") && otherwise == ErrorCode.DATABASE_FAILED) {
      return ErrorCode.CONSTRAINT_VIOLATED;
    }
    return state.startsWith("08") || state.startsWith("57P0")
        ? ErrorCode.DATABASE_UNAVAILABLE
        : otherwise;
  }

  /** The advice for a SQLSTATE, as a sentence that begins with a space; empty for most states. */
  static String advice(String state) {
    return switch (state) {
      case DISK_FULL -> " The disk of the database server is full. Free some space there.";
      case "53300" ->
          " The server accepts no more connections. Lower --jobs, or raise max_connections there.";
      case INVALID_TEXT ->
          " There are bytes that are not UTF-8. If the dump has another encoding and does not"
              + " declare it, name it, for example with --encoding WIN1252.";
      default -> "";
    };
  }

  private static void addFacts(List<String> facts, ErrorNames names) {
    if (names.constraint() != null) {
      facts.add("constraint " + names.constraint());
    }
    if (names.table() != null) {
      facts.add("table " + qualified(names.schema(), names.table()));
    }
    if (names.column() != null) {
      facts.add("column " + names.column());
    }
    if (names.type() != null) {
      facts.add("type " + qualified(names.schema(), names.type()));
    }
  }

  private static void addPlace(List<String> facts, ServerErrorMessage server) {
    if (server.getWhere() != null) {
      Matcher row = COPY_ROW.matcher(server.getWhere());
      if (row.find()) {
        facts.add("row " + row.group(1) + " of the COPY");
      }
      function(server).ifPresent(function -> facts.add("in function " + function));
    }
  }

  /** The function in which a name could not be found; empty for all other errors. */
  private static Optional<String> function(ServerErrorMessage server) {
    if (server.getWhere() == null
        || server.getSQLState() == null
        || !NOT_FOUND.contains(server.getSQLState())) {
      return Optional.empty();
    }
    Matcher function = FUNCTION.matcher(server.getWhere());
    return function.lookingAt() && !DYNAMIC.matcher(server.getWhere()).find()
        ? Optional.of(function.group(1) == null ? function.group(2) : function.group(1))
        : Optional.empty();
  }

  /**
   * A function whose body names objects without their schema works in production. It fails while a
   * dump is restored, because pg_dump empties search_path.
   */
  private static String adviceOnFunction(ServerErrorMessage server) {
    return function(server)
        .map(
            name ->
                " A dump is restored with an empty search_path, so the function finds only names"
                    + " with a schema; psql fails there, too. In production, run ALTER FUNCTION "
                    + name
                    + " SET search_path = public (or the schemas that it needs), and make the dump"
                    + " again.")
        .orElse("");
  }

  private static String qualified(@Nullable String schema, String name) {
    return schema == null ? name : schema + '.' + name;
  }

  private static void addText(
      List<String> facts, String state, ServerErrorMessage server, @Nullable String sql) {
    String text = server.getMessage();
    if (text != null && mayBeShown(state, server, text, sql)) {
      facts.add(text);
    }
  }

  private static boolean mayBeShown(
      String state, ServerErrorMessage server, String text, @Nullable String sql) {
    if (!NAMING.contains(state) && !state.startsWith("53") && !state.startsWith("57P0")) {
      return false;
    }
    if (server.getWhere() != null || server.getInternalQuery() != null) {
      return false;
    }
    return QUOTED.matcher(text).results().allMatch(quoted -> known(quoted.group(1), sql));
  }

  private static boolean known(String quoted, @Nullable String sql) {
    // The encoding in: collation "x" for encoding "UTF8" does not exist.
    return quoted.equals("UTF8") || (sql != null && isWritten(quoted, sql));
  }

  /**
   * Whether a statement contains a name that an error quotes. Otherwise the name may be a value of
   * a row. The statement may write {@code public.users} as {@code "public"."users"}.
   */
  public static boolean isWritten(String quoted, String sql) {
    return sql.contains(quoted) || sql.replace("\"", "").contains(quoted);
  }

  /** The driver's own sentences, which name only hosts and roles if they are about connections. */
  private static void addClientText(List<String> facts, String state, SQLException error) {
    if ((state.startsWith("08") || state.startsWith("28")) && error.getMessage() != null) {
      facts.add(error.getMessage().replaceAll("\\s*\\n\\s*", " "));
    }
  }
}
