package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.TableElements.Element;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The foreign keys in a CREATE TABLE, as statements of their own. A load sends the rows of several
 * tables at once, so a key must not exist before all rows do. pg_dump writes foreign keys after the
 * rows; people write them in CREATE TABLE.
 *
 * @param table the CREATE TABLE without the keys
 * @param keys the ALTER TABLE statements that add them, with the names that the server would choose
 */
public record InlineForeignKeys(Statement table, List<Statement> keys) {
  /** Returns the statement as it is if it has no foreign keys. */
  public static InlineForeignKeys of(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    tokens.accept("create");
    tokens.accept("unlogged");
    tokens.accept("table");
    tokens.accept("if", "not", "exists");
    Optional<TableName> table = StatementTables.name(tokens);
    return table
        .map(name -> new Search(statement, tokens, name).run(tokens.at()))
        .orElseGet(() -> new InlineForeignKeys(statement, List.of()));
  }

  /** A search of one statement. */
  private static final class Search {
    private final Statement statement;
    private final StatementTokens tokens;
    private final TableName table;
    private final TextCuts cuts;
    private final List<Statement> keys = new ArrayList<>();

    Search(Statement statement, StatementTokens tokens, TableName table) {
      this.statement = statement;
      this.tokens = tokens;
      this.table = table;
      this.cuts = new TextCuts(statement.text(), tokens);
    }

    InlineForeignKeys run(int afterName) {
      List<Element> elements = TableElements.of(tokens, afterName);
      boolean columns = elements.stream().anyMatch(e -> !isForeignKey(e));
      for (int i = 0; i < elements.size() && columns; i++) {
        Element element = elements.get(i);
        if (isForeignKey(element)) {
          add(source(element.first(), element.last()));
          boolean leads = elements.subList(0, i).stream().allMatch(this::isForeignKey);
          cuts.cut(
              leads ? element.first() : element.first() - 1,
              leads ? element.last() + 1 : element.last());
        } else {
          column(element);
        }
      }
      return keys.isEmpty()
          ? new InlineForeignKeys(statement, List.of())
          : new InlineForeignKeys(statement.withText(cuts.result()), keys);
    }

    /** {@code [CONSTRAINT name] FOREIGN KEY …} */
    private boolean isForeignKey(Element element) {
      int first = tokens.isWord(element.first(), "constraint") ? 2 : 0;
      return tokens.isWord(element.first() + first, "foreign")
          && tokens.isWord(element.first() + first + 1, "key");
    }

    /** {@code column type … [CONSTRAINT name] REFERENCES table (column) …} */
    private void column(Element element) {
      int depth = tokens.depth(element.first());
      for (int i = element.first() + 1; i <= element.last(); i++) {
        if (tokens.depth(i) == depth && tokens.isWord(i, "references")) {
          int last = last(i, element.last());
          boolean named = tokens.isWord(i - 2, "constraint") && tokens.isIdentifier(i - 1);
          String name = named ? "CONSTRAINT " + tokens.source(i - 1) + ' ' : "";
          String column = tokens.source(element.first());
          add(name + "FOREIGN KEY (" + column + ") " + source(i, last));
          cuts.cut(named ? i - 2 : i, last);
          i = last;
        }
      }
    }

    /** The last token of the reference that begins here. */
    private int last(int references, int end) {
      int at = references + 2;
      if (tokens.isSymbol(at, '.')) {
        at += 2;
      }
      if (tokens.isSymbol(at, '(')) {
        at = tokens.closing(at) + 1;
      }
      while (at <= end) {
        int length = clause(at);
        if (length == 0) {
          break;
        }
        at += length;
      }
      return Math.min(at - 1, end);
    }

    /** The number of tokens of a clause of the reference, or 0 for something else. */
    private int clause(int at) {
      if (tokens.isWord(at, "match") || tokens.isWord(at, "initially")) {
        return 2;
      }
      if (tokens.isWord(at, "deferrable")) {
        return 1;
      }
      if (tokens.isWord(at, "not") && tokens.isWord(at + 1, "deferrable")) {
        return 2;
      }
      if (tokens.isWord(at, "on")) {
        return tokens.isWord(at + 2, "set") || tokens.isWord(at + 2, "no") ? 4 : 3;
      }
      return 0;
    }

    private void add(String constraint) {
      String text = "ALTER TABLE ONLY " + table.sql() + "\n    ADD " + constraint + ";";
      keys.add(
          new Statement(
              statement.line(),
              StatementKind.FOREIGN_KEY,
              text.getBytes(UTF_8),
              table.toString(),
              new byte[0],
              statement.backslashEscapes(),
              statement.optional(),
              statement.searchPath()));
    }

    private String source(int first, int last) {
      int start = tokens.start(first);
      return new String(statement.text(), start, tokens.end(last) - start, UTF_8);
    }
  }
}
