package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.Prf;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words that masks write, one a line in a resource of this package; its texts come from datafaker
 * (see NOTICE). Loaded once and immutable, for any number of threads.
 */
final class Dictionary {
  /** The languages that have dictionaries of names and places. */
  static final List<String> LANGUAGES = List.of("de", "en");

  private static final ConcurrentHashMap<String, Dictionary> LOADED = new ConcurrentHashMap<>();

  private final byte[] bytes;
  private final int[] starts;

  private Dictionary(byte[] bytes) {
    this.bytes = bytes;
    int lines = 0;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    starts = new int[lines + 1];
    int line = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        starts[++line] = i + 1;
      }
    }
  }

  /** A dictionary of a language; one that has none gets the English one. */
  static Dictionary of(String name, Locale locale) {
    String language = locale.getLanguage();
    return load((LANGUAGES.contains(language) ? language : "en") + "/" + name);
  }

  /** A dictionary of no language. */
  static Dictionary of(String name) {
    return load(name);
  }

  private static Dictionary load(String path) {
    return LOADED.computeIfAbsent(path, Dictionary::read);
  }

  private static Dictionary read(String path) {
    try (InputStream in = Dictionary.class.getResourceAsStream(path + ".txt")) {
      if (in == null) {
        throw new DecantException(
            ErrorCode.BUG, "the dictionary " + path + " is not in the jar: build it anew");
      }
      return new Dictionary(in.readAllBytes());
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.BUG, "the dictionary " + path + " cannot be read: build the jar anew", e);
    }
  }

  int size() {
    return starts.length - 1;
  }

  int length(int index) {
    return starts[index + 1] - 1 - starts[index];
  }

  /** Appends the word that these pseudo-random bits choose. */
  void pick(long bits, Bytes out) {
    append(Prf.choose(bits, size()), out);
  }

  void append(int index, Bytes out) {
    out.append(bytes, starts[index], starts[index + 1] - 1);
  }

  /** Appends the first {@code characters} of a word; for words of ASCII. */
  void append(int index, int characters, Bytes out) {
    out.append(bytes, starts[index], starts[index] + characters);
  }
}
