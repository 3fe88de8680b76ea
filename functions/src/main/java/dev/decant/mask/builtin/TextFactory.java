package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.Column;
import java.util.Arrays;

/**
 * {@code text}: words of a dictionary. Each line keeps its number of characters, and line breaks
 * stay in their places.
 */
final class TextFactory extends BuiltInFactory {
  /** Without more attempts, a text of one letter would often become that letter again. */
  private static final int MOST_ATTEMPTS = 8;

  TextFactory() {
    super(
        MaskTraits.of(
                "text",
                "Writes words of a dictionary; each line keeps its number of characters.",
                TEXT)
            .tracing(Tracing.LONG_TEXTS));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new WordsMask(column, kit.prf(spec.effectiveRealm()), Dictionary.of("words"));
  }

  private static final class WordsMask extends TextMask {
    private final Prf prf;
    private final Dictionary words;

    WordsMask(Column column, Prf prf, Dictionary words) {
      super(column);
      this.prf = prf;
      this.words = words;
    }

    @Override
    void write(byte[] value, int from, int to, RowView row, Bytes out) {
      int start = out.length();
      for (long attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        out.length(start);
        write(prf.hash(attempt, value, from, to), value, from, to, out);
        if (!Arrays.equals(out.array(), start, out.length(), value, from, to)) {
          return;
        }
      }
    }

    private void write(long seed, byte[] value, int from, int to, Bytes out) {
      long used = 0;
      int i = from;
      while (i < to) {
        int end = i;
        int characters = 0;
        while (end < to && value[end] != '\n' && value[end] != '\r') {
          end += value[end] >= 0 ? 1 : Utf8.length(Utf8.decode(value, end, to));
          characters++;
        }
        used = line(seed, used, characters, out);
        if (end < to) {
          out.append(value[end++]);
        }
        i = end;
      }
    }

    /** Appends a line of so many characters that ends with a letter or a full stop. */
    private long line(long seed, long used, int characters, Bytes out) {
      long next = used;
      int left = characters;
      while (left > 0) {
        int word = Prf.choose(prf.hash(seed, next++), words.size());
        int length = Math.min(words.length(word), left);
        words.append(word, length, out);
        left -= length;
        if (left > 0) {
          out.append((byte) (left == 1 ? '.' : ' '));
          left--;
        }
      }
      return next;
    }
  }
}
