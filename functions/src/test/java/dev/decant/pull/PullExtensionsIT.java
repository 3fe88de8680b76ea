package dev.decant.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Extensions of a snapshot, on the server of a developer who is no superuser. */
final class PullExtensionsIT {
  /** Trusted: who owns a database may create it there. */
  private static final String TRUSTED = "citext";

  /** What most production databases have, and only a superuser may create. */
  private static final String UNTRUSTED = "pg_stat_statements";

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
            store,
            ShopSnapshot.NAME,
            null,
            Selection.ALL,
            new PullTarget.OnServer(developer.server(), new Naming("mine", false, false)),
            null,
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
            .hasMessageContaining("nothing was created");
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

  /** The developer's own tables in template1 would come along. */
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
}
