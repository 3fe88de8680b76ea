package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides {@code ALTER TABLE t action, action} into a statement for each action. pg_dump writes one
 * action in each statement, and each has one kind.
 */
final class AlterActions {
  private AlterActions() {}

  /** The texts of the statements; empty for a statement that is not an ALTER TABLE with commas. */
  static List<byte[]> of(byte[] text, boolean escapes) {
    StatementTokens tokens = StatementTokens.of(text, escapes);
    if (!tokens.accept("alter", "table")) {
      return List.of();
    }
    tokens.accept("if", "exists");
    tokens.accept("only");
    if (tokens.name().isEmpty()) {
      return List.of();
    }
    int first = tokens.at();
    String head = new String(text, 0, tokens.start(first), UTF_8);
    List<byte[]> actions = new ArrayList<>();
    for (int i = first; i < tokens.count(); i++) {
      boolean ends = tokens.depth(i) == 0 && (tokens.isSymbol(i, ',') || i == tokens.count() - 1);
      if (ends && i == first) {
        return List.of(); // An action is missing.
      }
      if (ends) {
        int start = tokens.start(first);
        String action = new String(text, start, tokens.end(i - 1) - start, UTF_8);
        actions.add((head + action + ';').getBytes(UTF_8));
        first = i + 1;
      }
    }
    return actions.size() > 1 ? actions : List.of();
  }
}
