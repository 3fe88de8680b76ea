package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sweeps the databases of killed refreshes, and keeps databases that only look like them. */
final class TargetSweepIT {
  private Staging staging;
  private String left;

  @BeforeEach
  void open() throws SQLException {
    staging = Staging.on(PostgresVersion.V18);
    left = staging.name() + "_next_20260101000000";
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private List<String> sweep(String more) {
    RefreshRequest request =
        new Asked(staging, null).yaml(yaml -> yaml.replace("allow-refresh: true", more)).request();
    return TargetSweep.run(request.target(), request.credentials());
  }

  @Test
  void newDatabasesThatARunLeftAreRemovedAndNothingElse() throws SQLException {
    String marked = staging.name() + "_next_20260101000001";
    List<String> others =
        List.of(
            staging.name() + "_next_2026",
            staging.name() + "_next_20260101000003",
            staging.name() + "_previous_20260101000000");
    for (String each : List.of(left, marked)) {
      staging.execute("CREATE DATABASE " + each);
    }
    for (String each : others) {
      staging.execute("CREATE DATABASE " + each);
    }
    staging.execute(
        "COMMENT ON DATABASE " + marked + " IS 'decant next of " + staging.name() + "'");
    staging.execute("COMMENT ON DATABASE " + others.get(1) + " IS 'somebody''s own'");
    assertThat(sweep("allow-refresh: true")).containsExactly(left, marked);
    List<String> rest = new ArrayList<>(others);
    rest.add(staging.name());
    assertThat(staging.databases()).containsExactlyInAnyOrderElementsOf(rest);
    assertThat(staging.isOld()).isTrue();
    assertThat(sweep("allow-refresh: true")).isEmpty();
  }

  @Test
  void theRunOfALiveProcessKeepsItsDatabase() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store, ShopSnapshot.NAME, 60_000, ShopSnapshot.KEY);
    List<List<String>> swept = new ArrayList<>();
    RefreshResult result =
        new Asked(staging, store)
            .steps(
                step -> {
                  if (step == RefreshStep.LOAD) {
                    swept.add(sweep("allow-refresh: true"));
                  }
                })
            .refresh();
    assertThat(swept).containsExactly(List.of());
    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
  }

  @Test
  void theGuardsHold() throws SQLException {
    staging.execute("CREATE DATABASE " + left);
    assertThatThrownBy(() -> sweep("allow-refresh: false")).hasMessageContaining("allow-refresh");
    assertThatThrownBy(() -> sweep("allow-refresh: true\n    never: [ localhost ]"))
        .hasMessageContaining("never");
    staging.execute("CREATE SCHEMA decant; CREATE TABLE decant.production ()");
    assertThatThrownBy(() -> sweep("allow-refresh: true"))
        .hasMessageContaining("decant.production");
    assertThat(staging.databases()).contains(left);
  }
}
