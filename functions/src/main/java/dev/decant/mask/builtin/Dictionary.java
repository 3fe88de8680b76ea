package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.cipher.Prf;
import dev.decant.resource.PackagedFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words that masks write. A resource of this package holds one word a line; its texts come from
 * datafaker (see NOTICE). A dictionary is loaded once and is immutable, so any number of threads
 * may use it.
 */
final class Dictionary {
  /** The languages that have dictionaries of names and places. */
  static final List<String> LANGUAGES = List.of("de", "en");

  private static final ConcurrentHashMap<String, Dictionary> LOADED = new ConcurrentHashMap<>();

  private final byte[] bytes;
  private final int[] starts;

  /** The numbers of the words from 1 on, by their hashes; 0 if there is none. */
  private final int[] table;

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
    table = new int[Integer.highestOneBit(lines + 1) * 4];
    for (int word = 0; word < lines; word++) {
      int slot = slot(bytes, starts[word], starts[word + 1] - 1);
      while (table[slot] > 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = word + 1;
    }
  }

  /** The dictionary of a language, or the English one if the language has none. */
  static Dictionary of(String name, Locale locale) {
    String language = locale.getLanguage();
    return load((LANGUAGES.contains(language) ? language : "en") + "/" + name);
  }

  /** A dictionary that does not depend on a language. */
  static Dictionary of(String name) {
    return load(name);
  }

  private static Dictionary load(String path) {
    return LOADED.computeIfAbsent(path, Dictionary::read);
  }

  private static Dictionary read(String path) {
    return new Dictionary(PackagedFile.bytes(Dictionary.class, path + ".txt"));
  }

  /** Whether this is a word of the dictionary. */
  boolean has(byte[] value, int from, int to) {
    for (int slot = slot(value, from, to); table[slot] > 0; slot = slot + 1 & table.length - 1) {
      int word = table[slot] - 1;
      if (Arrays.equals(bytes, starts[word], starts[word + 1] - 1, value, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word begins like this. */
  boolean hasBeginning(byte[] value, int from, int to) {
    for (int word = 0; word < size(); word++) {
      int end = starts[word] + to - from;
      if (end < starts[word + 1] && Arrays.equals(bytes, starts[word], end, value, from, to)) {
        return true;
      }
    }
    return false;
  }

  private int slot(byte[] value, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + value[i];
    }
    return (hash ^ hash >>> 15) & table.length - 1;
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

  /** Appends the first {@code characters} of a word, which must be ASCII. */
  void append(int index, int characters, Bytes out) {
    out.append(bytes, starts[index], starts[index] + characters);
  }
}
