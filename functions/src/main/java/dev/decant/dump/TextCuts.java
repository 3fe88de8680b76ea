package dev.decant.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Copies the text of a statement without some tokens. Changes are made from front to back. */
final class TextCuts {
  private final byte[] text;
  private final StatementTokens tokens;
  private final ByteArrayOutputStream out;
  private int copied;

  TextCuts(byte[] text, StatementTokens tokens) {
    this.text = text;
    this.tokens = tokens;
    this.out = new ByteArrayOutputStream(text.length + 16);
  }

  /** Whether the text may have comments. */
  static boolean mayHaveComments(byte[] text) {
    for (int i = 1; i < text.length; i++) {
      if ((text[i] == '-' && text[i - 1] == '-') || (text[i] == '*' && text[i - 1] == '/')) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text of a statement with a blank, or a line end, in place of each comment between its
   * tokens.
   */
  static byte[] withoutComments(byte[] text, StatementTokens tokens) {
    TextCuts cuts = new TextCuts(text, tokens);
    for (int i = 1; i < tokens.count(); i++) {
      cuts.cutComment(tokens.end(i - 1), tokens.start(i));
    }
    return cuts.result();
  }

  private void cutComment(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '-' || text[i] == '/') {
        copyTo(from);
        copied = to;
        while (copied > from && (text[copied - 1] == ' ' || text[copied - 1] == '\t')) {
          copied--;
        }
        boolean line = copied > from && text[copied - 1] == '\n';
        out.write(line ? '\n' : ' ');
        copied = line ? copied : to;
        return;
      }
    }
  }

  /** Removes the tokens {@code first} to {@code last} and the blanks before them. */
  void cut(int first, int last) {
    copyTo(tokens.end(first - 1));
    copied = tokens.end(last);
  }

  /** Replaces a token by text. The blanks before the token stay. */
  void replace(int token, String ascii) {
    replace(token, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** Replaces a token by bytes. The blanks before the token stay. */
  void replace(int token, byte[] bytes) {
    replace(token, token, bytes);
  }

  /** Replaces the tokens {@code first} to {@code last} by bytes. The blanks before them stay. */
  void replace(int first, int last, byte[] bytes) {
    copyTo(tokens.start(first));
    out.writeBytes(bytes);
    copied = tokens.end(last);
  }

  /** Inserts text after a token. */
  void insertAfter(int token, String ascii) {
    copyTo(tokens.end(token));
    write(ascii);
  }

  private void write(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      out.write(ascii.charAt(i));
    }
  }

  private void copyTo(int end) {
    if (end > copied) {
      out.write(text, copied, end - copied);
      copied = end;
    }
  }

  byte[] result() {
    copyTo(text.length);
    return out.toByteArray();
  }
}
