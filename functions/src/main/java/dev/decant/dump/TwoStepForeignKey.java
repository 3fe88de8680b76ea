package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.Optional;

/**
 * A foreign key that is created in two steps, with the same result as in one step. It is added as
 * {@code NOT VALID}, which takes almost no time, and then validated. While {@code ADD CONSTRAINT}
 * checks the rows, its locks prevent other foreign keys of both tables. {@code VALIDATE CONSTRAINT}
 * blocks only changes to the definition of the table (PostgreSQL's manual, ALTER TABLE), so several
 * keys that refer to one table can be validated at the same time.
 *
 * @param table the table that has the key
 * @param referenced the table that it refers to
 * @param add the statement of the first step
 * @param validate the statement of the second step
 */
public record TwoStepForeignKey(
    TableName table, TableName referenced, String add, String validate) {

  /**
   * The two steps of a statement of the dump. The result is empty for another kind of statement,
   * for a key that contains {@code NOT} (not valid, not enforced, not deferrable), and for a key
   * without names, which pg_dump does not write. Use it only for plain tables: before PostgreSQL
   * 18, partitioned tables refuse {@code NOT VALID}.
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
