package dev.decant.dump;

/**
 * The parts of a statement that can hold a value of a row: its string constants, the bodies of its
 * functions, and its comments. Its names, keywords and numbers are left out.
 */
public final class StatementTexts {
  /** Receives a part of the statement's text. */
  @FunctionalInterface
  public interface Receiver {
    void text(byte[] statement, int from, int to);
  }

  private StatementTexts() {}

  /** Passes each part to the receiver, in their order. */
  public static void of(DumpPart.Statement statement, Receiver receiver) {
    byte[] text = statement.text();
    StatementTokens tokens = StatementTokens.of(statement);
    int end = 0;
    for (int token = 0; token < tokens.count(); token++) {
      comment(text, end, tokens.start(token), receiver);
      end = tokens.end(token);
      if (tokens.kind(token) == SqlLexer.STRING) {
        receiver.text(text, tokens.start(token), end);
      }
    }
    comment(text, end, text.length, receiver);
  }

  /** The text between two tokens is a comment if it is more than blanks. */
  private static void comment(byte[] text, int from, int to, Receiver receiver) {
    for (int i = from; i < to; i++) {
      if (text[i] == '-' || text[i] == '/') {
        receiver.text(text, i, to);
        return;
      }
    }
  }
}
