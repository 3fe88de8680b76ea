package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What of a database's error may be told: PostgreSQL puts row values into messages, details and
 * contexts ({@code Failing row contains (…)}, {@code invalid input syntax for type integer: "…"}).
 *
 * <p>Told are the SQLSTATE and its name, constraint, table, column and type, which come from the
 * catalog, and the row number of a COPY. The server's own sentence is told only for errors that
 * name things of the catalog, and only where each name that it quotes stands in the statement that
 * we sent: {@code SELECT email::regclass} answers {@code relation "…" does not exist} with a row
 * value. What a function raised is never told: it chooses its SQLSTATE and names itself.
 */
public final class DatabaseErrors {
  /** States whose sentence names things, never data, where no expression over rows is at work. */
  private static final Set<String> NAMING =
      Set.of(
          "0A000", "28000", "28P01", "2BP01", "3D000", "3F000", "42501", "42701", "42703", "42704",
          "42710", "42723", "42809", "42883", "42939", "42P01", "42P04", "42P06", "42P07", "42P16",
          "42P17", "42P21", "42P22", "42830", "42804", "55006", "55P02", "55P03", "58P01");

  /** SQLSTATE of a server whose disk is full; stands in the message of such an error. */
  public static final String DISK_FULL = "53100";

  private static final Pattern COPY_ROW =
      Pattern.compile("^COPY [^\\n]*?, line (\\d{1,15})", Pattern.MULTILINE);

  /** The function that failed: the server names the innermost first. Never a line after it. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?:SQL function \"([^\"\\n]{1,63})\"|PL/pgSQL function ([^(\\n]{1,130})\\()");

  /** A name that cannot be found: function, table, or another object. */
  private static final Set<String> NOT_FOUND = Set.of("42883", "42P01", "42704");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private DatabaseErrors() {}

  /** As {@link #of(SQLException, ErrorCode, String, String)} for a statement not to be compared. */
  public static DecantException of(SQLException error, ErrorCode code, String doing) {
    return of(error, code, doing, null);
  }

  /**
   * The error to throw for a database's error.
   *
   * @param code for errors that are neither a lost connection nor a full disk
   * @param doing what was going on, {@code loading public.users} for instance
   * @param sql the statement that failed, where it holds no row value: then the server's sentence
   *     is told if it quotes nothing else
   */
  public static DecantException of(
      SQLException error, ErrorCode code, String doing, @Nullable String sql) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    List<String> facts = new ArrayList<>();
    ServerErrorMessage server =
        error instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    if (server == null) {
      addClientText(facts, state, error);
    } else if (!"exec_stmt_raise".equals(server.getRoutine())) {
      addFacts(facts, server);
      addText(facts, state, server, sql);
    }
    return new DecantException(codeOf(state, code), message(doing, state, facts) + advice(state));
  }

  static String message(String doing, String state, List<String> facts) {
    String name = SqlStates.name(state);
    StringBuilder message = new StringBuilder(doing).append(": ");
    message.append(name.isEmpty() ? "database error" : name);
    if (!state.isEmpty()) {
      message.append(" (SQLSTATE ").append(state).append(')');
    }
    facts.forEach(fact -> message.append(", ").append(fact));
    return message.toString();
  }

  private static ErrorCode codeOf(String state, ErrorCode otherwise) {
    if (state.equals(DISK_FULL)) {
      return ErrorCode.DISK_FULL;
    }
    if (state.startsWith("23") && otherwise == ErrorCode.DATABASE_FAILED) {
      return ErrorCode.CONSTRAINT_VIOLATED; // whether a COPY meets it or ALTER TABLE does
    }
    return state.startsWith("08") || state.startsWith("57P0")
        ? ErrorCode.DATABASE_UNAVAILABLE
        : otherwise;
  }

  static String advice(String state) {
    return switch (state) {
      case DISK_FULL -> "; the database's disk is full: give it more room";
      case "53300" -> "; the server has no connection left for us: lower --jobs or raise it there";
      default -> "";
    };
  }

  private static void addFacts(List<String> facts, ServerErrorMessage server) {
    if (server.getConstraint() != null) {
      facts.add("constraint " + server.getConstraint());
    }
    if (server.getTable() != null) {
      facts.add("table " + qualified(server.getSchema(), server.getTable()));
    }
    if (server.getColumn() != null) {
      facts.add("column " + server.getColumn());
    }
    if (server.getDatatype() != null) {
      facts.add("type " + qualified(server.getSchema(), server.getDatatype()));
    }
    if (server.getWhere() != null) {
      Matcher row = COPY_ROW.matcher(server.getWhere());
      if (row.find()) {
        facts.add("row " + row.group(1) + " of the COPY");
      }
      addFunction(facts, server.getSQLState(), server.getWhere());
    }
  }

  /**
   * A function whose body names things without their schema works in production and fails while a
   * dump is restored, because pg_dump empties search_path.
   */
  private static void addFunction(List<String> facts, @Nullable String state, String where) {
    Matcher function = FUNCTION.matcher(where);
    if (state == null || !NOT_FOUND.contains(state) || !function.lookingAt()) {
      return;
    }
    String name = function.group(1) == null ? function.group(2) : function.group(1);
    facts.add(
        "in function "
            + name
            + ". A dump is restored with an empty search_path, so the function finds only names"
            + " with a schema; psql fails there too. In production, run ALTER FUNCTION "
            + name
            + " SET search_path = public (or the schemas that it needs), and make the dump again");
  }

  private static String qualified(@Nullable String schema, String name) {
    return schema == null ? name : schema + '.' + name;
  }

  private static void addText(
      List<String> facts, String state, ServerErrorMessage server, @Nullable String sql) {
    String text = server.getMessage();
    if (text != null && mayBeTold(state, server, text, sql)) {
      facts.add(text);
    }
  }

  private static boolean mayBeTold(
      String state, ServerErrorMessage server, String text, @Nullable String sql) {
    if (!NAMING.contains(state) && !state.startsWith("53") && !state.startsWith("57P0")) {
      return false;
    }
    if (server.getWhere() != null || server.getInternalQuery() != null) {
      return false;
    }
    return QUOTED.matcher(text).results().allMatch(quoted -> known(quoted.group(1), sql));
  }

  /** {@code public.users} may stand as {@code "public"."users"} in the statement. */
  private static boolean known(String quoted, @Nullable String sql) {
    if (quoted.equals("UTF8")) {
      return true; // an encoding: collation "de_DE.utf8" for encoding "UTF8" does not exist
    }
    return sql != null && (sql.contains(quoted) || sql.replace("\"", "").contains(quoted));
  }

  /** The driver's own sentences: about connections they name hosts and roles only. */
  private static void addClientText(List<String> facts, String state, SQLException error) {
    if ((state.startsWith("08") || state.startsWith("28")) && error.getMessage() != null) {
      facts.add(error.getMessage().replaceAll("\\s*\\n\\s*", " "));
    }
  }
}
