package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh that fails is undone as far as possible, and only until the swap is final. */
final class UndoIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static final String SMOKE_TEST_FAILS =
      "hooks: { after: [ { command: ['false'], within: 2s, retries: 0 } ] }";

  private Staging staging;

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE, List.of());
  }

  @BeforeEach
  void open() throws SQLException {
    staging = Staging.on(PostgresVersion.V16);
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private void unchecked(String sql) {
    try {
      staging.asSuperuser(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void endOurSessions() {
    unchecked(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
            + staging.name()
            + "'");
  }

  @Test
  void whereThereWasNoDatabaseThereIsNoneAfterAFailedSmokeTest() throws SQLException {
    staging.asSuperuser("DROP DATABASE " + staging.name());
    assertThatThrownBy(() -> new Asked(staging, STORE).more(SMOKE_TEST_FAILS).refresh())
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("false");
    assertThat(staging.databases()).isEmpty();
  }

  @Test
  void aSwapBackThatCannotBeHadIsTold() throws SQLException {
    String monitor = staging.name() + "_monitor";
    staging.asSuperuser("CREATE ROLE " + monitor + " SUPERUSER LOGIN PASSWORD 'plain'");
    List<Connection> sessions = new ArrayList<>();
    StepListener steps =
        step -> {
          if (step == RefreshStep.SWAP) {
            try {
              sessions.add(staging.connectAs(monitor));
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try {
      assertThatThrownBy(
              () -> new Asked(staging, STORE).more(SMOKE_TEST_FAILS).steps(steps).refresh())
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("NOT UNDONE: " + staging.name() + " is still the new database")
          .hasMessageContaining("decant rollback")
          .hasMessageNotContaining("taging is unchanged");
      assertThat(staging.isOld()).isFalse();
      assertThat(staging.history("status")).isEqualTo("failed");
    } finally {
      for (Connection session : sessions) {
        session.close();
      }
      staging.asSuperuser("DROP ROLE " + monitor);
    }
    new Asked(staging, STORE).rollBack();
    assertThat(staging.isOld()).isTrue();
  }

  @Test
  void aConnectionThatIsLostOnceTheSmokeTestHoldsUndoesNothing() throws SQLException {
    RefreshResult result =
        new Asked(staging, STORE)
            .more("previous: { keep: 0 }")
            .steps(
                step -> {
                  if (step == RefreshStep.AFTER_HOOKS || step == RefreshStep.PRUNE) {
                    endOurSessions();
                  }
                })
            .refresh();
    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    assertThat(staging.isOld()).isFalse();
    assertThat(staging.databases()).containsExactly(staging.name());
    assertThat(staging.history("status")).isEqualTo("done");
  }

  /** Two runs within one second can give a database a time that is later than the next run. */
  @Test
  void theNewestPreviousDatabaseIsTheOneThatWasReplacedLast() throws SQLException {
    String later =
        staging.name()
            + "_previous_"
            + DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                .format(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(5));
    staging.executeIn("postgres", "CREATE DATABASE " + later);
    staging.executeIn(
        "postgres",
        "COMMENT ON DATABASE " + later + " IS 'decant previous of " + staging.name() + "'");

    String previous = String.valueOf(new Asked(staging, STORE).refresh().previous());
    assertThat(previous).isGreaterThan(later);
    assertThat(staging.databases()).containsExactly(staging.name(), previous);

    new Asked(staging, STORE).rollBack();
    assertThat(staging.isOld()).isTrue();
  }

  @Test
  void aPreviousDatabaseThatADropHasBegunWithIsNotGoneBackTo() throws SQLException {
    String previous = String.valueOf(new Asked(staging, STORE).refresh().previous());
    staging.asSuperuser(
        "UPDATE pg_database SET datconnlimit = -2 WHERE datname = '" + previous + "'");
    assertThatThrownBy(() -> new Asked(staging, STORE).rollBack())
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("has no previous database");
    assertThat(staging.isOld()).isFalse();
    new Asked(staging, STORE).more("previous: { keep: 0 }").refresh();
    assertThat(staging.databases()).containsExactly(staging.name());
  }
}
