package dev.decant.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and drops the databases of old pulls. */
final class PulledDatabasesIT {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private Developer developer;

  @BeforeEach
  void make() throws SQLException {
    developer = Developer.on(PostgresVersion.V15);
    make("old", OLD);
    make("young", Instant.parse("2026-03-01T00:00:00Z"));
    developer.run(developer.role(), "CREATE DATABASE theirs");
  }

  private void make(String name, Instant pulled) throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE " + name);
    PullMark mark = new PullMark(ShopSnapshot.NAME.toString(), PullMark.State.WHOLE, pulled);
    developer.run(developer.role(), "COMMENT ON DATABASE " + name + " IS '" + mark.text() + "'");
  }

  @AfterEach
  void leave() throws SQLException {
    developer.close();
  }

  @Test
  void onlyOldOnesThatPullsMadeAndNobodyUsesGo() throws SQLException {
    PulledDatabases databases = new PulledDatabases(developer.server());

    assertThat(databases.list()).extracting(PulledDatabase::name).containsExactly("old", "young");
    List<PulledDatabase> unused = databases.unused(OLD.plusSeconds(1));
    assertThat(unused).extracting(PulledDatabase::name).containsExactly("old");
    assertThat(databases.drop(unused).dropped()).hasSize(1);

    assertThat(developer.databases()).containsExactly("theirs", "young");
  }

  @Test
  void oneThatSomebodyUsesStays() throws SQLException {
    PulledDatabases databases = new PulledDatabases(developer.server());
    List<PulledDatabase> unused = databases.unused(OLD.plusSeconds(1));
    try (Connection _ = developer.connect("old")) {
      assertThat(databases.drop(unused).dropped()).isEmpty();
      assertThat(databases.unused(OLD.plusSeconds(1))).isEmpty();
    }
    assertThat(developer.databases()).contains("old");
  }

  @Test
  void oneThatWasPulledAnewMeanwhileStays() throws SQLException {
    PulledDatabases databases = new PulledDatabases(developer.server());
    List<PulledDatabase> unused = databases.unused(OLD.plusSeconds(1));
    developer.run(developer.role(), "DROP DATABASE old");
    make("old", Instant.parse("2026-04-01T00:00:00Z"));

    assertThat(databases.drop(unused).dropped()).isEmpty();
    assertThat(developer.databases()).contains("old");
  }
}
