package dev.decant.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.Database;
import dev.decant.progress.Progress;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Columns with a compression method that the server may not have: the embedded ones have pglz only.
 */
final class ColumnCompressionIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  @BeforeAll
  static void publish() {
    DumpSnapshot.publish(
        STORE,
        """
        CREATE TABLE public.t (id integer NOT NULL, a text, b text, c text);
        ALTER TABLE ONLY public.t ALTER COLUMN a SET COMPRESSION lz4;
        ALTER TABLE ONLY public.t ALTER COLUMN b SET COMPRESSION pglz;
        ALTER TABLE ONLY public.t ALTER COLUMN c SET COMPRESSION default;
        COPY public.t (id, a, b, c) FROM stdin;
        1\tx\ty\tz
        \\.
        """,
        "public.t: {keep: [id, a, b, c]}\n",
        true);
  }

  private static final class Messages implements Progress {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void message(String text) {
      lines.add(text);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V13", "V14", "V18"})
  void aMethodThatTheServerLacksIsLeftOut(PostgresVersion version) throws SQLException {
    Manifest manifest = new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
    FrameSource frames = new StoredFrames(STORE, ShopSnapshot.NAME.key(SnapshotName.DUMP));
    Messages said = new Messages();
    try (PlainDatabase plain = PlainDatabase.on(version)) {
      Database database = plain.asDatabase();
      SnapshotLoad.run(LoadRequest.all(manifest, frames, database, 2, said, () -> {}));

      try (Connection connection = plain.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT a || b || c FROM public.t")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("xyz");
      }
      if (version != PostgresVersion.V13) {
        try (Connection connection = plain.connect();
            Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT string_agg(attname || attcompression::text, ',' ORDER BY attname)"
                        + " FROM pg_attribute WHERE attrelid = 'public.t'::regclass"
                        + " AND attcompression <> ''")) {
          row.next();
          assertThat(row.getString(1)).isEqualTo("bp");
        }
      }
    }
    assertThat(said.lines).singleElement().asString().contains("lz4").doesNotContain("default,");
  }
}
