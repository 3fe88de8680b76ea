package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PgBouncer;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.StockServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * Swaps a staging database that clients use, on a server with default settings, by a role that may
 * create databases and owns its own. The test prints for how long no client was served. Only the
 * benchmark, on an idle machine, requires less than a second.
 */
final class SwapUnderLoadIT {
  private static final long AWAY_AT_MOST = 15_000;
  private static final String WRITES =
      "CREATE TABLE writes (id bigserial PRIMARY KEY, at timestamptz DEFAULT now())";

  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static StockServer server;

  private Staging staging;

  @BeforeAll
  static void start() throws IOException {
    ShopSnapshot.publish(STORE);
    server = new StockServer();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() throws SQLException {
    staging = Staging.on(server.admin());
    staging.execute(WRITES);
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private Asked asked() {
    return new Asked(staging, STORE).more("sql: [ \"" + WRITES + "\" ]");
  }

  /** Refreshes and rolls back while the clients work. They only ever see a complete database. */
  private void underLoad(String what, Clients clients) throws SQLException {
    clients.await("old", 100);
    RefreshResult result = asked().refresh();
    clients.await("new", 100);
    long refresh = clients.awayMillis();
    long old = clients.written("old");
    String previous = String.valueOf(result.previous());
    assertThat(staging.ask(previous, "SELECT array_agg(id) FROM old_staging")).contains("{1}");
    assertThat(Long.parseLong(staging.ask(previous, "SELECT count(*) FROM writes").orElseThrow()))
        .as("what was written to the old database")
        .isGreaterThanOrEqualTo(old);

    RefreshResult back = asked().rollBack();
    clients.await("old", 100);
    clients.close();
    System.out.printf(
        "%s: nobody was served for %d ms at most in the refresh, %d ms with the rollback; decant"
            + " says %d and %d ms; %d + %d rows written, failed: %s%n",
        what,
        refresh,
        clients.awayMillis(),
        result.activity().downtimeMillis(),
        back.activity().downtimeMillis(),
        clients.written("old"),
        clients.written("new"),
        clients.errors);
    assertThat(clients.states).as("what clients saw").hasSize(2).contains(Clients.OLD);
    assertThat(clients.states).anySatisfy(s -> assertThat(s).startsWith("new decant.refresh "));
    assertThat(clients.awayMillis()).isLessThanOrEqualTo(AWAY_AT_MOST);
    assertThat(result.activity().downtimeMillis()).isLessThanOrEqualTo(AWAY_AT_MOST);
    assertThat(staging.isOld()).isTrue();
    assertThat(Long.parseLong(staging.ask("SELECT count(*) FROM writes").orElseThrow()))
        .isGreaterThanOrEqualTo(clients.written("old"));
  }

  @Test
  void fiftyClientsThatReconnectAndWrite() throws SQLException {
    try (Clients clients = new Clients(50, server.port(), staging.name())) {
      underLoad("50 clients", clients);
    }
  }

  @Test
  @Needs(Component.PGBOUNCER)
  void fiftyClientsOfAConnectionPooler() throws Exception {
    try (PgBouncer pooler =
            new PgBouncer(server.port(), staging.name(), "server_login_retry = 1\n");
        Clients clients = new Clients(50, pooler.port(), staging.name())) {
      underLoad("50 clients of PgBouncer", clients);
    }
  }

  @Test
  void clientsThatHoldATransactionOpen() throws Exception {
    try (Clients clients = new Clients(10, server.port(), staging.name());
        Connection idle = staging.connect();
        Connection busy = staging.connect();
        Statement insert = idle.createStatement();
        Statement sleep = busy.createStatement()) {
      idle.setAutoCommit(false);
      insert.execute("INSERT INTO writes (id) VALUES (-1)");
      Thread query =
          Thread.startVirtualThread(
              () -> {
                try {
                  sleep.execute("SELECT pg_sleep(600)");
                } catch (SQLException e) {
                  // The swap ends this session.
                }
              });
      underLoad("10 clients, two that hold a transaction open", clients);
      query.join();
      assertThat(idle.isValid(1)).isFalse();
      assertThat(staging.ask("SELECT count(*) FROM writes WHERE id < 0")).contains("0");
    }
  }

  @Test
  void aReplicationSlotThatNobodyReads() throws SQLException {
    String slot = staging.name() + "_slot";
    try (Connection admin =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + '/' + staging.name(),
                "postgres",
                "");
        Statement create = admin.createStatement()) {
      create.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
    }
    RefreshResult result = asked().more("previous: { keep: 1 }").refresh();
    assertThat(result.activity().warnings())
        .anySatisfy(w -> assertThat(w).contains(slot, "hold back WAL"));
    assertThat(
            staging.ask(
                "SELECT database FROM pg_replication_slots WHERE slot_name = '" + slot + "'"))
        .contains(String.valueOf(result.previous()));
    staging.asSuperuser("SELECT pg_drop_replication_slot('" + slot + "')");
  }

  @Test
  void aReplicationSlotThatAnotherRoleReads() throws SQLException {
    String reader = staging.name() + "_reader";
    String slot = staging.name() + "_slot";
    staging.asSuperuser("CREATE ROLE " + reader + " LOGIN REPLICATION");
    Properties properties = new Properties();
    PGProperty.USER.set(properties, reader);
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + server.port() + '/' + staging.name(), properties)) {
      var replication = connection.unwrap(PGConnection.class).getReplicationAPI();
      var _ =
          replication
              .createReplicationSlot()
              .logical()
              .withSlotName(slot)
              .withOutputPlugin("test_decoding")
              .make();
      var stream = replication.replicationStream().logical().withSlotName(slot).start();
      DecantException refused = catchThrowableOfType(DecantException.class, asked()::refresh);
      assertThat(refused.code()).isEqualTo(ErrorCode.REFUSED);
      assertThat(refused.getMessage()).contains("sessions of " + reader, "pg_signal_backend");
      assertThat(staging.isOld()).isTrue();
      assertThat(stream.isClosed()).isFalse();

      staging.asSuperuser("GRANT pg_signal_backend TO " + staging.name());
      assertThat(asked().refresh()).isInstanceOf(RefreshResult.Refreshed.class);
      assertThat(staging.isOld()).isFalse();
    } finally {
      staging.asSuperuser("SELECT pg_drop_replication_slot('" + slot + "')");
      staging.asSuperuser("DROP ROLE " + reader);
    }
  }
}
