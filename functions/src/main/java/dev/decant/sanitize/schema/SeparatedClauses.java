package dev.decant.sanitize.schema;

import static dev.decant.dump.StatementKind.CONSTRAINT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.TableClauses;
import dev.decant.load.Unverified;
import java.util.ArrayList;
import java.util.List;

/**
 * Separates the defaults and CHECKs that could not be created in the scratch database from their
 * tables. A statement of its own adds each of them after the table, so a restore can continue
 * without it.
 */
public record SeparatedClauses(Unverified unverified) {
  private static final byte[] NO_COMMENT = new byte[0];

  /** The statements for the output. */
  public List<Statement> of(List<Statement> statements) {
    return statements.stream().flatMap(s -> separated(s).stream()).toList();
  }

  private List<Statement> separated(Statement table) {
    if (table.kind() != StatementKind.TABLE || !unverified.hasPartOf(table)) {
      return List.of(table);
    }
    String sql = new String(table.text(), UTF_8);
    String of = " of " + table.object();
    return TableClauses.of(sql)
        .map(clauses -> clauses.split(clause -> unverified.has(table.line(), clause + of)))
        .map(
            split -> {
              List<Statement> all = new ArrayList<>();
              all.add(with(table, table.kind(), split.table(), table.object(), table.comment()));
              split
                  .added()
                  .forEach(
                      (clause, added) ->
                          all.add(with(table, CONSTRAINT, added, clause + of, NO_COMMENT)));
              return all;
            })
        .orElse(List.of(table));
  }

  private static Statement with(
      Statement table, StatementKind kind, String sql, String object, byte[] comment) {
    return new Statement(
        table.line(), kind, sql.getBytes(UTF_8), object, comment, table.backslashEscapes());
  }
}
