package dev.decant.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls snapshots with extensions to the server of a developer who is no superuser. */
final class PullExtensionsIT {
  /** A trusted extension, which the owner of a database may create. */
  private static final String TRUSTED = "citext";

  /** An extension that only a superuser may create. */
  private static final String UNTRUSTED = "file_fdw";

  /** Extensions for administrators. A superuser may create the first one, and nobody the second. */
  private static final List<String> UNNEEDED = List.of("pg_stat_statements", "adminpack");

  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private Developer developer;

  @BeforeEach
  void arrive() throws SQLException {
    developer = Developer.on(PostgresVersion.V17);
  }

  @AfterEach
  void leave() throws SQLException {
    developer.close();
  }

  private PullResult pull() {
    return Pull.run(
        new PullRequest(
            new PullRequest.Source(store, ShopSnapshot.NAME, null, null),
            Selection.ALL,
            new PullTarget.OnServer(developer.server(), new DatabaseNaming("mine", false, false)),
            2,
            Questions.NOBODY,
            Progress.NONE));
  }

  private AbstractThrowableAssert<?, ?> refused() throws SQLException {
    AbstractThrowableAssert<?, ?> refused =
        assertThatThrownBy(this::pull)
            .isInstanceOfSatisfying(
                DecantException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.EXTENSION_MISSING))
            .hasMessageContaining("Nothing was created");
    assertThat(developer.databases()).isEmpty();
    return refused;
  }

  private List<String> extensionsOf(String database) throws SQLException {
    return developer.column(
        database, "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1");
  }

  @Test
  void theDeveloperCreatesWhatHeMay() throws SQLException {
    ShopSnapshot.publish(store, List.of(TRUSTED));
    pull();
    assertThat(extensionsOf("mine")).containsExactly(TRUSTED);
  }

  @Test
  void extensionsThatNothingNeedsAreLeftOut() throws SQLException {
    ShopSnapshot.publish(store, UNNEEDED);
    pull();
    assertThat(extensionsOf("mine")).isEmpty();
  }

  @Test
  void anAdministratorsCommandIsToldAndIsEnough() throws SQLException {
    ShopSnapshot.publish(store, List.of(TRUSTED, UNTRUSTED));
    String command = "psql -d template1 -c 'CREATE EXTENSION \"" + UNTRUSTED + "\"'";
    refused().hasMessageContaining(command).hasMessageNotContaining(TRUSTED);

    developer.asSuperuserOf("template1", "CREATE EXTENSION \"" + UNTRUSTED + "\"");
    try {
      pull();
      assertThat(extensionsOf("mine")).containsExactly(TRUSTED, UNTRUSTED);
    } finally {
      developer.asSuperuserOf("template1", "DROP EXTENSION \"" + UNTRUSTED + "\"");
    }
  }

  /** A database that is copied from template1 would contain the developer's own tables there. */
  @Test
  void aTemplateWithMoreThanExtensionsIsNotCopied() throws SQLException {
    ShopSnapshot.publish(store, List.of(UNTRUSTED));
    developer.asSuperuserOf(
        "template1", "CREATE EXTENSION \"" + UNTRUSTED + "\"; CREATE TABLE public.somebodys ()");
    try {
      refused();
    } finally {
      developer.asSuperuserOf(
          "template1", "DROP EXTENSION \"" + UNTRUSTED + "\"; DROP TABLE public.somebodys");
    }
  }

  /** Some providers keep extensions in a schema of their own. */
  @ParameterizedTest
  @EnumSource(names = {"V13", "V17"})
  void anExtensionOfAnotherSchemaIsWantedThere(PostgresVersion version) throws SQLException {
    developer.close();
    developer = Developer.on(version);
    DumpSnapshot.publish(
        store,
        """
        CREATE SCHEMA ext;

        CREATE EXTENSION IF NOT EXISTS "dblink" WITH SCHEMA ext;

        CREATE TABLE public.t (
            id integer NOT NULL,
            d ext.dblink_pkey_results
        );

        CREATE TABLE ext.own (
            id integer
        );

        COPY public.t (id, d) FROM stdin;
        1\t\\N
        \\.

        COPY ext.own (id) FROM stdin;
        \\.

        COMMENT ON SCHEMA ext IS 'of extensions';
        """,
        "public.t: {keep: [id, d]}\next.own: {keep: [id]}",
        false);
    String message = refusal();
    String command =
        message.lines().filter(l -> l.contains("psql -d template1")).findFirst().orElseThrow();
    assertThat(command).contains("CREATE EXTENSION \"dblink\" WITH SCHEMA \"ext\"");
    String sql = command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\''));
    try {
      developer.asSuperuserOf("template1", "CREATE EXTENSION dblink");
      refused().hasMessageContaining("DROP EXTENSION \"dblink\"");
      developer.asSuperuserOf("template1", "DROP EXTENSION dblink; " + sql);

      pull();

      assertThat(
              developer.one(
                  "mine",
                  "SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'dblink'"))
          .isEqualTo("ext");
      assertThat(developer.one("mine", "SELECT count(*) FROM t")).isEqualTo("1");
    } finally {
      developer.asSuperuserOf(
          "template1", "DROP EXTENSION IF EXISTS dblink; DROP SCHEMA IF EXISTS ext");
    }
  }

  private String refusal() {
    try {
      pull();
    } catch (DecantException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("the pull was not refused");
  }
}
