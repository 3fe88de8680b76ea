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
import dev.decant.schema.TableName;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A snapshot in which one table has two COPY blocks, with its columns in different orders. */
final class CopyStatementsIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static final TableName T = new TableName("public", "t");
  private static final TableName U = new TableName("public", "u");

  private static Manifest manifest;
  private static FrameSource frames;

  @BeforeAll
  static void publish() {
    DumpSnapshot.publish(
        STORE,
        """
        CREATE TABLE public.t (id integer NOT NULL, a text);
        CREATE TABLE public.u ("odd ""name" integer);
        COPY public.t (id, a) FROM stdin;
        1\tx
        \\.
        COPY public.t (a, id) FROM stdin;
        y\t2
        \\.
        COPY public.u ("odd ""name") FROM stdin;
        3
        \\.
        """,
        "public.t: {keep: [id, a]}\npublic.u: {keep: ['odd \"name']}\n",
        false);
    manifest = new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
    frames = new StoredFrames(STORE, ShopSnapshot.NAME.key(SnapshotName.DUMP));
  }

  private static List<String> statements(Map<Frame, String> all) {
    return manifest.frames().stream().filter(all::containsKey).map(all::get).toList();
  }

  @Test
  void eachFrameHasTheColumnsOfItsOwnBlock() {
    assertThat(statements(CopyStatements.of(manifest, frames, table -> true)))
        .containsExactly(
            "COPY \"public\".\"t\" (\"id\", \"a\") FROM STDIN",
            "COPY \"public\".\"t\" (\"a\", \"id\") FROM STDIN",
            "COPY \"public\".\"u\" (\"odd \"\"name\") FROM STDIN");
  }

  @Test
  void onlyWantedTablesHaveStatements() {
    assertThat(CopyStatements.of(manifest, frames, U::equals).keySet())
        .isNotEmpty()
        .allSatisfy(frame -> assertThat(frame.table()).isEqualTo(U));
    assertThat(CopyStatements.of(manifest, frames, table -> false)).isEmpty();
  }

  @Test
  void rowsOfATableThatTheManifestDoesNotListAreRefused() {
    Manifest without =
        new Manifest(
            manifest.version(),
            manifest.service(),
            manifest.environment(),
            manifest.name(),
            manifest.decant(),
            manifest.source(),
            manifest.policy(),
            manifest.key(),
            manifest.run(),
            manifest.verdict(),
            manifest.dump(),
            manifest.rowsIn(),
            manifest.rowsOut(),
            manifest.tables().stream().filter(table -> !table.table().equals(T)).toList(),
            manifest.absentTables(),
            manifest.sql(),
            manifest.assertions(),
            manifest.anchors(),
            manifest.leakTrace(),
            manifest.reidentification(),
            manifest.extensions(),
            manifest.notVerified(),
            manifest.ddl(),
            manifest.report(),
            manifest.frames(),
            manifest.signature());
    assertThatThrownBy(() -> CopyStatements.of(without, frames, table -> true))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }
}
