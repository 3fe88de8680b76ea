package dev.decant.sanitize;

import static dev.decant.sanitize.SearchedTable.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.SpooledFrame;
import dev.decant.sanitize.leak.LeakMessages;
import dev.decant.sanitize.leak.WrittenColumn;
import dev.decant.schema.TableName;
import dev.decant.trace.Leak;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames are replaced or added while the search runs in the background. */
final class ReplacedFramesTest {
  private static final String RAW = "max.muster@example.com";
  private static final Set<TableName> NONE = Set.of();
  private static final Set<TableName> CHANGED = Set.of(USERS);

  @TempDir Path folder = Path.of("");

  private SearchedTable table(String mask, String... rows) {
    return new SearchedTable(folder, mask, RAW, rows);
  }

  /** The result is the same whether the background searched the old rows or not. */
  @Test
  void aTableThatIsReadBackIsSearchedInItsNewForm() {
    for (Set<TableName> changing : List.of(NONE, CHANGED)) {
      try (SearchedTable table = table("email", "a@b.example\n", "c@d.example\n")) {
        List<Leak> leaks =
            table.leaks(
                changing,
                () -> table.frames.replaceRows(USERS, List.of(table.rows(("x\n" + RAW + "\n")))),
                CHANGED);
        assertThat(leaks).extracting(Leak::rows).containsExactly(1);
      }
    }
  }

  /** There are more of them than are counted, so they must not take the place of others. */
  @Test
  void valuesInReplacedRowsDoNotCount() {
    String many = (RAW + "\n").repeat(Leak.MOST * 17);
    try (SearchedTable table = table("email", many)) {
      List<Leak> leaks =
          table.leaks(
              NONE,
              () -> table.frames.replaceRows(USERS, List.of(table.rows("x\ny " + RAW + "\n"))),
              CHANGED);
      assertThat(leaks).extracting(Leak::rows).containsExactly(1);
    }
    try (SearchedTable table = table("email", many)) {
      Runnable replace = () -> table.frames.replaceRows(USERS, List.of(table.rows("x\n")));
      assertThat(table.leaks(NONE, replace, CHANGED)).isEmpty();
    }
  }

  @Test
  void wordsInReplacedRowsAreNotCheckedAgainstTheDictionary() {
    try (SearchedTable table = table("first-name", "no name\n".repeat(3))) {
      assertThat(
              table.leaks(
                  NONE,
                  () -> table.frames.replaceRows(USERS, List.of(table.rows("by a step\n"))),
                  CHANGED))
          .isEmpty();
      LeakMessages.requireWritten(table.places.written());
      assertThat(table.places.written()).extracting(WrittenColumn::values).containsExactly(1L);
    }
  }

  @Test
  void eachFrameIsSearchedOnce() {
    try (SearchedTable table = table("first-name", "Greta\nGreta\n", "Greta\n")) {
      assertThat(table.leaks()).isEmpty();
      assertThat(table.places.written()).extracting(WrittenColumn::values).containsExactly(3L);
    }
  }

  @Test
  void statementsThatAreWrittenDuringTheSearchAreSearched() {
    try (SearchedTable table = table("email", "x\n")) {
      List<Leak> leaks =
          table.leaks(
              NONE, () -> table.tail("COMMENT ON TABLE public.users IS '" + RAW + "';\n"), NONE);
      assertThat(leaks).extracting(Leak::rows).containsExactly(1);
    }
  }

  private static void damage(SearchedTable table) {
    SpooledFrame good = table.rows("y\n");
    table.frames.replaceRows(
        USERS,
        List.of(
            new SpooledFrame(
                good.kind(),
                good.table(),
                good.rows(),
                good.offset() + 10,
                good.length(),
                good.textLength(),
                good.sha256(),
                null)));
  }

  @Test
  void aFailureOfTheBackgroundEndsTheSearch() {
    try (SearchedTable table = table("email", "x\n")) {
      damage(table);
      assertThatThrownBy(
              () -> table.leaks(NONE, () -> table.frames.replaceRows(USERS, List.of()), NONE))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUG))
          .hasMessageContaining("decant-trace");
    }
  }

  /** The threads that a failure interrupts close the spool, so that whoever uses it fails, too. */
  @Test
  void aFailureOfTheBackgroundComesBeforeItsConsequences() {
    DecantException later = new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
    try (SearchedTable table = table("email", "x\n")) {
      damage(table);
      assertThat(table.failure(later)).hasMessageContaining("decant-trace");
    }
  }
}
