package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.manifest.SnapshotName;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.RoundTrip;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** More large objects than fit into a frame, before and after the rows. */
final class LargeObjectsIT {
  private static final int COUNT = 40;

  private final MemorySnapshotStore store = new MemorySnapshotStore();

  private static String dump() {
    StringBuilder dump = new StringBuilder();
    for (int i = 1; i <= COUNT; i++) {
      dump.append("SELECT pg_catalog.lo_create('%d');\n".formatted(i));
      dump.append("COMMENT ON LARGE OBJECT %d IS 'comment %d';\n".formatted(i, i));
      dump.append("ALTER LARGE OBJECT %d OWNER TO postgres;\n".formatted(i));
    }
    dump.append("CREATE TABLE public.t (id integer NOT NULL);\n");
    dump.append("COPY public.t (id) FROM stdin;\n1\n\\.\n");
    dump.append("BEGIN;\n");
    String content = "6d7573746572".repeat(40_000);
    for (int i = 1; i <= COUNT; i++) {
      dump.append("SELECT pg_catalog.lo_open('%d', 131072);\n".formatted(i));
      dump.append("SELECT pg_catalog.lowrite(0, '\\x").append(content).append("');\n");
      dump.append("SELECT pg_catalog.lo_close(0);\n");
    }
    dump.append("COMMIT;\n");
    dump.append("ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);\n");
    return dump.toString();
  }

  private String published(String rule) throws Exception {
    String policy = "version: 1\n" + rule + "tables:\n  public.t: { keep: [id] }\n";
    DumpSnapshot.publishBy(policy, store, dump(), true);
    byte[] dump = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(dump))) {
      in.setContinuous(false);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The first words of all statements about large objects, in order. */
  private static List<String> statements(String text) {
    return Pattern.compile(
            "^(SELECT pg_catalog\\.lo\\w+\\(|BEGIN;|COMMIT;|COMMENT ON L)", Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void keptOnesTravelInTheirOrder() throws Exception {
    String text = published("large-objects: keep\n");
    assertThat(statements(text)).isEqualTo(statements(dump())).hasSize(5 * COUNT + 2);
    assertThat(text).contains("ADD CONSTRAINT t_pkey");
    assertThat(RoundTrip.check(store, PostgresVersion.V17)).containsKey("large objects");
  }

  @Test
  void emptyOnesTravelWithoutTheirContent() throws Exception {
    String text = published("large-objects: empty\n");
    assertThat(text).doesNotContain("lowrite", "6d7573746572");
    assertThat(statements(text)).hasSize(2 * COUNT);
  }

  @Test
  void droppedOnesDoNotTravel() throws Exception {
    assertThat(statements(published("large-objects: drop\n"))).isEmpty();
  }

  @Test
  void withoutARuleNothingIsPublished() {
    assertThatThrownBy(() -> published(""))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("the policy has no rule for them");
  }
}
