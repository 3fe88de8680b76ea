package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column whose default takes the next value of a sequence. */
public record SequenceDefault(TableName table, String column) {
  /**
   * Reads {@code ALTER TABLE [ONLY] schema.table ALTER COLUMN column SET DEFAULT nextval(…)}, as
   * pg_dump writes it.
   */
  public static Optional<SequenceDefault> of(DumpPart.Statement statement) {
    if (statement.kind() != StatementKind.COLUMN_DEFAULT) {
      return Optional.empty();
    }
    StatementTokens tokens = StatementTokens.of(statement);
    if (!tokens.accept("alter", "table")) {
      return Optional.empty();
    }
    tokens.accept("only");
    @Nullable String schema = tokens.identifier();
    @Nullable String table = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    @Nullable String column = tokens.accept("alter", "column") ? tokens.identifier() : null;
    boolean next = tokens.accept("set", "default", "nextval") && tokens.isSymbol(tokens.at(), '(');
    return schema == null || table == null || column == null || !next
        ? Optional.empty()
        : Optional.of(new SequenceDefault(new TableName(schema, table), column));
  }
}
