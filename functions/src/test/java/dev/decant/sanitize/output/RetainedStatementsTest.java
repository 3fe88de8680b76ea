package dev.decant.sanitize.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class RetainedStatementsTest {
  private static Statement statement(StatementKind kind, int size) {
    return new Statement(7, kind, "x".repeat(size).getBytes(UTF_8), "x", new byte[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = StatementKind.class,
      mode = Mode.INCLUDE,
      names = {
        "LARGE_OBJECT_CREATE",
        "LARGE_OBJECT_DATA",
        "LARGE_OBJECT_COMMENT",
        "TRANSACTION",
        "OWNER",
        "PRIVILEGE",
        "COMMENT_DROPPED",
        "RESTORE_STATISTICS",
        "CLEAN"
      })
  void whatNobodyNeedsLaterTakesNoMemory(StatementKind kind) {
    RetainedStatements held = new RetainedStatements(1000);
    for (int i = 0; i < 100; i++) {
      held.add(statement(kind, 500));
    }
    assertThat(held.list()).isEmpty();
  }

  @Test
  void whatIsNeededLaterIsHeldUpToALimit() {
    RetainedStatements held = new RetainedStatements(1000);
    held.add(statement(StatementKind.COMMENT, 500));
    assertThatThrownBy(() -> held.add(statement(StatementKind.TABLE, 500)))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED);
              assertThat(e)
                  .hasMessageStartingWith("Line 7 of the dump: The statements of the dump");
            });
    assertThat(held.list()).hasSize(1);
  }
}
