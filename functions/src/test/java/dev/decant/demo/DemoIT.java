package dev.decant.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.refresh.RefreshResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {
  private static final int BYTES = 200_000;

  @TempDir Path folder;
  private final List<String> messages = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void message(String text) {
          messages.add(text);
        }
      };

  @Test
  void allStepsSucceedAndASecondRunStartsAnew() throws IOException {
    Path demo = folder.resolve("demo");
    Demo.Story first = Demo.run(demo, BYTES, progress);

    assertThat(first.result().rowsOut()).isPositive().isLessThan(first.result().rowsIn());
    assertThat(first.refresh()).isInstanceOf(RefreshResult.Refreshed.class);
    assertThat(first.rollback()).isInstanceOf(RefreshResult.RolledBack.class);
    assertThat(first.pull().totalRows()).isEqualTo(first.result().rowsOut());
    assertThat(first.rows())
        .anySatisfy(
            field -> {
              assertThat(field.column()).isEqualTo("full_name");
              assertThat(field.after()).isNotEqualTo(field.before());
            });
    assertThat(first.paths().raw()).isRegularFile();
    assertThat(first.paths().targets()).isRegularFile();

    Files.writeString(first.paths().policy(), "\n", java.nio.file.StandardOpenOption.APPEND);
    Demo.Story second = Demo.run(demo, BYTES, progress);

    assertThat(messages).anySatisfy(line -> assertThat(line).contains("policy.yaml was edited"));
    assertThat(second.result().name()).isNotEqualTo(first.result().name());
    assertThat(first.paths().raw()).doesNotExist();
  }

  @Test
  void aFolderWithFilesOfOthersIsNotTouched() throws IOException {
    Files.writeString(folder.resolve("theirs"), "text");
    assertThatThrownBy(() -> Demo.run(folder, BYTES, Progress.NONE))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContaining("--dir");
    assertThat(folder.toFile().list()).containsExactly("theirs");
  }
}
