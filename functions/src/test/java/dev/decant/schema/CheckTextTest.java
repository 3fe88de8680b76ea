package dev.decant.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads definitions in the form of pg_get_constraintdef. */
final class CheckTextTest {
  @Test
  void listsOfTextsAreRead() {
    assertThat(CheckText.allowed("CHECK ((g = ANY (ARRAY['m'::bpchar, 'f'::bpchar])))"))
        .containsExactly("m", "f");
    assertThat(
            CheckText.allowed(
                "CHECK (((s)::text = ANY ((ARRAY['it''s'::character varying, 'a~b'::character"
                    + " varying])::text[])))"))
        .containsExactly("it's", "a~b");
    assertThat(CheckText.allowed("CHECK (((g = 'm'::bpchar) OR (g = 'f'::bpchar)))"))
        .containsExactly("m", "f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHECK ((g <> 'm'::text))",
        "CHECK ((g ~ '^[a-z]+$'::text))",
        "CHECK (((g = 'm'::text) AND (h = 'x'::text)))",
        "CHECK ((NOT (g = 'm'::text)))",
        "CHECK ((g > 'm'::text))",
        "CHECK ((char_length(g) = 2))"
      })
  void otherFormsTellNothing(String definition) {
    assertThat(CheckText.allowed(definition)).isEmpty();
  }

  @Test
  void boundsOfTheLengthAreRead() {
    assertThat(CheckText.longest("CHECK ((char_length(code) <= 2))")).isEqualTo(2);
    assertThat(CheckText.longest("CHECK ((length((code)::text) < 4))")).isEqualTo(3);
    assertThat(CheckText.longest("CHECK ((length(code) = 3))")).isEqualTo(3);
    assertThat(CheckText.longest("CHECK ((length(code) >= 3))")).isEqualTo(-1);
    assertThat(CheckText.longest("CHECK (((length(a) < 3) OR (a ~ 'x'::text)))")).isEqualTo(-1);
  }

  @Test
  void aListOfThousandsNeedsNoDeepStack() {
    String list =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "'" + i + "''x'::text")
            .collect(Collectors.joining(", "));
    assertThat(CheckText.allowed("CHECK ((a = ANY (ARRAY[" + list + "])))")).hasSize(50_000);
  }
}
