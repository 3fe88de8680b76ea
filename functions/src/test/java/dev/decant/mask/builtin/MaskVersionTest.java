package dev.decant.mask.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.schema.Column;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pins the values of the masks, so that nobody changes them without {@link Masks#VERSION}. */
final class MaskVersionTest {
  private static final int VALUES = 60;
  private static final String FILE = "mask-outputs-" + Masks.VERSION + ".txt";

  @Test
  void masksGiveTheValuesOfTheirVersion() throws Exception {
    String now = outputs();
    Files.createDirectories(Path.of("target"));
    Path written = Files.writeString(Path.of("target", FILE), now);
    assertThat(now)
        .as(
            "Masks give other values than those of version %d. If that is meant, raise"
                + " Masks.VERSION, run this test again, and copy the new %s beside the old one in"
                + " src/test/resources/mask. Never change a file of a version that was released.",
            Masks.VERSION, written)
        .isEqualTo(pinned());
  }

  private static String pinned() throws IOException {
    try (InputStream in = MaskVersionTest.class.getResourceAsStream("/mask/" + FILE)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    }
  }

  /** One line for each mask and its options: a digest of its values for all types. */
  private static String outputs() throws Exception {
    Map<String, MessageDigest> digests = new TreeMap<>();
    for (MaskSpec spec : MaskContractTest.specs()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Column column : MaskContractTest.COLUMNS) {
        if (MaskProbe.refusal(spec, column) == null) {
          add(digest, spec, column);
        }
      }
      digests.put(line(spec), digest);
    }
    StringBuilder lines = new StringBuilder();
    digests.forEach(
        (spec, digest) ->
            lines
                .append(HexFormat.of().formatHex(digest.digest(), 0, 8))
                .append("  ")
                .append(spec)
                .append('\n'));
    return lines.toString();
  }

  private static String line(MaskSpec spec) {
    return (spec.name() + " " + new TreeMap<>(spec.options())).replace('\n', ' ');
  }

  private static void add(MessageDigest digest, MaskSpec spec, Column column) {
    MaskProbe probe = MaskProbe.of(spec, column, MaskProbe.KEY, "id", "note");
    digest.update((column.type().name() + '\n').getBytes(UTF_8));
    for (String value : new RawValues(column.type(), VALUES).distinct(VALUES)) {
      byte[] masked = probe.maskBytes(value.getBytes(UTF_8), "42", "x");
      digest.update(masked == null ? new byte[] {0} : masked);
      digest.update((byte) '\n');
    }
  }
}
