package dev.decant.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

final class DatabaseInspectionIT {
  private static final String SETTINGS =
      """
      SELECT current_setting('default_transaction_read_only') || ' '
        || current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' '
        || current_setting('search_path')
      """;

  @Test
  void noSettingStaysInASessionThatAPoolerGivesToOthers() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17)) {
      String fresh;
      try (Connection connection = database.connect()) {
        execute(connection, "CREATE TABLE public.users (email text)");
        fresh = text(connection, SETTINGS);
      }

      with(
          database,
          10,
          (inspected, connection) -> {
            try {
              assertThat(text(connection, "SHOW transaction_read_only")).isEqualTo("on");
              assertThat(text(connection, SETTINGS)).contains("10s 5s");
              connection.rollback();
              connection.setReadOnly(false);
              assertThat(text(connection, SETTINGS)).isEqualTo(fresh);
              return inspected;
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void rowsOfForeignTablesAreNotRead() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " SUPERUSER");
      try (Connection connection = database.connect()) {
        execute(
            connection,
            """
            CREATE FOREIGN DATA WRAPPER nothing;
            CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
            CREATE FOREIGN TABLE remote (id int) SERVER elsewhere;
            CREATE TABLE parent (id int, name text);
            CREATE FOREIGN TABLE child () INHERITS (parent) SERVER elsewhere;
            CREATE TABLE mixed (id int, name text) PARTITION BY LIST (id);
            CREATE TABLE mixed_1 PARTITION OF mixed FOR VALUES IN (1);
            CREATE FOREIGN TABLE mixed_2 PARTITION OF mixed FOR VALUES IN (2) SERVER elsewhere;
            CREATE TABLE away (id int) PARTITION BY LIST (id);
            CREATE FOREIGN TABLE away_1 PARTITION OF away FOR VALUES IN (1) SERVER elsewhere;
            INSERT INTO mixed_1 SELECT 1, 'x' FROM generate_series(1, 50);
            INSERT INTO parent SELECT 1, 'x' FROM generate_series(1, 7);
            """);
      }

      Inspected inspected = with(database, 10, (found, connection) -> found);

      assertThat(inspected.samples().rows(new TableName("public", "mixed"))).isEqualTo(50);
      assertThat(inspected.samples().rows(new TableName("public", "parent"))).isEqualTo(7);
      assertThat(inspected.notCreated())
          .extracting(NotCreated::toString)
          .singleElement()
          .asString()
          .contains("public.away", "foreign tables");
    }
  }

  @Test
  void aTableThatTakesTooLongIsNamedAndTheRestGoesOn() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17)) {
      try (Connection connection = database.connect()) {
        execute(
            connection,
            """
            CREATE TABLE public.a_slow (email text);
            INSERT INTO public.a_slow VALUES ('a@b.de');
            CREATE POLICY slow ON public.a_slow USING (pg_catalog.pg_sleep(30) IS NOT NULL);
            ALTER TABLE public.a_slow ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            CREATE TABLE public.b_quick (email text);
            INSERT INTO public.b_quick VALUES ('a@b.de');
            """);
      }

      Inspected inspected = with(database, 1, (found, connection) -> found);

      assertThat(inspected.samples().rows(new TableName("public", "b_quick"))).isEqualTo(1);
      assertThat(inspected.notCreated())
          .extracting(NotCreated::toString)
          .singleElement()
          .asString()
          .contains("public.a_slow", "57014");
    }
  }

  @Test
  void aPartitionedTableThatIsLockedIsNamedAndTheRestGoesOn() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection other = database.connect()) {
      execute(
          other,
          """
          CREATE TABLE public.a_locked (id int, email text) PARTITION BY HASH (id);
          CREATE TABLE public.a_part PARTITION OF public.a_locked
            FOR VALUES WITH (MODULUS 1, REMAINDER 0);
          CREATE TABLE public.b_free (email text);
          INSERT INTO public.b_free VALUES ('a@b.de');
          """);
      other.setAutoCommit(false);
      execute(other, "LOCK TABLE public.a_locked IN ACCESS EXCLUSIVE MODE");

      Inspected inspected = with(database, 1, (found, connection) -> found);

      assertThat(inspected.samples().rows(new TableName("public", "b_free"))).isEqualTo(1);
      assertThat(inspected.notCreated())
          .extracting(NotCreated::toString)
          .singleElement()
          .asString()
          .contains("public.a_locked", "57014");
      other.rollback();
    }
  }

  @Test
  void definitionsThatALockHidesAreNamedAndTheRestGoesOn() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection other = database.connect()) {
      execute(
          other,
          """
          CREATE TABLE public.a_locked (
            key uuid DEFAULT gen_random_uuid(), email text DEFAULT 'a@b.de' NOT NULL,
            low text GENERATED ALWAYS AS (lower(email)) STORED);
          CREATE VIEW public.a_view AS SELECT email FROM public.a_locked;
          CREATE FUNCTION public.hook() RETURNS text LANGUAGE sql
            AS $$ SELECT 'https://hooks.example.org/?token=abcdefghijklmnop1234' $$;
          """);
      other.setAutoCommit(false);
      execute(other, "LOCK TABLE public.a_locked IN ACCESS EXCLUSIVE MODE");

      Inspected inspected = with(database, 1, (found, connection) -> found);

      assertThat(inspected.schema().table(new TableName("public", "a_locked"))).isPresent();
      assertThat(inspected.ddl().objects()).contains("FUNCTION public.hook");
      assertThat(inspected.notCreated())
          .extracting(NotCreated::toString)
          .anyMatch(line -> line.contains("public.a_locked") && line.contains("57014"))
          .anyMatch(line -> line.startsWith("VIEW public.a_view: ") && line.contains("57014"));
      assertThat(inspected.ddl().objects()).contains("VIEW public.a_view", "public.a_locked");
      other.rollback();
    }
  }

  private static Inspected with(
      PlainDatabase database, int seconds, BiFunction<Inspected, Connection, Inspected> work) {
    return DatabaseInspection.with(
        ServerUrl.parse(database.url(), Map.of()),
        true,
        Duration.ofSeconds(seconds),
        () -> {},
        Progress.NONE,
        work);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
