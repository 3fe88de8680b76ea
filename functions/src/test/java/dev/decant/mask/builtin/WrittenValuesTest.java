package dev.decant.mask.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.WrittenValues;
import dev.decant.schema.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask says that it writes is what it writes. */
final class WrittenValuesTest {
  private static final List<Column> COLUMNS =
      IntStream.of(6, 9, 15, 200)
          .mapToObj(MaskProbe::varchar)
          .flatMap(column -> Stream.of(column, MaskProbe.inBytes(column)))
          .toList();

  private static boolean has(WrittenValues written, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return written.has(bytes, 0, bytes.length);
  }

  private static WrittenValues written(MaskSpec spec, Column column) {
    return MaskProbe.MASKS
        .factory(spec.name())
        .flatMap(f -> f.written(spec, column, Locale.ENGLISH))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-name",
        "last-name",
        "full-name",
        "job",
        "city",
        "street",
        "company",
        "address",
        "pick"
      })
  void containWhatTheMaskWritesAndNothingElse(String mask) {
    for (String locale : List.of("de", "en")) {
      MaskSpec spec =
          mask.equals("pick")
              ? MaskProbe.spec("pick", "values", List.of("gold", "silver"))
              : MaskProbe.spec(mask, "locale", locale);
      for (Column column : COLUMNS) {
        WrittenValues written = written(spec, column);
        MaskProbe probe = MaskProbe.of(spec, column);
        for (int i = 0; i < 500; i++) {
          String text = probe.mask("raw" + i);
          assertThat(has(written, text))
              .describedAs("%s in %s", text, column.type().name())
              .isTrue();
        }
        assertThat(has(written, "Zaphod")).isFalse();
        assertThat(has(written, "Xyzzy Q")).isFalse();
      }
    }
  }
}
