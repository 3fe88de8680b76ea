package dev.decant.dump;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An extension that a CREATE EXTENSION statement creates.
 *
 * @param schema the schema of its objects; {@code public} if the statement names none, which does
 *     not happen in dumps of pg_dump
 */
public record CreatedExtension(String name, String schema) {
  /** Reads {@code CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA schema]}. */
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
