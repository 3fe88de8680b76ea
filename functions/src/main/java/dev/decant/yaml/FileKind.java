package dev.decant.yaml;

import dev.decant.error.ErrorCode;

/** The files that people write for decant, and how messages speak of them. */
public enum FileKind {
  POLICY("policy", ErrorCode.POLICY_INVALID, "tables", "name a mask in masks instead"),
  TARGETS("targets file", ErrorCode.TARGETS_INVALID, "targets", "write it out instead"),
  PROJECT("project file", ErrorCode.SETTING_INVALID, "store", "write it out instead");

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

  /** What it is called. */
  public String words() {
    return words;
  }

  /** The error of a file that has problems. */
  ErrorCode invalid() {
    return invalid;
  }

  /** The key that such a file is about. */
  String content() {
    return content;
  }

  /** What to do where aliases multiply. */
  String plain() {
    return plain;
  }
}
