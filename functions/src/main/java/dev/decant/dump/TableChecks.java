package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementTables.Constraint;
import dev.decant.dump.TableElements.Element;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The CHECK constraints in a CREATE TABLE that call functions of the dump. */
final class TableChecks {
  private static final byte[] NO_COMMENT = new byte[0];

  private record Check(Constraint name, Element element) {}

  private final Statement statement;
  private final StatementTokens tokens;
  private List<Element> elements = List.of();
  private final List<Check> checks = new ArrayList<>();

  private TableChecks(Statement statement) {
    this.statement = statement;
    this.tokens = StatementTokens.of(statement);
  }

  /** Finds the constraints. A table whose name has no schema is not searched. */
  static TableChecks of(Statement statement, Set<String> functions) {
    TableChecks found = new TableChecks(statement);
    StatementTokens tokens = found.tokens;
    tokens.accept("create");
    tokens.accept("unlogged");
    tokens.accept("table");
    tokens.accept("if", "not", "exists");
    StatementTables.name(tokens).ifPresent(table -> found.find(table, functions));
    return found;
  }

  private void find(TableName table, Set<String> functions) {
    elements = TableElements.of(tokens, tokens.at());
    for (Element element : elements) {
      tokens.at(element.first());
      if (tokens.accept("constraint") && tokens.isIdentifier(tokens.at())) {
        String name = String.valueOf(tokens.identifier());
        if (tokens.accept("check") && calls(element, functions)) {
          checks.add(new Check(new Constraint(table, name), element));
        }
      }
    }
  }

  /**
   * Whether the constraint calls a function of the dump, or a function of a schema other than
   * pg_catalog.
   */
  private boolean calls(Element element, Set<String> functions) {
    for (int i = element.first() + 3; i < element.last(); i++) {
      if (tokens.isIdentifier(i) && tokens.isSymbol(i + 1, '(')) {
        tokens.at(i);
        boolean known = functions.contains(tokens.identifier());
        boolean elsewhere = tokens.isSymbol(i - 1, '.') && !tokens.isWord(i - 2, "pg_catalog");
        if (known || elsewhere || ofSchema(i)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it uses {@code OPERATOR(schema.symbol)} of a schema other than pg_catalog. */
  private boolean ofSchema(int token) {
    return tokens.isWord(token, "operator")
        && tokens.isSymbol(token + 3, '.')
        && !tokens.isWord(token + 2, "pg_catalog");
  }

  List<Constraint> names() {
    return checks.stream().map(Check::name).toList();
  }

  /** The CREATE TABLE statement without these constraints. */
  Statement without() {
    TextCuts cuts = new TextCuts(statement.text(), tokens);
    Set<Element> gone = Set.copyOf(checks.stream().map(Check::element).toList());
    TableElements.cut(elements, gone::contains, cuts);
    return statement.withText(cuts.result());
  }

  /** The statements that add the wanted constraints. */
  List<Statement> added(Predicate<Constraint> wanted) {
    return checks.stream().filter(c -> wanted.test(c.name)).map(this::added).toList();
  }

  private Statement added(Check check) {
    TableName table = check.name.table();
    String name = check.name.name();
    String text = "ALTER TABLE " + table.sql() + "\n    ADD " + source(check.element) + ";";
    String comment =
        "--\n-- Name: %s %s; Type: CHECK CONSTRAINT; Schema: %s; Owner: -\n--\n\n"
            .formatted(line(table.name()), line(name), line(table.schema()));
    return new Statement(
        statement.line(),
        StatementKind.CONSTRAINT,
        text.getBytes(UTF_8),
        table + " " + TableName.quoted(name),
        statement.comment().length == 0 ? NO_COMMENT : comment.getBytes(UTF_8),
        statement.backslashEscapes(),
        statement.optional(),
        statement.searchPath());
  }

  private String source(Element element) {
    int start = tokens.start(element.first());
    return new String(statement.text(), start, tokens.end(element.last()) - start, UTF_8);
  }

  /** A name without line ends, as pg_dump writes it in a comment line. */
  private static String line(String name) {
    return name.replace('\n', ' ').replace('\r', ' ');
  }
}
