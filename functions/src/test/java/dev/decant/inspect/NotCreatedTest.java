package dev.decant.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NotCreatedTest {
  private static NotCreated of(long line, String object, String reason) {
    return new NotCreated(line, object, reason, null, false);
  }

  @Test
  void objectsWithTheSameReasonShareALine() {
    List<NotCreated> all =
        List.of(
            of(1, "a", "No extension."),
            of(2, "x", "No type."),
            of(3, "b", "No extension."),
            of(4, "c", "No extension."),
            of(5, "d", "No extension."),
            of(6, "y", "No right."),
            of(7, "z", "No right."));
    assertThat(NotCreated.lines(all))
        .containsExactly(
            "a, b, c and 1 more: No extension.", "line 2, x: No type.", "y, z: No right.");
    assertThat(NotCreated.lines(List.of())).isEmpty();
  }
}
