package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.sanitize.leak.LeakMessages;
import dev.decant.sanitize.leak.TracePlaces;
import dev.decant.sanitize.leak.WrittenColumn;
import dev.decant.trace.Leak;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the snapshot do not come from the rule that the policy has for their column. */
final class SwappedRuleTest {
  @TempDir Path folder = Path.of("");

  private TracePlaces search(String mask, String value, List<Leak> leaks) {
    try (SearchedTable table = new SearchedTable(folder, mask, value, (value + "\n").repeat(40))) {
      leaks.addAll(table.leaks());
      return table.places;
    }
  }

  @Test
  void aDictionaryMaskThatDidNotRunIsFound() {
    for (String mask : List.of("first-name", "last-name", "full-name", "city", "street")) {
      TracePlaces places = search(mask, "Jürgen von der Heide", new ArrayList<>());
      assertThatThrownBy(() -> LeakMessages.requireWritten(places.written()))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining(
              "column public.users.c: 40 of 40 values are none that the mask " + mask)
          .hasMessageNotContaining("Heide");
    }
  }

  @Test
  void aWordOfTheDictionaryIsNoLeak() {
    List<Leak> leaks = new ArrayList<>();
    TracePlaces places = search("full-name", "Greta Holz", leaks);
    assertThatCode(() -> LeakMessages.requireWritten(places.written())).doesNotThrowAnyException();
    assertThat(places.written()).extracting(WrittenColumn::values).containsExactly(40L);
    assertThat(leaks).isEmpty();
  }

  @Test
  void anotherMaskThatDidNotRunIsFoundInTheRowsThatAreSearched() {
    List<Leak> leaks = new ArrayList<>();
    search("email", "max.muster@example.com", leaks);
    assertThat(leaks).singleElement().extracting(Leak::rows).isEqualTo(3);
  }
}
