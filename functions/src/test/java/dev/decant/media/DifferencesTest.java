package dev.decant.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DifferencesTest {
  private static Iterator<MediaObject> keys(String... keys) {
    return Stream.of(keys).map(key -> new MediaObject(key, 1, key)).toList().iterator();
  }

  private static List<String> differences(Iterator<MediaObject> a, Iterator<MediaObject> b) {
    List<String> shown = new ArrayList<>();
    new Differences(a, b)
        .forEachRemaining(
            difference ->
                shown.add(
                    switch (difference) {
                      case Difference.Missing missing -> "+" + missing.source().key();
                      case Difference.Both both -> "=" + both.destination().key();
                      case Difference.Extra extra -> "-" + extra.destination().key();
                    }));
    return shown;
  }

  @Test
  void everyKeyIsToldOnce() {
    assertThat(differences(keys("a", "c", "d", "f"), keys("b", "c", "e", "f", "g")))
        .containsExactly("+a", "-b", "=c", "+d", "-e", "=f", "-g");
  }

  @Test
  void eitherSideMayBeEmpty() {
    assertThat(differences(keys(), keys())).isEmpty();
    assertThat(differences(keys("a"), keys())).containsExactly("+a");
    assertThat(differences(keys(), keys("a"))).containsExactly("-a");
  }

  @Test
  void charactersBeyondTheFirstPlaneAreMetInS3sOrder() {
    assertThat(differences(keys("\uffee", "😀"), keys("😀"))).containsExactly("+\uffee", "=😀");
  }
}
