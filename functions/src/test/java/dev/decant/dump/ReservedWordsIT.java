package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The words are those of the oldest and of the newest server. */
final class ReservedWordsIT {
  @Test
  void areThoseOfTheServers() throws Exception {
    Set<String> words = new TreeSet<>();
    for (PostgresVersion version :
        new PostgresVersion[] {PostgresVersion.V15, PostgresVersion.V18}) {
      try (PlainDatabase database = PlainDatabase.on(version);
          Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')")) {
        while (rows.next()) {
          words.add(rows.getString(1));
        }
      }
    }
    assertThat(ReservedWords.ALL).containsExactlyInAnyOrderElementsOf(words);
  }
}
