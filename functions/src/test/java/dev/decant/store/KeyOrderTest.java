package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyOrderTest {
  private static final List<String> KEYS =
      List.of(
          "", "a", "a/b", "ab", "é", "\ud7ff", "\ue000", "\uffee", "😀", "😀a", "😁", "a😀",
          "a\uffee");

  @Test
  void theOrderIsThatOfTheUtf8Bytes() {
    for (String a : KEYS) {
      for (String b : KEYS) {
        int bytes =
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(KeyOrder.UTF_8.compare(a, b)))
            .as("%s, %s", a, b)
            .isEqualTo(Integer.signum(bytes));
      }
    }
  }
}
