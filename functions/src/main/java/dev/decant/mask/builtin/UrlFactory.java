package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.Tokens;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code url}: a URL at a host that cannot exist (RFC 6761). The scheme and the suffix of a common
 * kind of file stay. The same user, host and port become the same host. Path, query and fragment
 * together become one word. A text that begins with a slash becomes a path, and any other text that
 * has no scheme becomes a whole URL.
 */
final class UrlFactory extends BuiltInFactory {
  private static final byte[] HTTPS = ascii("https://");
  private static final byte[] INVALID = ascii(".invalid");
  private static final Set<String> SUFFIXES =
      Set.of(
          ("avif bmp css csv doc docx gif htm html ico jpeg jpg js json mp3 mp4 pdf png svg txt"
                  + " webp xls xlsx xml zip")
              .split(" "));
  private static final int LONGEST_SUFFIX = 5;
  private static final int LONGEST_SCHEME = 10;
  private static final int SHORTEST = HTTPS.length + Tokens.LEAST + INVALID.length;
  private static final int WHOLE =
      LONGEST_SCHEME + 3 + Tokens.LEAST + INVALID.length + 1 + Tokens.LEAST;

  UrlFactory() {
    super(
        MaskTraits.of(
                "url",
                "Writes a URL at a host that cannot exist; the scheme stays:"
                    + " `https://firma.de/max.png` →"
                    + " `https://k3vq7m2xhd5pt.invalid/q2mzv7kdx5wth.png`.",
                TEXT)
            .identifying());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return TextLimit.of(column.type()).max() < SHORTEST
        ? "The type " + column.type().name() + " is too short for a URL. Write scramble."
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return TextLimit.of(column.type()).max() >= WHOLE;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new UrlMask(column, kit.prf(spec.effectiveRealm()));
  }

  private static final class UrlMask extends TextMask {
    private static final byte[][] SUFFIX_BYTES =
        SUFFIXES.stream().map(UrlFactory::ascii).toArray(byte[][]::new);

    private final Prf prf;
    private final int max;

    UrlMask(Column column, Prf prf) {
      super(column);
      this.prf = prf;
      max = TextLimit.of(column.type()).max();
    }

    @Override
    void write(byte[] value, int from, int to, RowView row, Bytes out) {
      int start = out.length();
      int host = hostFrom(value, from, to);
      if (host < 0 && value[from] == '/') {
        path(value, from, from, to, start, out);
        return;
      }
      if (host < 0 || host - from + SHORTEST - HTTPS.length > max) {
        out.append(HTTPS);
      } else {
        out.append(value, from, host);
      }
      int authority = Math.max(host, from);
      int end = authorityEnd(value, authority, to);
      // Without another tweak, a host with and without its scheme would become the same URL.
      Tokens.append(prf, host < 0 ? 5 : 1, value, authority, end, Tokens.LEAST, out);
      out.append(INVALID);
      if (host < 0 ? end < to : end < to && !(end == to - 1 && value[end] == '/')) {
        path(value, from, end, to, start, out);
      } else if (end < to && out.length() - start < max) {
        out.append((byte) '/');
      }
    }

    /** Appends a word that depends on the whole text, and a suffix, as far as they fit. */
    private void path(byte[] value, int from, int pathFrom, int to, int start, Bytes out) {
      int word = Math.min(Tokens.LEAST, max - (out.length() - start) - 1);
      if (word <= 0) {
        return;
      }
      out.append((byte) '/');
      Tokens.append(prf, 3, value, from, to, word, out);
      int dot = suffix(value, pathFrom, to);
      if (dot >= 0) {
        int end = dot + 1;
        while (end < to && isLetterOrDigit(value[end])) {
          end++;
        }
        if (out.length() - start + end - dot <= max) {
          out.append(value, dot, end);
        }
      }
    }

    /** The position after {@code scheme://} or {@code //}, or -1 if the text begins otherwise. */
    private static int hostFrom(byte[] value, int from, int to) {
      int i = from;
      while (i < to && i - from < LONGEST_SCHEME && isScheme(value[i], i > from)) {
        i++;
      }
      int slashes = i > from && i < to && value[i] == ':' ? i + 1 : i;
      boolean valid = slashes > i || i == from;
      return valid && slashes + 1 < to && value[slashes] == '/' && value[slashes + 1] == '/'
          ? slashes + 2
          : -1;
    }

    private static boolean isScheme(byte b, boolean later) {
      return (b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || (later && ((b >= '0' && b <= '9') || b == '+' || b == '-' || b == '.'));
    }

    private static int authorityEnd(byte[] value, int from, int to) {
      int i = from;
      while (i < to && value[i] != '/' && value[i] != '?' && value[i] != '#') {
        i++;
      }
      return i;
    }

    /** The position of the dot before a well-known suffix of the path, or -1. */
    private static int suffix(byte[] value, int from, int to) {
      int end = from;
      while (end < to && value[end] != '?' && value[end] != '#') {
        end++;
      }
      int dot = end - 1;
      while (dot > from && end - dot <= LONGEST_SUFFIX && value[dot] != '.') {
        dot--;
      }
      for (byte[] known : SUFFIX_BYTES) {
        if (dot > from
            && value[dot] == '.'
            && Arrays.equals(known, 0, known.length, value, dot + 1, end)) {
          return dot;
        }
      }
      return -1;
    }

    private static boolean isLetterOrDigit(byte b) {
      return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
    }
  }
}
