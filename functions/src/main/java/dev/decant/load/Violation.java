package dev.decant.load;

import dev.decant.schema.TableName;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

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
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (server == null || server.getTable() == null || server.getSchema() == null) {
      return new Violation(statement, statement.alone().stream().findFirst(), Optional.empty());
    }
    return new Violation(
        statement,
        Optional.of(new TableName(server.getSchema(), server.getTable())),
        Optional.ofNullable(server.getConstraint()));
  }
}
