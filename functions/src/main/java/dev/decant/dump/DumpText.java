package dev.decant.dump;

import dev.decant.schema.SqlQuotes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of a dump outside its rows: statements, and the blanks and comments between them. */
final class DumpText {
  private final DumpInput input;
  private final DumpComments comments;
  private final SqlLexer lexer = new SqlLexer();

  /** Whether the statements belong to a database that is not returned, in any encoding. */
  boolean skipped;

  DumpText(DumpInput input, DumpComments comments) {
    this.input = input;
    this.comments = comments;
  }

  /** Skips blanks and comments. Returns false at the end of the stream. */
  boolean toStatement() {
    while (input.require(1)) {
      int at = input.position();
      switch (input.buffer()[at]) {
        case ' ', '\t', '\n', '\r', '\f', ';' -> input.advance(at + 1);
        case '-' -> {
          if (!startsWith('-', '-')) {
            return true;
          }
          lineComment();
        }
        case '/' -> {
          if (!startsWith('/', '*')) {
            return true;
          }
          blockComment();
        }
        default -> {
          return true;
        }
      }
    }
    return false;
  }

  private boolean startsWith(char first, char second) {
    return input.require(2)
        && input.buffer()[input.position()] == first
        && input.buffer()[input.position() + 1] == second;
  }

  /** Whether the next bytes are one of these lower-case texts, in any case. */
  boolean begins(String... texts) {
    for (String start : texts) {
      if (input.require(start.length())
          && SqlLexer.equalsIgnoreCase(
              input.buffer(), input.position(), input.position() + start.length(), start)) {
        return true;
      }
    }
    return false;
  }

  private void lineComment() {
    int length = input.lineLength();
    int at = input.position();
    byte[] bytes = input.buffer();
    for (int i = at; i < at + length; i++) {
      boolean ends = bytes[i] == '\r' && i + 1 < at + length;
      if (ends || bytes[i] == 0) {
        throw DumpProblem.invalid(
            input.line(),
            "A comment contains a zero byte, or a carriage return in the middle of its line. Make"
                + " the dump with pg_dump.");
      }
    }
    comments.line(bytes, at, at + length);
    input.advance(at + length);
  }

  private void blockComment() {
    int to;
    while ((to = SqlQuotes.blockCommentEnd(input.buffer(), input.position(), input.limit())) < 0) {
      if (!input.moreOfStatement()) {
        throw input.cut("The comment", "inside the comment that begins here");
      }
    }
    input.advance(to);
  }

  /**
   * The end of the statement that begins here, after its {@code ;}.
   *
   * @param escapes whether backslashes escape in plain strings
   */
  int statementEnd(boolean escapes) {
    while (true) {
      int from = input.position();
      int to = lexer.scan(input.buffer(), from, input.limit(), escapes);
      if (to == SqlLexer.INVALID) {
        throw DumpProblem.invalid(
            lineOf(lexer.problemAt()),
            "The statement has "
                + lexer.problem()
                + ", which pg_dump does not write. Make the dump with pg_dump.");
      }
      if (to != SqlLexer.MORE) {
        return to;
      }
      if (!input.moreOfStatement()) {
        throw input.cut("The statement", "inside the statement that begins here");
      }
    }
  }

  private long lineOf(int offset) {
    long line = input.line();
    for (int i = input.position(); i < offset; i++) {
      line += input.buffer()[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** Moves to {@code to} and returns the bytes before it. */
  byte[] take(int to) {
    byte[] text = Arrays.copyOfRange(input.buffer(), input.position(), to);
    long line = input.line();
    input.advance(to);
    boolean ascii = true;
    for (byte b : text) {
      ascii &= b > 0;
      if (b == 0) {
        // psql takes a zero byte for the end of the line, and would misread the text after it.
        throw DumpProblem.invalid(
            line, "The statement contains a zero byte. Make the dump with pg_dump.");
      }
    }
    if (!ascii && !skipped) {
      checkEncoding(text, line);
    }
    return text;
  }

  private void checkEncoding(byte[] text, long line) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException _) {
      if (input.anyBytes()) {
        throw DumpProblem.invalid(
            line,
            "The statement has bytes that are not UTF-8. The dump is in SQL_ASCII, so neither"
                + " PostgreSQL nor decant knows their encoding. Only rows may have such bytes. Name"
                + " the encoding that the application uses, for example with --encoding WIN1252."
                + " The published dump is then in UTF-8.");
      }
      throw DumpProblem.invalid(
          line,
          "The statement is not UTF-8, and the dump declares no other encoding before it. Name the"
              + " encoding of the file, for example with --encoding WIN1252, or make the dump with"
              + " pg_dump --encoding=UTF8.");
    }
  }

  /** The tokens of the statement whose end was found last. Call it before {@link #take}. */
  StatementTokens tokens() {
    return new StatementTokens(lexer, input.buffer(), input.position());
  }
}
