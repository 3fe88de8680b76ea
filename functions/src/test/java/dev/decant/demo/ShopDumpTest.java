package dev.decant.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShopDumpTest {
  private static final int SMALL = 100_000;

  private static byte[] dump(long bytes, long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShopDump.write(out, bytes, seed);
    return out.toByteArray();
  }

  @Test
  void theSameSeedAndSizeGiveTheSameBytes() {
    assertThat(dump(SMALL, 1)).isEqualTo(dump(SMALL, 1));
    assertThat(dump(SMALL, 2)).isNotEqualTo(dump(SMALL, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {500_000, 2_000_000})
  void theSizeIsAboutTheOneThatWasAskedFor(int bytes) {
    assertThat(dump(bytes, 1).length).isBetween(bytes * 8 / 10, bytes * 12 / 10);
  }

  @Test
  void theSmallestDumpStillHasRowsInEveryTable() {
    List<String> tables = new ArrayList<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump(0, 1)))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          tables.add(copy.table().name());
          assertThat(reader.skipRows()).as(copy.table().name()).isPositive();
        }
      }
    }
    assertThat(tables)
        .containsExactly(
            "address",
            "attachment",
            "audit_log",
            "external_system_integration",
            "newsletter_subscriber",
            "order",
            "payment",
            "session",
            "support_message",
            "user");
  }

  @Test
  void oneUserHasTheAddressOfTheAdmin() {
    String text = new String(dump(SMALL, 1), UTF_8);
    String users = text.substring(text.indexOf("COPY public.\"user\""));
    assertThat(users.lines().filter(line -> line.contains(ShopDump.ADMIN_EMAIL))).hasSize(1);
  }
}
