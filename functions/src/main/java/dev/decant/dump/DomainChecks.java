package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The CHECKs of domains that call a function which reads a table of the dump. All other CHECKs of
 * domains stay where they are, because PostgreSQL cannot add a CHECK to a domain that an array or a
 * composite type contains.
 */
final class DomainChecks {
  private static final byte[] NO_COMMENT = new byte[0];

  /** The last part of the name of a table that a function reads. */
  private static final Pattern READ =
      Pattern.compile(
          "(?i)\\b(?:from|join)\\s+(?:only\\s+)?(?:(?:\\w+|\"[^\"]*\")\\.)?(\\w+|\"[^\"]*\")");

  private final Set<String> readers = new HashSet<>();

  /** Finds the functions among the statements that read a table among them. */
  DomainChecks(List<Statement> statements) {
    if (statements.stream().noneMatch(s -> s.kind() == StatementKind.DOMAIN)) {
      return;
    }
    Set<String> tables = new HashSet<>();
    for (Statement statement : statements) {
      CreatedTable.of(statement).ifPresent(table -> tables.add(table.name().name()));
    }
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.FUNCTION && reads(statement, tables)) {
        @Nullable String name = LateChecks.functionName(statement);
        if (name != null) {
          readers.add(name);
        }
      }
    }
  }

  /** Whether no function reads a table, or the dump has no domain. */
  boolean isEmpty() {
    return readers.isEmpty();
  }

  private static boolean reads(Statement function, Set<String> tables) {
    Matcher read = READ.matcher(new String(function.text(), UTF_8));
    while (read.find()) {
      if (tables.contains(read.group(1).replace("\"", ""))) {
        return true;
      }
    }
    return false;
  }

  /**
   * A domain without these CHECKs, and the statements that add them.
   *
   * @param late empty if the domain has no such CHECK
   */
  record Divided(Statement domain, List<Statement> late) {}

  Divided divide(Statement domain) {
    List<Statement> late = new ArrayList<>();
    if (domain.kind() != StatementKind.DOMAIN || readers.isEmpty()) {
      return new Divided(domain, late);
    }
    StatementTokens tokens = StatementTokens.of(domain);
    TextCuts cuts = new TextCuts(domain.text(), tokens);
    for (int i = 2; i < tokens.count(); i++) {
      boolean check =
          tokens.isWord(i, "constraint")
              && tokens.isIdentifier(i + 1)
              && tokens.isWord(i + 2, "check")
              && tokens.isSymbol(i + 3, '(');
      if (check) {
        int close = tokens.closing(i + 3);
        if (calls(tokens, i + 4, close)) {
          late.add(added(domain, tokens, i, close));
          cuts.cut(i, close);
        }
        i = close;
      }
    }
    return new Divided(late.isEmpty() ? domain : with(domain, domain.kind(), cuts.result()), late);
  }

  private boolean calls(StatementTokens tokens, int first, int last) {
    for (int i = first; i < last; i++) {
      if (tokens.isIdentifier(i) && tokens.isSymbol(i + 1, '(')) {
        tokens.at(i);
        if (readers.contains(String.valueOf(tokens.identifier()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Statement added(Statement domain, StatementTokens tokens, int first, int last) {
    tokens.at(2); // The name follows CREATE DOMAIN.
    String name = tokens.name();
    String sql = "ALTER DOMAIN " + name + "\n    ADD " + tokens.between(first, last) + ";";
    return new Statement(
        domain.line(),
        StatementKind.DOMAIN_CONSTRAINT,
        sql.getBytes(UTF_8),
        domain.object(),
        NO_COMMENT,
        domain.backslashEscapes());
  }

  private static Statement with(Statement domain, StatementKind kind, byte[] text) {
    return new Statement(
        domain.line(), kind, text, domain.object(), domain.comment(), domain.backslashEscapes());
  }
}
