package dev.decant.sanitize.schema;

import dev.decant.dump.Expressions;
import dev.decant.dump.InsertExpression;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the expressions of INSERT statements in an empty database of the scratch server, which
 * has no object of the dump. A query may only read, has a time limit, and calls only functions
 * whose result depends on nothing but their arguments and the current time. The text of an
 * expression is as secret as a row, so only a server that logs no statement gets it.
 */
public final class ScratchExpressions implements Expressions, AutoCloseable {
  private static final int MOST_BYTES = 16 << 20;
  private static final int CACHED = 1000;

  /** Functions that depend on the current time or on settings that are the same in each run. */
  private static final Set<String> STABLE =
      Set.of(
          "age",
          "array_to_json",
          "array_to_string",
          "clock_timestamp",
          "concat",
          "concat_ws",
          "date",
          "date_part",
          "date_trunc",
          "format",
          "json_build_array",
          "json_build_object",
          "jsonb_build_array",
          "jsonb_build_object",
          "make_timestamptz",
          "now",
          "row_to_json",
          "statement_timestamp",
          "timezone",
          "to_char",
          "to_date",
          "to_json",
          "to_jsonb",
          "to_timestamp",
          "to_tsquery",
          "to_tsvector",
          "transaction_timestamp");

  private static final String SESSION =
      "SET default_transaction_read_only = on; SET statement_timeout = '10s';"
          + " SET search_path = pg_catalog; SET TimeZone = 'UTC'";

  private static final String IMMUTABLE =
      "SELECT proname FROM pg_catalog.pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
          + " GROUP BY proname"
          + " HAVING bool_and(provolatile = 'i' AND prokind = 'f' AND NOT proretset)";

  private final ScratchServer server;
  private final MaskingKey key;
  private final Map<InsertExpression, Result> results =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InsertExpression, Result> eldest) {
          return size() > CACHED;
        }
      };
  private @Nullable Session session;

  /** The setting of the session. */
  private boolean backslashEscapes;

  public ScratchExpressions(ScratchServer server, MaskingKey key) {
    this.server = server;
    this.key = key;
  }

  /** The connection to the empty database. */
  private record Session(
      ScratchDatabase database,
      Connection connection,
      Statement statement,
      Set<String> functions) {}

  @Override
  public String uuid(String place) {
    String hex = key.tag("uuid/1 " + place);
    return hex.substring(0, 8)
        + '-'
        + hex.substring(8, 12)
        + "-4"
        + hex.substring(13, 16)
        + "-a"
        + hex.substring(17, 20)
        + '-'
        + hex.substring(20, 32);
  }

  @Override
  public Result compute(InsertExpression expression) {
    Result known = results.get(expression);
    if (known == null) {
      known = computed(expression);
      results.put(expression, known);
    }
    return known;
  }

  private Result computed(InsertExpression expression) {
    if (!server.keepsStatementsSecret()) {
      return Result.refused(
          "an expression, which decant computes only with --scratch embedded, because other servers"
              + " may log it,");
    }
    Session open = open();
    for (String function : expression.functions()) {
      if (!STABLE.contains(function) && !open.functions().contains(function)) {
        return Result.refused(
            "a call of a function that PostgreSQL does not have or whose value differs in each"
                + " run");
      }
    }
    try {
      return query(open.statement(), expression);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith("08") || state.startsWith("57P")) {
        throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "computing an expression");
      }
      return Result.refused(
          "an expression that PostgreSQL cannot compute by itself (SQLSTATE " + state + ")");
    }
  }

  private Result query(Statement statement, InsertExpression expression) throws SQLException {
    if (backslashEscapes != expression.backslashEscapes()) {
      backslashEscapes = expression.backslashEscapes();
      statement.execute("SET standard_conforming_strings = " + (backslashEscapes ? "off" : "on"));
    }
    String cast = expression.integer() ? "::pg_catalog.int8" : "";
    String value = "((" + expression.sql() + "\n)" + cast + ")::pg_catalog.text";
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT CASE WHEN octet_length(v) <= "
                + MOST_BYTES
                + " THEN v END, octet_length(v) FROM (SELECT "
                + value
                + " AS v OFFSET 0) AS x")) {
      rows.next();
      return rows.getLong(2) > MOST_BYTES
          ? Result.refused("an expression whose value is larger than 16 MiB")
          : new Result(rows.getString(1), "");
    }
  }

  private Session open() {
    Session open = session;
    if (open == null) {
      ScratchDatabase database = server.create("expressions");
      try {
        open = open(database);
      } catch (SQLException e) {
        database.close();
        throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "preparing to compute expressions");
      }
      session = open;
    }
    return open;
  }

  private static Session open(ScratchDatabase database) throws SQLException {
    Connection connection = database.connect();
    Statement statement = connection.createStatement();
    statement.setEscapeProcessing(false);
    Set<String> functions = new HashSet<>();
    try (ResultSet names = statement.executeQuery(IMMUTABLE)) {
      while (names.next()) {
        functions.add(names.getString(1));
      }
    }
    statement.execute(SESSION);
    return new Session(database, connection, statement, functions);
  }

  @Override
  public void close() {
    Session open = session;
    if (open == null) {
      return;
    }
    session = null;
    try {
      open.connection().close();
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    } finally {
      open.database().close();
    }
  }
}
