package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The columns and the constraints of a CREATE TABLE statement. A scratch database can do without
 * the clauses that no row depends on: defaults, CHECKs and the expressions of generated columns.
 */
public final class TableClauses {
  private static final Set<String> CONSTRAINTS =
      Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like");

  private enum Kind {
    DEFAULT,
    CHECK,
    GENERATED,
    NOT_NULL,
    OTHER
  }

  /** A clause: its first and its last token. */
  private record Clause(Kind kind, int first, int last) {}

  /**
   * A column or a constraint of the table.
   *
   * @param column the name of the column, or null
   */
  private record Element(int first, int last, @Nullable String column, List<Clause> clauses) {}

  /**
   * The statement without a clause.
   *
   * @param clause the clause for messages, for example {@code the DEFAULT of column a}
   */
  public record Cut(String sql, String clause) {}

  private final String sql;
  private final byte[] text;
  private final StatementTokens tokens;
  private final List<Element> elements = new ArrayList<>();
  private String table = "";

  private TableClauses(String sql) {
    this.sql = sql;
    this.text = sql.getBytes(UTF_8);
    this.tokens = StatementTokens.of(sql);
  }

  /** Reads {@code CREATE [UNLOGGED | FOREIGN] TABLE name (…)}; empty for other statements. */
  public static Optional<TableClauses> of(String sql) {
    TableClauses clauses = new TableClauses(sql);
    return clauses.find() ? Optional.of(clauses) : Optional.empty();
  }

  private boolean find() {
    if (!tokens.accept("create")) {
      return false;
    }
    tokens.acceptAny("unlogged", "foreign");
    if (!tokens.accept("table")) {
      return false;
    }
    tokens.accept("if", "not", "exists");
    int name = tokens.at();
    if (tokens.name().isEmpty() || !tokens.isSymbol(tokens.at(), '(')) {
      return false;
    }
    table = tokens.between(name, tokens.at() - 1);
    int open = tokens.at();
    int close = tokens.closing(open);
    int first = open + 1;
    for (int i = first; i <= close; i++) {
      if (i == close || (tokens.depth(i) == tokens.depth(open) + 1 && tokens.isSymbol(i, ','))) {
        if (i > first) {
          elements.add(element(first, i - 1));
        }
        first = i + 1;
      }
    }
    return true;
  }

  private Element element(int first, int last) {
    boolean constraint =
        tokens.kind(first) == SqlLexer.WORD
            && CONSTRAINTS.stream().anyMatch(word -> tokens.isWord(first, word));
    if (constraint) {
      int what = tokens.isWord(first, "constraint") ? first + 2 : first;
      Kind kind = tokens.isWord(what, "check") ? Kind.CHECK : Kind.OTHER;
      return new Element(first, last, null, List.of(new Clause(kind, first, last)));
    }
    tokens.at(first);
    return new Element(first, last, tokens.identifier(), clauses(first, last));
  }

  private List<Clause> clauses(int first, int last) {
    List<Clause> clauses = new ArrayList<>();
    @Nullable Kind kind = null;
    int begin = first;
    for (int i = first + 1; i <= last; i++) {
      @Nullable Kind next = tokens.depth(i) == tokens.depth(first) ? begins(i, kind) : null;
      if (next != null) {
        if (kind != null) {
          clauses.add(new Clause(kind, begin, i - 1));
        }
        kind = next;
        begin = i;
        i += tokens.isWord(i, "constraint") ? 2 : 0;
      }
    }
    if (kind != null) {
      clauses.add(new Clause(kind, begin, last));
    }
    return clauses;
  }

