package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmbeddedScratchServerIT {
  private static final ScratchOptions OPTIONS = ScratchOptions.of(Map.of());

  @Test
  void startsAndServesAndLeavesNothing() throws SQLException {
    for (int i = 0; i < 3; i++) {
      long t = System.nanoTime();
      try (ScratchServer server = ScratchServers.open("embedded", OPTIONS)) {
        System.err.println("start " + (System.nanoTime() - t) / 1_000_000);
        t = System.nanoTime();
        try (ScratchDatabase database = server.create("main")) {
          System.err.println("create " + (System.nanoTime() - t) / 1_000_000);
          try (Connection connection = database.connect();
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT lower('ÄÖ'), current_database()")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("äö");
          }
        }
        System.err.println(server.description() + " " + server.extensions());
        t = System.nanoTime();
      }
      System.err.println("stop " + (System.nanoTime() - t) / 1_000_000);
    }
  }
}
