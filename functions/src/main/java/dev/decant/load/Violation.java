package dev.decant.load;

import dev.decant.postgres.ErrorNames;
import dev.decant.schema.TableName;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A constraint that the rows violate.
 *
 * @param statement the statement that creates the constraint
 * @param table the table that the server names
 * @param constraint the constraint that the server names
 */
public record Violation(
    DdlStatement statement, Optional<TableName> table, Optional<String> constraint) {
  static Violation of(DdlStatement statement, SQLException e) {
    ErrorNames names = ErrorNames.of(e);
    if (names.table() == null || names.schema() == null) {
      return new Violation(statement, statement.alone().stream().findFirst(), Optional.empty());
    }
    return new Violation(
        statement,
        Optional.of(new TableName(names.schema(), names.table())),
        Optional.ofNullable(names.constraint()));
  }
}