  /** The kind of the clause that begins at a token; null if none begins there. */
  private @Nullable Kind begins(int token, @Nullable Kind within) {
    int what = tokens.isWord(token, "constraint") ? token + 2 : token;
    if (tokens.isWord(what, "check") && tokens.isSymbol(what + 1, '(')) {
      return Kind.CHECK;
    }
    if (tokens.isWord(what, "not") && tokens.isWord(what + 1, "null")) {
      return Kind.NOT_NULL;
    }
    if (tokens.isWord(token, "default") && within != Kind.GENERATED) {
      return Kind.DEFAULT;
    }
    if (tokens.isWord(token, "generated") && tokens.isWord(token + 1, "always")) {
      return tokens.isSymbol(token + 3, '(') ? Kind.GENERATED : Kind.OTHER;
    }
    boolean other =
        what != token
            || tokens.isWord(token, "primary")
            || tokens.isWord(token, "unique")
            || tokens.isWord(token, "references")
            || (within != Kind.DEFAULT && tokens.isWord(token, "collate"));
    return other ? Kind.OTHER : null;
  }

  /** The schema of the table, without quotes; empty if the statement names none. */
  public Optional<String> schema() {
    return WrittenType.at(table, 1).map(WrittenType::schema);
  }

  /** The types of the columns, as the statement writes them. */
  public List<WrittenType> types() {
    return elements.stream()
        .filter(e -> e.column != null && e.last > e.first)
        .flatMap(e -> WrittenType.at(tokens, e.first + 1).stream())
        .toList();
  }

  /** Whether the type of a column begins at a position, in characters, from 1. */
  public boolean isColumnType(int position) {
    int token = WrittenType.token(tokens, sql, position);
    return elements.stream().anyMatch(e -> e.column != null && e.first + 1 == token);
  }

  /** The statement with other types for some columns. */
  public String withTypes(Predicate<WrittenType> which, String schema) {
    TextCuts cuts = new TextCuts(text, tokens);
    for (Element element : elements) {
      if (element.column != null && element.last > element.first) {
        WrittenType.at(tokens, element.first + 1)
            .filter(which)
            .ifPresent(
                type -> {
                  int last = tokens.at() - 1;
                  String name = new WrittenType(schema, type.name(), "").sql();
                  cuts.replace(element.first + 1, last, name.getBytes(UTF_8));
                });
      }
    }
    return new String(cuts.result(), UTF_8);
  }

