package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.Superuser;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** No row value passes, whatever the server says. */
final class DatabaseErrorsIT {
  private static final String CANARY = "canary4711";
  private static ScratchDatabase database = PostgresVersion.V18.server().create("errors");

  @BeforeAll
  static void makeTables() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TYPE mood AS ENUM ('ok');
          CREATE DOMAIN short AS text CONSTRAINT short_check CHECK (length(value) < 5);
          CREATE TABLE u (id int PRIMARY KEY);
          CREATE TABLE t (a text CONSTRAINT t_a_key UNIQUE, n int CONSTRAINT t_n CHECK (n > 0),
            v varchar(3), m mood, d short, w text NOT NULL DEFAULT 'x', r regclass, j jsonb,
            ts timestamptz, u int CONSTRAINT t_u REFERENCES u);
          CREATE TABLE rows (a text, w text);
          INSERT INTO rows VALUES ('canary4711', 'canary4711');
          CREATE TABLE parts (k text) PARTITION BY LIST (k)\
          """);
    }
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static DecantException failing(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      return DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "step 1", sql.replace(CANARY, ""));
    }
    throw new AssertionError("no error: " + sql);
  }

  private static DecantException failingCopy(String copy, String rows)
      throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(copy, new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    } catch (SQLException e) {
      return DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "loading t");
    }
    throw new AssertionError("no error: " + copy);
  }

  private static String allOf(DecantException e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a | x;canary4711;canary4711 | unique violation (SQLSTATE 23505), constraint t_a_key, table public.t, row 3 of the COPY
          n | 1;-4711 | check violation (SQLSTATE 23514), constraint t_n, table public.t, row 2 of the COPY
          n | canary4711 | invalid text representation (SQLSTATE 22P02), row 1 of the COPY
          v | canary4711 | string data right truncation (SQLSTATE 22001), row 1 of the COPY
          m | canary4711 | invalid text representation (SQLSTATE 22P02), row 1 of the COPY
          d | canary4711 | check violation (SQLSTATE 23514), constraint short_check, type public.short, row 1 of the COPY
          w | \\N | not null violation (SQLSTATE 23502), table public.t, column w, row 1 of the COPY
          r | canary4711 | undefined table (SQLSTATE 42P01), row 1 of the COPY
          r | canary4711.x | undefined table (SQLSTATE 42P01), row 1 of the COPY
          j | {"canary4711: 1} | invalid text representation (SQLSTATE 22P02), row 1 of the COPY
          ts | canary4711 | invalid datetime format (SQLSTATE 22007), row 1 of the COPY
          a | x;canary4711\\tcanary4711 | bad copy file format (SQLSTATE 22P04), row 2 of the COPY
          u | 4711 | foreign key violation (SQLSTATE 23503), constraint t_u, table public.t
          """)
  void rowsOfACopyAreToldByNumber(String column, String rows, String told) throws Exception {
    String data = rows.replace("\\t", "\t").replace(";", "\n") + "\n";
    DecantException e = failingCopy("COPY t (" + column + ") FROM STDIN", data);
    assertThat(e).hasMessage("Loading t failed: " + told + ".").hasNoCause();
    assertThat(allOf(e)).doesNotContain("4711");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a::int FROM rows",
        "SELECT a::regclass FROM rows",
        "SELECT (a || '.x')::regclass FROM rows",
        "SELECT a::regtype FROM rows",
        "SELECT a::regproc FROM rows",
        "SELECT a::regrole FROM rows",
        "SELECT a::regnamespace FROM rows",
        "SELECT a::regconfig FROM rows",
        "SELECT nextval(a) FROM rows",
        "SELECT pg_read_file('/' || a) FROM rows",
        "SELECT to_tsvector(a::regconfig, a) FROM rows",
        "SELECT set_config(a, a, false) FROM rows",
        "SELECT set_config('role', a, false) FROM rows",
        "SELECT has_table_privilege(a, 'select') FROM rows",
        "SELECT has_table_privilege('rows', a) FROM rows",
        "SELECT a COLLATE \"C\" ~ ('(' || a) FROM rows",
        "SELECT convert_from('x', a) FROM rows",
        "SELECT now() AT TIME ZONE a FROM rows",
        "SELECT dblink(a) FROM rows",
        "SELECT xpath(a || '[', '<x/>') FROM rows",
        "INSERT INTO parts SELECT a FROM rows",
        "ALTER TABLE rows ALTER a TYPE int USING a::int",
        "CREATE INDEX ON rows ((a::text::int))",
        "ALTER TABLE rows ADD CONSTRAINT c CHECK (a <> 'canary4711')",
        "INSERT INTO rows SELECT a, w, a FROM rows WHERE a = 'canary4711'",
        "SELECT 'canary4711' FROM FROM",
        "SELECT \"canary4711\" FROM rows",
        "SELECT a::regprocedure FROM rows",
        "SELECT has_function_privilege(a || '()', 'execute') FROM rows",
        "SELECT has_column_privilege('rows', a, 'select') FROM rows",
        "SELECT current_setting(a) FROM rows",
        "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT a FROM rows); END $$",
        "DO $$ DECLARE v text := (SELECT a FROM rows); BEGIN RAISE EXCEPTION USING"
            + " ERRCODE = '23505', MESSAGE = v, DETAIL = v, CONSTRAINT = v, TABLE = v, COLUMN = v,"
            + " SCHEMA = v, DATATYPE = v; END $$",
        "DO $$ DECLARE v text := (SELECT a FROM rows); BEGIN RAISE EXCEPTION USING"
            + " ERRCODE = '42501', MESSAGE = v; END $$",
        "DO $$ BEGIN EXECUTE format('SELECT %I FROM rows', (SELECT 'x' || a FROM rows)); END $$",
        "DO $$ BEGIN EXECUTE format('DROP TABLE %I', (SELECT 'x' || a FROM rows)); END $$",
        "DO $$ DECLARE v text := (SELECT a FROM rows); BEGIN EXECUTE format('CREATE FUNCTION %I()"
            + " RETURNS int LANGUAGE plpgsql AS ''BEGIN RETURN nofn(); END''', v);"
            + " EXECUTE format('SELECT %I()', v); END $$",
        "DO $$ BEGIN EXECUTE format('CREATE TEMP TABLE x (%I int NOT NULL)', (SELECT a FROM rows));"
            + " INSERT INTO x VALUES (NULL); END $$",
        "DO $$ BEGIN EXECUTE format('CREATE ROLE rows; SET ROLE %I', (SELECT a FROM rows)); END $$"
      })
  void noStatementTellsARow(String sql) throws SQLException {
    DecantException e = failing(sql);
    assertThat(e).hasMessageStartingWith("Step 1 failed: ").hasNoCause();
    assertThat(allOf(e)).doesNotContain("4711");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE EXTENSION postgis | (SQLSTATE 0A000), extension "postgis" is not available
          SELECT gone FROM public.rows | undefined column (SQLSTATE 42703), column "gone" does not exist
          SELECT 1 FROM "public"."gone" | undefined table (SQLSTATE 42P01), relation "public.gone" does not exist
          SELECT gone.f(1) | (SQLSTATE 3F000), schema "gone" does not exist
          SELECT f_gone(1) | undefined function (SQLSTATE 42883), function f_gone(integer) does not exist
          CREATE TABLE x (a gone) | undefined object (SQLSTATE 42704), type "gone" does not exist
          CREATE TABLE rows (a int) | duplicate table (SQLSTATE 42P07), relation "rows" already exists
          SET default_toast_compression = lz4 | invalid parameter value (SQLSTATE 22023)
          """)
  void whatOnlyNamesThingsIsTold(String sql, String told) throws SQLException {
    assertThat(failing(sql)).hasMessageContaining(told);
  }

  /** Such a trigger may read rows before decant has a connection. */
  @Test
  void aTriggerOfLoginsShowsNoRow() throws SQLException {
    try (ScratchDatabase guarded = PostgresVersion.V18.server().create("login");
        Connection admin = Superuser.of(PostgresVersion.V18.server(), guarded);
        Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM"
              + " 'canary4711'::int; END $$; CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION f()");
      assertThatThrownBy(guarded::connect)
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("an event trigger of the server failed at the login")
          .hasMessageNotContaining("4711");
      statement.execute("DROP EVENT TRIGGER e");
    }
  }

  @Test
  void lostConnectionsAreUnavailable() throws SQLException {
    assertThat(failing("SELECT pg_terminate_backend(pg_backend_pid())").code())
        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @Test
  void fullDisksAreTold() throws SQLException {
    DecantException e =
        failing("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'disk_full'; END $$");
    assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(e)
        .hasMessage(
            "Step 1 failed: disk full (SQLSTATE 53100). The disk of the database server is full."
                + " Free some space there.");
  }
}
