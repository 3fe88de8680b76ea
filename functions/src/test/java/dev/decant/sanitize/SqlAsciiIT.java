package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.SqlAsciiSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dumps of databases in SQL_ASCII, where nothing says which encoding the bytes of a text have. */
final class SqlAsciiIT {
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @Test
  void keptBytesPassAndCharactersAreMasked() throws Exception {
    SqlAsciiSnapshot.publish(store, "Sch\u00c3\u00a4fer");

    String text = bytes(SnapshotName.DUMP);
    assertThat(text)
        .contains("SET client_encoding = 'SQL_ASCII';", "IS 'caf\u00c3\u00a9'")
        .contains("\n1\tcaf\u00e9\t", "\n2\t\u00ff\t", "\n3\t\u00fe\u0080\t", "\n\u00e9\n\\.")
        .doesNotContain("ller\n", "fer\n", "Meier", "client_encoding = 'UTF8'");
    for (String part : List.of(SnapshotName.MANIFEST, SnapshotName.REPORT)) {
      byte[] file = store.read(ShopSnapshot.NAME.key(part)).orElseThrow();
      assertThat(new String(file, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
          .isEqualTo(file);
    }
  }

  @Test
  void invalidBytesInAMaskedColumnAreAnError() {
    assertThatThrownBy(() -> SqlAsciiSnapshot.publish(store, "canary\u00e4"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
        .hasMessageStartingWith(
            "Row 2 of table public.t has bytes in column masked that are not UTF-8")
        .hasMessageNotContaining("canary");
    assertThat(store.list("")).isEmpty();
  }

  private String bytes(String part) throws IOException {
    byte[] zst = store.read(ShopSnapshot.NAME.key(part)).orElseThrow();
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      in.setContinuous(false);
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
