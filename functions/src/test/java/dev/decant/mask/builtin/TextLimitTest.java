package dev.decant.mask.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import dev.decant.schema.Column;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextLimitTest {
  @ParameterizedTest
  @ValueSource(strings = {"Anna Öztürk", "Zoë 😀x", "Ä", "ab €uro", "plain text", "x 😀"})
  void aTextIsCutBeforeTheCharacterThatDoesNotFit(String text) {
    for (int max = 1; max <= text.getBytes(UTF_8).length; max++) {
      Column column = MaskProbe.inBytes(MaskProbe.varchar(max));
      TextLimit limit = TextLimit.of(column.type());
      Bytes out = new Bytes(64);
      out.append("before");
      out.append(text.getBytes(UTF_8));
      limit.cut(out, 6);

      String cut = new String(out.array(), 6, out.length() - 6, UTF_8);
      assertThat(text).startsWith(cut);
      assertThat(limit.fits(cut)).as(cut).isTrue();
      String next = text.substring(cut.length()).stripLeading();
      int following = next.isEmpty() ? 0 : next.offsetByCodePoints(0, 1);
      String more = text.substring(0, text.length() - next.length() + following);
      assertThat(cut.equals(text) || !limit.fits(more)).as(cut).isTrue();
      assertThat(cut.equals(text) || limit.mayBeCut(out.array(), 6, out.length())).isTrue();
    }
  }
}
