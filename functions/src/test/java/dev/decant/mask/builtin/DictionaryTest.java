package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DictionaryTest {
  @Test
  void theCommittedFilesAreWhatTheGeneratorMakes() throws IOException {
    for (Map.Entry<String, String> file : DictionaryGenerator.files().entrySet()) {
      try (InputStream in = Dictionary.class.getResourceAsStream(file.getKey() + ".txt")) {
        assertThat(in).as(file.getKey()).isNotNull();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .as(file.getKey())
            .isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void wordsOfTextsAreAscii() {
    Dictionary words = Dictionary.of("words");
    for (int i = 0; i < words.size(); i++) {
      Bytes word = new Bytes(16);
      words.append(i, word);
      assertThat(new String(word.array(), 0, word.length(), StandardCharsets.UTF_8))
          .matches("[a-z]+");
      assertThat(words.length(i)).isEqualTo(word.length());
    }
  }

  @Test
  void aLanguageWithoutDictionariesGetsTheEnglishOnes() {
    assertThat(Dictionary.of("cities", Locale.FRENCH))
        .isSameAs(Dictionary.of("cities", Locale.ENGLISH));
    assertThat(Dictionary.of("cities", Locale.GERMANY))
        .isNotSameAs(Dictionary.of("cities", Locale.ENGLISH));
  }
}
