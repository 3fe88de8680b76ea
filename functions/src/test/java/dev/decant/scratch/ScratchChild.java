package dev.decant.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process that has an embedded server. It prints {@code ready} when it can be killed, and ends
 * when its input ends.
 */
final class ScratchChild {
  private ScratchChild() {}

  @SuppressWarnings("SystemOut") // the parent reads this
  static void main(String[] arguments) throws IOException, SQLException {
    try (ScratchServer server =
            ScratchServers.open("embedded", ScratchOptions.of(System.getenv()));
        ScratchDatabase database = server.create("child");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE UNLOGGED TABLE t AS SELECT generate_series(1, 50000) AS n");
      statement.execute("CREATE INDEX ON t (n)");
      System.out.println("ready " + server.description());
      System.out.flush();
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    System.out.write("closed\n".getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
