package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Loads the large objects of a snapshot. It runs each statement as soon as it is read, because all
 * of them together may be larger than the memory. They depend on no other object.
 */
final class LargeObjects {
  private LargeObjects() {}

  static void load(LoadRequest request, Database sessions) {
    try (DumpReader reader =
            new DumpReader(
                new DdlText(request.content().manifest().frames(), request.content().frames()));
        Connection connection = sessions.connect()) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart) {
          reader.skipRows();
        } else if (part instanceof Statement statement && statement.kind().ofLargeObjects()) {
          String sql = new String(statement.text(), UTF_8);
          DdlRun.inOrder(
              connection, List.of(new DdlStatement(0, statement.object(), sql)), request.guard());
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }
}
