package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.CuttingProxy;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The server commits the swap, but its answer is lost, so the run cannot know the result. */
final class LostConnectionIT {
  @Test
  void aSwapWhoseCommitIsNotAnsweredIsTakenBack() throws SQLException, IOException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store);
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      int port = URI.create(staging.url()).getPort();
      CuttingProxy proxy = new CuttingProxy(port);
      Asked asked =
          new Asked(staging, store)
              .yaml(yaml -> yaml.replace(":" + port + "/", ":" + proxy.port() + "/"))
              .steps(
                  step -> {
                    if (step == RefreshStep.BEFORE_HOOKS) {
                      proxy.swallowAnswerTo("COMMIT");
                    }
                  });

      assertThatThrownBy(asked::refresh)
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE))
          .hasMessageContaining("The server did not report")
          .hasMessageNotContaining("is unchanged");

      assertThat(proxy.cuts()).isOne();
      assertThat(staging.isOld()).isTrue();
      assertThat(staging.databases()).containsExactly(staging.name());
      assertThat(staging.history("status")).isEqualTo("rolled back");
      proxy.close();
    }
  }
}
