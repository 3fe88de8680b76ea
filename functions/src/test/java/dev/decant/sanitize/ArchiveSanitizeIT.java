package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that make-archives made give the same snapshots as the plain dump of their database. */
final class ArchiveSanitizeIT {
  private static final String POLICY =
      """
      version: 1
      large-objects: keep
      tables:
        shop.customer: { keep: [id, note], columns: { name: full-name, email: email } }
        "shop.\\"order; odd\\nname\\"": { keep: [id, customer, state, placed] }
        shop.nothing: { keep: [] }
        shop.empty: { keep: [a] }
      """;

  private static String plain = "";

  @TempDir static Path folder = Path.of("set by JUnit");

  @BeforeAll
  static void sanitizePlainDump() {
    plain = sanitize("expected/18.sql");
  }

  private static String sanitize(String fixture) {
    String path =
        Objects.requireNonNull(ArchiveSanitizeIT.class.getResource("/archive/" + fixture))
            .getPath();
    MemorySnapshotStore store = new MemorySnapshotStore();
    try (Source source = Sources.open(path)) {
      SanitizeResult result =
          Sanitization.run(
              Shop.builder(source, SmallDump.policy(POLICY), store, folder.resolve("work"))
                  .build());
      assertThat(result).isNotNull();
    }
    return SmallDump.text(store);
  }

  @Test
  void snapshotHasMaskedRowsAndLargeObjects() {
    assertThat(plain)
        .contains("SELECT pg_catalog.lo_create('70001');", "'\\x00ff5c27'", "COPY shop.order_low")
        .doesNotContain("@shop.example", "Customer 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"18/zstd.dump", "18/statistics.dump", "18/directory"})
  void archiveGivesTheSnapshotOfThePlainDump(String archive) {
    assertThat(sanitize(archive)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"15/tar.tar.gz", "18/inserts.dump"})
  void otherVersionsAndRowFormsGiveTheSameRows(String archive) {
    String text = sanitize(archive);
    assertThat(rows(text, "customer")).hasLineCount(40).isEqualTo(rows(plain, "customer"));
    assertThat(rows(text, "order_low")).hasLineCount(99).isEqualTo(rows(plain, "order_low"));
  }

  private static String rows(String text, String table) {
    int copy = text.indexOf("\nCOPY shop." + table + " ");
    int from = text.indexOf('\n', copy + 1) + 1;
    return text.substring(from, text.indexOf("\n\\.", from));
  }
}
