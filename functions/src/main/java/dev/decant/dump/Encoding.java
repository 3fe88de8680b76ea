package dev.decant.dump;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An encoding of PostgreSQL that a dump may declare. Only the encodings are here whose characters
 * Java decodes as the server does; a test compares all of them. {@code SQL_ASCII} means that the
 * server does not know the encoding: statements must be UTF-8, and the bytes of rows stay as they
 * are.
 *
 * @param name as PostgreSQL writes it
 */
record Encoding(String name, Charset charset) {
  static final Encoding UTF8 = new Encoding("UTF8", StandardCharsets.UTF_8);
  static final Encoding SQL_ASCII = new Encoding("SQL_ASCII", StandardCharsets.UTF_8);

  /** Gives each byte a character, so that no byte is invalid. */
  static final Encoding BYTES = new Encoding("bytes", StandardCharsets.ISO_8859_1);

  /** The names of PostgreSQL, with their aliases, and the names of Java. */
  private static final String[][] NAMES = {
    {"LATIN1 ISO88591", "ISO-8859-1"},
    {"LATIN2 ISO88592", "ISO-8859-2"},
    {"LATIN3 ISO88593", "ISO-8859-3"},
    {"LATIN4 ISO88594", "ISO-8859-4"},
    {"LATIN5 ISO88599", "ISO-8859-9"},
    {"LATIN7 ISO885913", "ISO-8859-13"},
    {"LATIN9 ISO885915", "ISO-8859-15"},
    {"LATIN10 ISO885916", "ISO-8859-16"},
    {"ISO_8859_5", "ISO-8859-5"},
    {"ISO_8859_6", "ISO-8859-6"},
    {"ISO_8859_7", "ISO-8859-7"},
    {"ISO_8859_8", "ISO-8859-8"},
    {"WIN1250 WINDOWS1250", "windows-1250"},
    {"WIN1251 WINDOWS1251 WIN", "windows-1251"},
    {"WIN1252 WINDOWS1252", "windows-1252"},
    {"WIN1253 WINDOWS1253", "windows-1253"},
    {"WIN1254 WINDOWS1254", "windows-1254"},
    {"WIN1255 WINDOWS1255", "windows-1255"},
    {"WIN1256 WINDOWS1256", "windows-1256"},
    {"WIN1257 WINDOWS1257", "windows-1257"},
    {"WIN1258 WINDOWS1258 ABC TCVN TCVN5712 VSCII", "windows-1258"},
    {"WIN866 WINDOWS866 ALT", "IBM866"},
    {"WIN874 WINDOWS874", "x-windows-874"},
    {"KOI8R KOI8", "KOI8-R"},
    {"KOI8U", "KOI8-U"},
    {"EUC_JP", "x-eucJP-Open"},
    {"EUC_KR", "EUC-KR"},
    {"EUC_CN", "GB2312"},
    {"EUC_TW", "x-EUC-TW"},
    {"SJIS SHIFTJIS MSKANJI WIN932 WINDOWS932", "windows-31j"},
    {"GBK WIN936 WINDOWS936", "x-mswin-936"},
    {"UHC WIN949 WINDOWS949", "x-windows-949"},
    {"JOHAB", "x-Johab"},
  };

  private static final Map<String, Encoding> ALL = new HashMap<>();

  static {
    for (String[] names : NAMES) {
      String[] aliases = names[0].split(" ", -1);
      for (String alias : aliases) {
        ALL.put(simple(alias), new Encoding(aliases[0], Charset.forName(names[1])));
      }
    }
    ALL.put("utf8", UTF8);
    ALL.put("unicode", UTF8);
    ALL.put("sqlascii", SQL_ASCII);
  }

  /** Returns null for an encoding that is unknown or that Java decodes in another way. */
  static @Nullable Encoding of(String given) {
    return ALL.get(simple(given));
  }

  /** The server ignores case and everything but letters and digits. */
  private static String simple(String given) {
    return given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The names of all encodings, for a test. */
  static Iterable<Encoding> all() {
    return Map.copyOf(ALL).values();
  }

  /** The character of the server for one that Java decodes from the same bytes. */
  char asServer(char decoded) {
    if (!name.equals("EUC_JP")) {
      return decoded;
    }
    return switch (decoded) {
      case '\u00a2' -> '\uffe0';
      case '\u00a3' -> '\uffe1';
      case '\u00a6' -> '\uffe4';
      case '\u00ac' -> '\uffe2';
      case '\u2014' -> '\u2015';
      case '\u2016' -> '\u2225';
      case '\u2212' -> '\uff0d';
      case '\u301c' -> '\uff5e';
      default -> decoded;
    };
  }
}
