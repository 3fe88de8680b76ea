package dev.decant.dump;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What CREATE EXTENSION creates.
 *
 * @param schema where its objects go; {@code public} where the statement does not say, which
 *     pg_dump's always does
 */
public record CreatedExtension(String name, String schema) {
  /** {@code CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA schema]}; empty for others. */
  public static Optional<CreatedExtension> of(DumpPart.Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    if (!tokens.accept("create", "extension")) {
      return Optional.empty();
    }
    tokens.accept("if", "not", "exists");
    @Nullable String name = tokens.identifier();
    tokens.accept("with");
    @Nullable String schema = tokens.accept("schema") ? tokens.identifier() : null;
    return name == null
        ? Optional.empty()
        : Optional.of(new CreatedExtension(name, schema == null ? "public" : schema));
  }
}