  /**
   * The statement without the clause that contains a position; empty if the clause cannot be left
   * out.
   *
   * @param position in characters, from 1, as the server reports the place of an error
   */
  public Optional<Cut> without(int position) {
    int token = WrittenType.token(tokens, sql, position);
    for (Element element : elements) {
      for (Clause clause : element.clauses) {
        if (clause.first <= token && token <= clause.last) {
          return without(element, clause);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The statement without the first CHECK that reads a column of one of these types, or that names
   * one of these types.
   */
  public Optional<Cut> withoutCheckOf(Predicate<WrittenType> types) {
    List<Element> opaque =
        elements.stream()
            .filter(e -> e.column != null && e.last > e.first)
            .filter(e -> WrittenType.at(tokens, e.first + 1).filter(types).isPresent())
            .toList();
    for (Element element : elements) {
      for (Clause clause : element.clauses) {
        if (clause.kind == Kind.CHECK && names(clause, opaque, types)) {
          return without(element, clause);
        }
      }
    }
    return Optional.empty();
  }

  private boolean names(Clause clause, List<Element> columns, Predicate<WrittenType> types) {
    for (int i = clause.first + 1; i <= clause.last; i++) {
      if (tokens.isIdentifier(i)) {
        tokens.at(i);
        @Nullable String name = tokens.identifier();
        if (columns.stream().anyMatch(e -> String.valueOf(name).equals(e.column))
            || WrittenType.at(tokens, i).filter(types).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A table without some clauses, and the statements that add the clauses afterwards.
   *
   * @param added the statements, by the names of the clauses, see {@link Cut#clause()}
   */
  public record Split(String table, Map<String, String> added) {
    public Split {
      added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
    }
  }

  /**
   * Divides the statement, so that the table exists even where some of its clauses cannot be
   * created. The expression of a generated column stays, because no statement can add it.
   *
   * @param apart decides by the name of a DEFAULT or CHECK, see {@link Cut#clause()}, whether it
   *     gets a statement of its own
   */
  public Split split(Predicate<String> apart) {
    TextCuts cuts = new TextCuts(text, tokens);
    Map<String, String> added = new LinkedHashMap<>();
    boolean kept = false;
    for (Element element : elements) {
      List<Clause> gone =
          element.clauses.stream()
              .filter(c -> c.kind == Kind.DEFAULT || c.kind == Kind.CHECK)
              .filter(c -> apart.test(name(element, c)))
              .toList();
      for (Clause clause : gone) {
        added.merge(name(element, clause), added(element, clause), (a, b) -> a + '\n' + b);
        if (element.column != null) {
          cuts.cut(clause.first, clause.last);
        } else if (kept) {
          cuts.cut(element.first - 1, element.last);
        } else {
          boolean last = element.equals(elements.getLast());
          cuts.cut(element.first, last ? element.last : element.last + 1);
        }
      }
      kept |= element.column != null || gone.isEmpty();
    }
    return new Split(new String(cuts.result(), UTF_8), added);
  }

  private String added(Element element, Clause clause) {
    String source = tokens.between(clause.first, clause.last);
    return clause.kind == Kind.CHECK
        ? "ALTER TABLE " + table + "\n    ADD " + source + ";"
        : "ALTER TABLE ONLY "
            + table
            + " ALTER COLUMN "
            + tokens.between(element.first, element.first)
            + " SET "
            + source
            + ";";
  }

  private String name(Element element, Clause clause) {
    String of = element.column == null ? "" : " of column " + TableName.quoted(element.column);
    return switch (clause.kind) {
      case GENERATED -> "the expression" + of;
      case DEFAULT -> "the DEFAULT" + of;
      case CHECK -> "the " + check(clause) + of;
      case OTHER, NOT_NULL -> "";
    };
  }

  private Optional<Cut> without(Element element, Clause clause) {
    TextCuts cuts = new TextCuts(text, tokens);
    String name = name(element, clause);
    return switch (clause.kind) {
      case OTHER, NOT_NULL -> Optional.empty();
      case GENERATED -> {
        withoutExpression(element, clause, cuts);
        yield cut(cuts, name);
      }
      case DEFAULT -> {
        cuts.cut(clause.first, clause.last);
        yield cut(cuts, name);
      }
      case CHECK -> {
        if (element.column != null) {
          cuts.cut(clause.first, clause.last);
        } else {
          cutElement(element, cuts);
        }
        yield cut(cuts, name);
      }
    };
  }

  /** Replaces the expression of a generated column by NULL, which a NOT NULL would refuse. */
  private void withoutExpression(Element element, Clause clause, TextCuts cuts) {
    int open = clause.first + 3;
    for (Clause each : element.clauses) {
      if (each.equals(clause)) {
        cuts.replace(open + 1, tokens.closing(open) - 1, "NULL".getBytes(UTF_8));
      } else if (each.kind == Kind.NOT_NULL) {
        cuts.cut(each.first, each.last);
      }
    }
  }

  private void cutElement(Element element, TextCuts cuts) {
    if (!elements.getFirst().equals(element)) {
      cuts.cut(element.first - 1, element.last);
    } else {
      cuts.cut(element.first, elements.size() > 1 ? element.last + 1 : element.last);
    }
  }

  private String check(Clause clause) {
    tokens.at(clause.first);
    return tokens.accept("constraint")
        ? "CHECK " + TableName.quoted(String.valueOf(tokens.identifier()))
        : "CHECK";
  }

  private static Optional<Cut> cut(TextCuts cuts, String clause) {
    return Optional.of(new Cut(new String(cuts.result(), UTF_8), clause));
  }
}
