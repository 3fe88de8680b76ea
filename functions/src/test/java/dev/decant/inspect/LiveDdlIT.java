package dev.decant.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.detect.ddl.DdlFinding;
import dev.decant.detect.ddl.DdlInventory;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.ObjectName;
import dev.decant.dump.Skeleton;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database and its dump have the same findings under the same names. */
final class LiveDdlIT {
  private static final Path DUMP = Path.of("src/test/resources/dump/secrets-server15-dump15.sql");
  private static final Path SOURCE = Path.of("src/test/fixtures/dump/secrets.sql");

  private static DdlInventory ofDump() throws Exception {
    DdlInventory ddl = new DdlInventory();
    try (DumpReader reader = new DumpReader(Files.newInputStream(DUMP))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart) {
          var _ = reader.skipRows(() -> {});
        } else if (part instanceof DumpPart.Statement s && s.kind().describesObject()) {
          ddl.add(ObjectName.of(s), s.line(), Skeleton.published(s), s.backslashEscapes());
        }
      }
    }
    return ddl;
  }

  private static List<String> describe(DdlInventory ddl) {
    return ddl.findings().stream()
        .map((DdlFinding f) -> f.object() + ": " + f.what() + " -> " + f.substitute())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"V13", "V15", "V18"})
  void aDatabaseHasTheFindingsOfItsDump(PostgresVersion version) throws Exception {
    String sql = Files.readString(SOURCE);
    // Version 13 has no BEGIN ATOMIC, and the driver would split the text at its semicolons.
    sql =
        version.major() < 14
            ? sql.replaceAll("(?m)^(CREATE|COMMENT ON) PROCEDURE .*$", "")
            : sql.replaceAll(
                "(?m)^CREATE PROCEDURE .*$",
                "DO \\$do\\$ BEGIN EXECUTE \\$sql\\$$0\\$sql\\$; END \\$do\\$;");
    try (PlainDatabase database = PlainDatabase.on(version);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statement.execute("SET search_path = ''");
      DdlInventory live = LiveDdl.read(connection, () -> {}, new ArrayList<>());
      DdlInventory dump = ofDump();
      List<String> expected =
          describe(dump).stream()
              .filter(d -> version.major() >= 14 || !d.contains("PROCEDURE"))
              .toList();
      assertThat(describe(live)).containsExactlyElementsOf(expected);
      if (version.major() >= 14) {
        assertThat(live.objects()).containsAll(dump.objects());
      }
    }
  }
}
