package dev.decant.yaml;

import dev.decant.error.ErrorCode;

/** The kinds of files that people write for decant, and the words for them in messages. */
public enum FileKind {
  POLICY("policy", ErrorCode.POLICY_INVALID, "tables", "Name a mask under masks."),
  TARGETS(
      "targets file", ErrorCode.TARGETS_INVALID, "targets", "Write the values without aliases."),
  PROJECT("project file", ErrorCode.SETTING_INVALID, "store", "Write the values without aliases.");

  private final String words;
  private final ErrorCode invalid;
  private final String content;
  private final String plain;

  FileKind(String words, ErrorCode invalid, String content, String plain) {
    this.words = words;
    this.invalid = invalid;
    this.content = content;
    this.plain = plain;
  }

  /** The name of the kind in messages. */
  public String words() {
    return words;
  }

  /** The error code of a file that has problems. */
  ErrorCode invalid() {
    return invalid;
  }

  /** The main key of such a file. */
  String content() {
    return content;
  }

  /** The remedy if a file has too many aliases. */
  String plain() {
    return plain;
  }
}
