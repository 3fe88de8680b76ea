package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The options of a COPY statement, in the forms of all versions of PostgreSQL: {@code WITH (FORMAT
 * csv, HEADER)}, {@code WITH DELIMITER AS '|' NULL ''}, {@code CSV HEADER}, {@code USING DELIMITERS
 * ','} ("COPY" in PostgreSQL's manual).
 */
final class CopyOptions {
  /** The bytes that cannot be a delimiter of the text format. */
  private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789\r\n";

  private final StatementTokens tokens;
  private final boolean backslashEscapes;
  private final Encoding encoding;

  private boolean given;
  private boolean csv;
  private boolean header;
  private @Nullable String delimiter;
  private @Nullable String nullText;
  private @Nullable String quote;
  private @Nullable String escape;

  private CopyOptions(StatementTokens tokens, DumpSession session) {
    this.tokens = tokens;
    this.backslashEscapes = session.backslashEscapes();
    this.encoding = session.encoding();
  }

  /** Reads the options after {@code FROM stdin}. Returns null if decant does not support them. */
  static @Nullable CopyOptions parse(StatementTokens tokens, DumpSession session) {
    CopyOptions options = new CopyOptions(tokens, session);
    options.given = !tokens.atEnd();
    boolean using = tokens.accept("using");
    if (tokens.accept("delimiters")) {
      options.delimiter = options.constant();
    } else if (using) {
      return null;
    }
    tokens.accept("with");
    boolean known = tokens.acceptSymbol('(') ? options.list() : options.words();
    return known && tokens.atEnd() && options.valid() ? options : null;
  }

  /** Whether the statement has options. */
  boolean given() {
    return given;
  }

  boolean csv() {
    return csv;
  }

  /** Whether the first line has the names of the columns. */
  boolean header() {
    return header;
  }

  byte delimiter() {
    return one(delimiter, csv ? "," : "\t");
  }

  /** The text of NULL. */
  byte[] nullText() {
    return (nullText != null ? nullText : csv ? "" : "\\N").getBytes(UTF_8);
  }

  byte quote() {
    return one(quote, "\"");
  }

  byte escape() {
    return one(escape, quote == null ? "\"" : quote);
  }

  /** Whether the rows have the format of pg_dump. */
  boolean isDefault() {
    return !csv
        && !header
        && delimiter() == '\t'
        && Arrays.equals(nullText(), new byte[] {'\\', 'N'});
  }

  private static byte one(@Nullable String given, String otherwise) {
    return (given == null ? otherwise : given).getBytes(UTF_8)[0];
  }

  /** {@code (FORMAT csv, DELIMITER ';')} after the parenthesis. */
  private boolean list() {
    do {
      String name = tokens.identifier();
      if (name == null || !option(name)) {
        return false;
      }
    } while (tokens.acceptSymbol(','));
    return tokens.acceptSymbol(')');
  }

  private boolean option(String name) {
    return switch (name) {
      case "format" -> format(value());
      case "freeze" -> truth() != null;
      case "header" -> {
        Boolean given = truth();
        header = Boolean.TRUE.equals(given);
        yield given != null;
      }
      case "delimiter", "null", "quote", "escape", "encoding" -> text(name);
      default -> false;
    };
  }

  /** {@code CSV HEADER DELIMITER AS ';'}, the form before version 9.0. */
  private boolean words() {
    while (!tokens.atEnd()) {
      String name = tokens.identifier();
      if (name == null) {
        return false;
      }
      tokens.accept("as");
      boolean known =
          switch (name) {
            case "csv" -> format("csv");
            case "header" -> {
              header = true;
              yield true;
            }
            case "freeze" -> true;
            case "delimiter", "null", "quote", "escape", "encoding" -> text(name);
            default -> false;
          };
      if (!known) {
        return false;
      }
    }
    return true;
  }

  private boolean format(@Nullable String name) {
    csv = "csv".equals(name);
    return csv || "text".equals(name);
  }

  private boolean text(String name) {
    String value = constant();
    switch (name) {
      case "delimiter" -> delimiter = value;
      case "null" -> nullText = value;
      case "quote" -> quote = value;
      case "escape" -> escape = value;
      default -> {
        return value != null && encoding.equals(Encoding.of(value));
      }
    }
    return value != null;
  }

  /** The value of an option: a word or a string. */
  private @Nullable String value() {
    String word = tokens.identifier();
    return word != null ? word : constant();
  }

  /** The value of a boolean option, which may be left out. Returns null for any other value. */
  private @Nullable Boolean truth() {
    if (tokens.isSymbol(tokens.at(), ',') || tokens.isSymbol(tokens.at(), ')')) {
      return true;
    }
    if (tokens.kind(tokens.at()) == SqlLexer.NUMBER) {
      String number = tokens.source(tokens.at());
      tokens.at(tokens.at() + 1);
      return number.equals("1") ? Boolean.TRUE : number.equals("0") ? Boolean.FALSE : null;
    }
    String word = String.valueOf(value());
    return switch (word) {
      case "true", "on" -> Boolean.TRUE;
      case "false", "off" -> Boolean.FALSE;
      default -> null;
    };
  }

  private @Nullable String constant() {
    String value = tokens.constant(tokens.at(), backslashEscapes);
    if (value != null) {
      tokens.at(tokens.at() + 1);
    }
    return value;
  }

  private boolean valid() {
    for (String single : new String[] {delimiter, quote, escape}) {
      if (single != null && (single.length() != 1 || single.charAt(0) > 0x7e)) {
        return false;
      }
    }
    boolean lines = nullText != null && (nullText.contains("\n") || nullText.contains("\r"));
    if (lines || (!csv && (quote != null || escape != null))) {
      return false;
    }
    String separator = delimiter == null ? "" : delimiter;
    return separator.isEmpty() || !(csv ? "\r\n" : NO_DELIMITERS).contains(separator);
  }
}
