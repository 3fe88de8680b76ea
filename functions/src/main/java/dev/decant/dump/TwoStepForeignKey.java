package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.Optional;

/**
 * A foreign key in two steps, with the same result as in one: added {@code NOT VALID}, which takes
 * no time, then validated. {@code ADD CONSTRAINT} locks both tables against other keys of either
 * while it looks at the rows; {@code VALIDATE CONSTRAINT} lets all go on but what changes the
 * table's own definition (PostgreSQL's manual, ALTER TABLE), so keys that refer to one table are
 * looked at side by side.
 *
 * @param table that has it
 * @param referenced the table that it refers to
 * @param add the first statement
 * @param validate the second one
 */
public record TwoStepForeignKey(
    TableName table, TableName referenced, String add, String validate) {

  /**
   * The two steps of a dump's statement. Empty for another kind, for a key that says {@code NOT}
   * itself (not valid, not enforced, not deferrable) and for one that pg_dump would not have
   * written so, without names. For plain tables only: a partitioned one refuses {@code NOT VALID}
   * before PostgreSQL 18.
   */
  public static Optional<TwoStepForeignKey> of(DumpPart.Statement statement) {
    if (statement.kind() != StatementKind.FOREIGN_KEY) {
      return Optional.empty();
    }
    StatementTokens tokens = StatementTokens.of(statement);
    Optional<TableName> table = StatementTables.altered(tokens);
    int name = tokens.accept("add", "constraint") ? tokens.at() : 0;
    int references = tokens.find(name, "references");
    if (name == 0 || references < 0 || tokens.find(name + 1, "not") >= 0) {
      return Optional.empty();
    }
    tokens.at(references + 1);
    Optional<TableName> referenced = StatementTables.name(tokens);
    if (table.isEmpty() || referenced.isEmpty()) {
      return Optional.empty();
    }
    TextCuts added = new TextCuts(statement.text(), tokens);
    added.insertAfter(tokens.count() - 2, " NOT VALID");
    String validate =
        "ALTER TABLE ONLY " + table.get().sql() + " VALIDATE CONSTRAINT " + tokens.source(name);
    return Optional.of(
        new TwoStepForeignKey(
            table.get(), referenced.get(), new String(added.result(), UTF_8), validate));
  }
}
