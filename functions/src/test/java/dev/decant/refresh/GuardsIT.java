package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.target.Target;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get past each guard of the target and its server. */
final class GuardsIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  private Staging staging;

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE);
  }

  @BeforeEach
  void open() throws SQLException {
    staging = Staging.on(PostgresVersion.V18);
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private Asked asked() {
    return new Asked(staging, STORE);
  }

  /**
   * Requires a refusal whose message has three parts, and that no database of the server has
   * changed.
   */
  private void refused(Asked asked, String... says) throws SQLException {
    refused(asked, ErrorCode.REFUSED, says);
  }

  private void refused(Asked asked, ErrorCode code, String... says) throws SQLException {
    List<String> before = staging.allDatabases();
    DecantException error = catchThrowableOfType(DecantException.class, asked::refresh);
    assertThat(error).as("it ran").isNotNull();
    for (String part : says) {
      assertThat(error.getMessage()).contains(part);
    }
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(staging.allDatabases()).isEqualTo(before);
    assertThat(staging.isOld()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "allow-refresh: false"})
  void aTargetThatDoesNotAllowIt(String instead) throws SQLException {
    refused(
        asked().yaml(yaml -> yaml.replace("allow-refresh: true", instead)),
        "Target staging was not changed",
        "sets it in the targets file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "127.0.0.2", "127.0.0.1,127.0.0.1", "*", " 127.0.0.1"})
  void anotherHostThanTheTargetsIsTyped(String typed) throws SQLException {
    refused(asked().confirm(typed), "--confirm 127.0.0.1");
  }

  @Test
  void theConnectionGoesToAnotherHostThanConfirmSays() throws SQLException {
    refused(
        asked()
            .yaml(yaml -> yaml.replace("confirm: 127.0.0.1", "confirm: 192.0.2.7"))
            .confirm("192.0.2.7"),
        "The connection goes to 127.0.0.1",
        "Correct the targets file");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "localhost, LOCALHOST",
    "localhost, localhost.",
    "localhost., localhost",
    "localhost, local*",
    "localhost, 127.0.0.1",
    "127.0.0.1, localhost",
    "localhost, 127.*",
    "'[::1]', '::1'",
    "'[::1]', '[::1]'",
    "'[::1]', localhost",
    "'[::ffff:127.0.0.1]', 127.0.0.1",
    // These are other addresses of the same machine.
    "127.0.0.1, 127.0.0.9",
    "127.0.0.1, '::1'",
    "0.0.0.0, 127.0.0.1",
    "'[::]', localhost",
  })
  void aForbiddenHostByNameAliasOrAddress(String host, String never) throws SQLException {
    refused(
        asked()
            .yaml(
                yaml ->
                    yaml.replace("127.0.0.1", '"' + host + '"')
                        .replace("@\"" + host + '"', '@' + host))
            .more("never: [ some-other-host.invalid, '" + never + "' ]")
            .confirm(host),
        "Target staging was not changed",
        "never");
  }

  @Test
  void aForbiddenHostByThisMachinesOwnName() throws Exception {
    String here = InetAddress.getLocalHost().getHostName();
    refused(asked().more("never: [ '" + here + "' ]"), "never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "plain_*", "*"})
  void aForbiddenDatabase(String never) throws SQLException {
    refused(asked().more("never: [ '" + never.formatted(staging.name()) + "' ]"), "is in never");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDatabaseThatIsMarkedAsProduction(boolean hidden) throws SQLException {
    staging.execute("CREATE SCHEMA decant; CREATE TABLE decant.production (id int)");
    if (hidden) {
      staging.execute("REVOKE ALL ON SCHEMA decant FROM " + staging.name());
    }
    refused(asked(), "decant.production", "marks production");
  }

  @Test
  void aServerWhereAnotherDatabaseIsMarkedAsProduction() throws SQLException {
    staging.asSuperuser("CREATE SCHEMA decant; CREATE TABLE decant.production (id int)");
    try {
      refused(asked(), "decant.production", "in database admin");
    } finally {
      staging.asSuperuser("DROP SCHEMA decant CASCADE");
    }
  }

  @Test
  void aLeftoverThatCarriesProductionsMarkIsNone() throws SQLException {
    String leftover = staging.name() + "_next_20260101000000";
    staging.execute("CREATE DATABASE " + leftover);
    staging.executeIn(leftover, "CREATE SCHEMA decant; CREATE TABLE decant.production (id int)");
    asked().refresh();
    assertThat(staging.databases()).doesNotContain(leftover).hasSize(2);
  }

  @Test
  void aRoleThatMayNotCreateDatabases() throws SQLException {
    staging.asSuperuser("ALTER ROLE " + staging.name() + " NOCREATEDB");
    refused(asked(), "may not create databases", "CREATEDB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no member", "NOINHERIT"})
  void aDatabaseOfAnotherOwner(String how) throws SQLException {
    String owner = staging.name() + "_owner";
    staging.asSuperuser("CREATE ROLE " + owner);
    try {
      staging.asSuperuser("ALTER ROLE " + staging.name() + " NOINHERIT");
      if (!how.equals("no member")) {
        staging.asSuperuser("GRANT " + owner + " TO " + staging.name());
      }
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " OWNER TO " + owner);
      refused(asked(), "belongs to " + owner, "GRANT");
    } finally {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " OWNER TO " + staging.name());
      staging.asSuperuser("DROP ROLE " + owner);
    }
  }

  @Test
  void sessionsThatCannotBeEnded() throws SQLException {
    String other = staging.name() + "_other";
    staging.asSuperuser("CREATE ROLE " + other + " LOGIN PASSWORD '" + Staging.PASSWORD + "'");
    try (var session = staging.connectAs(other)) {
      List<String> before = staging.databases();
      DecantException error = catchThrowableOfType(DecantException.class, asked()::refresh);
      assertThat(error.code()).isEqualTo(ErrorCode.REFUSED);
      assertThat(error.getMessage()).contains(other, "GRANT pg_signal_backend");
      assertThat(session.isValid(1)).isTrue();
      assertThat(staging.databases()).isEqualTo(before);
      assertThat(staging.isOld()).isTrue();
      assertThat(asked().dryRun().refresh().activity().warnings())
          .anySatisfy(warning -> assertThat(warning).contains(other, "pg_signal_backend"));
    } finally {
      staging.asSuperuser("DROP ROLE " + other);
    }
  }

  @Test
  void aServerThatIsTooOld() {
    Target target = asked().request().target();
    assertThat(
            catchThrowableOfType(
                    DecantException.class, () -> ServerGuard.requireServed(target, 120_022))
                .getMessage())
        .contains("Target staging was not changed", "PostgreSQL 12", "13 is the oldest");
    ServerGuard.requireServed(target, 130_000);
  }

  /** Each role keeps its own history, because neither may read the other's. */
  @Test
  void twoTargetsOfDifferentRolesOnOneServer() throws SQLException {
    asked().refresh();
    try (Staging second = Staging.on(PostgresVersion.V18)) {
      assertThat(new Asked(second, STORE).refresh()).isInstanceOf(RefreshResult.Refreshed.class);
    }
    assertThat(staging.history("count(*) OVER ()")).isEqualTo("1");
  }

  @Test
  void aSecondRunAtTheSameTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<RefreshResult> first =
          threads.submit(
              asked()
                      .steps(
                          step -> {
                            if (step == RefreshStep.CREATE) {
                              begun.countDown();
                              await(end);
                            }
                          })
                  ::refresh);
      begun.await();
      try {
        refused(asked(), "Another refresh or rollback", "Wait until it ends");
        refused(asked().dryRun(), "Another refresh or rollback");
      } finally {
        end.countDown();
      }
      assertThat(first.get()).isInstanceOf(RefreshResult.Refreshed.class);
    }
    assertThat(staging.history("count(*) OVER ()")).isEqualTo("1");
  }

  /**
   * A role with another maintenance database also sees the lock, although a lock belongs to one
   * database.
   */
  @Test
  void aRunThatHasItsLockInAnotherDatabase() throws SQLException {
    try (Connection other = staging.connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_lock(hashtext('decant refresh'), hashtext('"
              + staging.name()
              + "'))");
      refused(asked(), "Another refresh or rollback", "Wait until it ends");
    }
  }

  @Test
  void aMarkedDatabaseThatHasNoConnectionLeft() throws SQLException {
    String marked = staging.name() + "_live";
    staging.executeIn("postgres", "CREATE DATABASE " + marked);
    staging.executeIn(marked, "CREATE SCHEMA decant; CREATE TABLE decant.production ()");
    staging.asSuperuser("ALTER DATABASE " + marked + " CONNECTION LIMIT 1");
    try (Connection _ = staging.connect(marked)) {
      refused(asked(), ErrorCode.DATABASE_UNAVAILABLE, "53300");
    } finally {
      staging.asSuperuser("DROP DATABASE " + marked + " WITH (FORCE)");
    }
  }

  @Test
  void anotherTargetsRunDoesNotMakeTheServerProductions() throws SQLException {
    String next = staging.name() + "b_next_20260101000000";
    staging.executeIn("postgres", "CREATE DATABASE " + next);
    staging.executeIn(
        "postgres", "COMMENT ON DATABASE " + next + " IS 'decant next of " + staging.name() + "b'");
    staging.executeIn(next, "CREATE SCHEMA decant; CREATE TABLE decant.production ()");
    try {
      assertThat(asked().dryRun().refresh()).isInstanceOf(RefreshResult.Planned.class);
    } finally {
      staging.asSuperuser("DROP DATABASE " + next);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "template1"})
  void aDatabaseOfTheServersOwn(String database) throws SQLException {
    refused(
        asked().yaml(yaml -> yaml.replace("/" + staging.name() + "\n", "/" + database + "\n")),
        database + " belongs to the server");
  }

  @Test
  void aDatabaseThatLetsNobodyIn() throws SQLException {
    staging.asSuperuser("ALTER DATABASE " + staging.name() + " ALLOW_CONNECTIONS false");
    DecantException error = catchThrowableOfType(DecantException.class, asked()::refresh);
    assertThat(error.getMessage()).contains("lets nobody connect", "ALLOW_CONNECTIONS true");
  }

  @Test
  void aTablespaceThatIsClosedToTheRole() throws SQLException {
    String space = staging.name() + "_space";
    staging.asSuperuser("SET allow_in_place_tablespaces = on");
    staging.asSuperuser("CREATE TABLESPACE " + space + " LOCATION ''");
    try {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " SET TABLESPACE " + space);
      refused(asked(), "GRANT CREATE ON TABLESPACE");
      staging.asSuperuser("GRANT CREATE ON TABLESPACE " + space + " TO " + staging.name());
      assertThat(asked().dryRun().refresh()).isInstanceOf(RefreshResult.Planned.class);
    } finally {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " SET TABLESPACE pg_default");
      staging.asSuperuser("DROP TABLESPACE " + space);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRollbackIsGuardedAsARefreshIs() throws SQLException {
    asked().refresh();
    List<String> before = staging.allDatabases();
    for (Asked asked :
        List.of(
            asked().yaml(yaml -> yaml.replace("allow-refresh: true", "")),
            asked().confirm("localhost"),
            asked().more("never: [ localhost ]"))) {
      DecantException error = catchThrowableOfType(DecantException.class, asked::rollBack);
      assertThat(error.code()).isEqualTo(ErrorCode.REFUSED);
      assertThat(staging.allDatabases()).isEqualTo(before);
    }
  }
}
