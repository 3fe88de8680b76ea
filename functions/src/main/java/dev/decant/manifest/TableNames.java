package dev.decant.manifest;

import dev.decant.schema.TableName;

/** Parses the text that {@link TableName#toString()} writes. */
final class TableNames {
  private final String text;
  private int at;

  private TableNames(String text) {
    this.text = text;
  }

  /**
   * Parses {@code schema.name}, in which each part may be in double quotes.
   *
   * @throws IllegalArgumentException for any other text
   */
  static TableName parse(String text) {
    TableNames names = new TableNames(text);
    String schema = names.identifier();
    if (names.at >= text.length() || text.charAt(names.at++) != '.') {
      throw new IllegalArgumentException("no schema");
    }
    String name = names.identifier();
    if (names.at != text.length()) {
      throw new IllegalArgumentException("more than a table's name");
    }
    return new TableName(schema, name);
  }

  private String identifier() {
    String identifier = at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
    if (identifier.isEmpty()) {
      throw new IllegalArgumentException("an empty identifier");
    }
    return identifier;
  }

  private String bare() {
    int dot = text.indexOf('.', at);
    int end = dot < 0 ? text.length() : dot;
    String identifier = text.substring(at, end);
    if (identifier.indexOf('"') >= 0) {
      throw new IllegalArgumentException("a quote within an identifier");
    }
    at = end;
    return identifier;
  }

  private String quoted() {
    StringBuilder identifier = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("no closing quote");
      }
      identifier.append(text, at, quote);
      at = quote + 1;
      if (at >= text.length() || text.charAt(at) != '"') {
        return identifier.toString();
      }
      identifier.append('"');
      at++;
    }
  }
}
