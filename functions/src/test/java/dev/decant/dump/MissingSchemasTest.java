package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingSchemasTest {
  @Test
  void schemasOfTablesAndExtensionsAreAddedAfterTheSettings() {
    assertThat(
            added(
                """
                SET client_encoding = 'UTF8';
                CREATE SCHEMA present;
                CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
                CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA "of provider";
                CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA present;
                CREATE TABLE absent.t (x integer);
                """))
        .containsSubsequence(
            "SET client_encoding = 'UTF8';",
            "CREATE SCHEMA IF NOT EXISTS \"absent\";",
            "CREATE SCHEMA IF NOT EXISTS \"of provider\";",
            "CREATE SCHEMA present;")
        .noneMatch(text -> text.contains("SCHEMA IF NOT EXISTS \"pg_catalog"))
        .noneMatch(text -> text.contains("SCHEMA IF NOT EXISTS \"present"));
  }

  private static List<String> added(String dump) {
    List<DumpPart.Statement> statements = new ArrayList<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump.getBytes(UTF_8)))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        statements.add((DumpPart.Statement) part);
      }
    }
    return MissingSchemas.added(statements).stream().map(s -> new String(s.text(), UTF_8)).toList();
  }
}
