package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.StockServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target on this machine that is reached by its Unix-domain socket, as on Debian. */
final class SocketRefreshIT {
  private static final String ACCOUNT = System.getProperty("user.name");

  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static StockServer server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    ShopSnapshot.publish(STORE);
    server = StockServer.withPeers();
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE ROLE \"" + ACCOUNT + "\" LOGIN CREATEDB");
      statement.execute("CREATE DATABASE app OWNER \"" + ACCOUNT + '"');
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private RefreshRequest request(String confirm, String more) {
    String yaml =
        """
        version: 1
        targets:
          staging:
            database: 'postgresql://%s@/app?host=%s&port=%d'
            allow-refresh: true
            confirm: %s
            snapshots: shop/production
        """
                .formatted(ACCOUNT, server.socketFolder(), server.port(), confirm)
            + more.indent(4);
    return new RefreshRequest(
        Staging.target(yaml),
        new RefreshRequest.Snapshot(STORE, "latest", ShopSnapshot.KEY.publicKey(), false),
        confirm,
        new RefreshRequest.Options(false, false, 2),
        // These variables name another server, and the target's URL must win.
        new RefreshRequest.Credentials(
            Map.of("PGHOST", "192.0.2.1", "PGPORT", "1", "PGOPTIONS", "-c nothing=1"),
            arn -> new byte[0]),
        null,
        new RefreshRequest.Listeners(Progress.NONE, StepListener.NONE));
  }

  private String ask(String sql) throws SQLException {
    ServerAddress address =
        new ServerAddress(
            server.socketFolder().toString(), server.port(), ACCOUNT, "", "app", Map.of());
    try (Connection connection = address.connect("app");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "the folder"})
  @Needs(Component.PSQL)
  void itIsRefreshedAndRolledBack(String confirm) throws SQLException {
    String typed = confirm.equals("localhost") ? confirm : server.socketFolder().toString();
    String hook =
        "hooks: { migrate: [ { command: [psql, -Xqc, 'create table made_by_psql ()'] } ] }";

    RefreshResult result = Refresh.run(request(typed, hook));

    assertThat(result.location().host()).isEqualTo(server.socketFolder().toString());
    assertThat(ask("SELECT count(*) > 0 FROM made_by_psql RIGHT JOIN audit_log ON true"))
        .isEqualTo("t");
    Rollback.run(request(typed, ""));
    assertThat(ask("SELECT to_regclass('made_by_psql') IS NULL")).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "*decant-stock*", "app"})
  void whatIsInNeverIsRefusedByTheSocketToo(String never) {
    assertThatThrownBy(() -> Refresh.run(request("localhost", "never: [ '" + never + "' ]")))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContaining("in never");
  }

  @Test
  void anotherHostThanTheSocketsIsNotTaken() {
    assertThatThrownBy(() -> Refresh.run(request("192.0.2.7", "")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("is another one");
  }
}
