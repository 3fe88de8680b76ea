package dev.decant.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot goes into databases of plain roles. */
final class SnapshotLoadIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static final TableName USERS = new TableName("public", "user");

  private static Manifest manifest;
  private static FrameSource frames;

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE);
    manifest = new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
    frames = new StoredFrames(STORE, ShopSnapshot.NAME.key(SnapshotName.DUMP));
  }

  private static LoadRequest request(PlainDatabase database, FrameSource source, int jobs) {
    return LoadRequest.all(manifest, source, database.asDatabase(), jobs, Progress.NONE, () -> {});
  }

  private static String one(PlainDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void rowsIndexesAndConstraintsAreAllThere(PostgresVersion version) throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(version)) {
      LoadResult result = SnapshotLoad.run(request(database, frames, 2));
      assertThat(result.totalRows()).isEqualTo(manifest.rowsOut());
      for (Manifest.Table table : manifest.tables()) {
        assertThat(one(database, "SELECT count(*) FROM " + table.table().sql()))
            .isEqualTo(Long.toString(table.rowsOut()));
      }
      String text =
          dump().lines().filter(line -> line.startsWith("CREATE INDEX")).count()
              + " "
              + dump().lines().filter(line -> line.contains("FOREIGN KEY")).count();
      assertThat(
              one(
                  database,
                  "SELECT (SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                      + " AND c.relnamespace = 'public'::regnamespace WHERE NOT indisunique) || ' '"
                      + " || (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND"
                      + " convalidated)"))
          .isEqualTo(text);
      assertThat(
              one(
                  database,
                  "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND"
                      + " relkind = 'r' AND reltuples > 0"))
          .isEqualTo(
              Long.toString(manifest.tables().stream().filter(t -> t.rowsOut() > 0).count()));
    }
  }

  private static String dump() {
    StringBuilder text = new StringBuilder();
    try (var reader = new dev.decant.frame.FrameReader(frames)) {
      for (Frame frame : manifest.frames()) {
        if (frame.kind() == Frame.Kind.DDL) {
          var bytes = reader.read(frame);
          text.append(
              new String(
                  bytes.array(), 0, bytes.length(), java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"V15", "V18"})
  void pagesOfTablesLoadedAloneAreFrozen(PostgresVersion version) throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(version)) {
      SnapshotLoad.run(request(database, frames, 1));
      // After a plain COPY, the visibility map would have no page. Since version 16, a few pages
      // at the ends of relation extensions are not marked.
      assertThat(
              one(
                  database,
                  "SELECT relallvisible * 10 >= relpages * 8 FROM pg_class WHERE oid ="
                      + " 'public.\"user\"'::regclass"))
          .isEqualTo("t");
    }
  }

  @Test
  void wantedRowsOnlyAreReadAndLoaded() throws SQLException {
    AtomicInteger read = new AtomicInteger();
    FrameSource counting = new Counting(frames, read);
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      LoadResult result =
          SnapshotLoad.run(
              new LoadRequest(
                  new LoadRequest.Content(manifest, counting, schema),
                  database.asDatabase(),
                  null,
                  new LoadRequest.RowChoice(USERS::equals, Map.of()),
                  2,
                  Progress.NONE,
                  () -> {},
                  null));
      assertThat(result.rows().keySet()).containsExactly(USERS);
      long frameCount =
          manifest.frames().stream()
              .filter(f -> f.kind() == Frame.Kind.ROWS && USERS.equals(f.table()))
              .count();
      assertThat(read).hasValue((int) frameCount);
    }
  }

  private record Counting(FrameSource source, AtomicInteger count) implements FrameSource {
    @Override
    public String location() {
      return source.location();
    }

    @Override
    public byte[] read(Frame frame) {
      count.incrementAndGet();
      return source.read(frame);
    }
  }

  @Test
  void aFrameThatIsNotWhatTheManifestStatesEndsTheLoad() throws SQLException {
    FrameSource damaged =
        new FrameSource() {
          @Override
          public String location() {
            return frames.location();
          }

          @Override
          public byte[] read(Frame frame) {
            if (frame.kind() == Frame.Kind.ROWS) {
              throw FrameSource.damaged(location(), frame, "was changed");
            }
            return frames.read(frame);
          }
        };
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      assertThatThrownBy(() -> SnapshotLoad.run(request(database, damaged, 2)))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
    }
  }

  @Test
  void rowsThatDoNotHoldAForeignKeyEndTheLoadWithItsName() throws SQLException {
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      LoadRequest request =
          new LoadRequest(
              new LoadRequest.Content(manifest, frames, schema),
              database.asDatabase(),
              null,
              new LoadRequest.RowChoice(table -> !table.equals(USERS), Map.of()),
              2,
              Progress.NONE,
              () -> {},
              null);
      assertThatThrownBy(() -> SnapshotLoad.run(request))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED))
          .hasMessageContaining("public.address");
    }
  }

  @Test
  void referencesTellWhichTablesTheForeignKeysNeed() {
    List<SnapshotSchema.Reference> references =
        SnapshotSchema.read(manifest.frames(), frames).references();
    assertThat(references)
        .anySatisfy(
            r -> {
              assertThat(r.table()).isEqualTo(new TableName("public", "order"));
              assertThat(r.referenced()).isEqualTo(USERS);
            });
  }
}
