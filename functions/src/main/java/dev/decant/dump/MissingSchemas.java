package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.postgres.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds the schemas that a dump uses without creating them: of tables, as in a dump of {@code
 * pg_dump -t}, and of extensions, as in the dumps of providers that own the schema {@code
 * heroku_ext}. Without them, the dump can only be restored into a database that has them.
 */
public final class MissingSchemas {
  private static final byte[] NO_COMMENT = new byte[0];

  private MissingSchemas() {}

  /** The statements with CREATE SCHEMA after the settings, if the dump needs any. */
  public static List<Statement> added(List<Statement> statements) {
    Set<String> missing = new TreeSet<>();
    Set<String> created = new TreeSet<>(Set.of("public"));
    for (Statement statement : statements) {
      CreatedTable.of(statement).ifPresent(table -> missing.add(table.name().schema()));
      CreatedExtension.of(statement).ifPresent(extension -> missing.add(extension.schema()));
      @Nullable String schema = schema(statement);
      if (schema != null) {
        created.add(schema);
      }
    }
    missing.removeAll(created);
    missing.removeIf(schema -> schema.startsWith("pg_"));
    List<Statement> all = new ArrayList<>(statements);
    if (!missing.isEmpty()) {
      all.addAll(settings(statements), missing.stream().map(MissingSchemas::create).toList());
    }
    return all;
  }

  /** The number of settings with which the statements begin. */
  private static int settings(List<Statement> statements) {
    int at = 0;
    while (at < statements.size() && isSetting(statements.get(at).kind())) {
      at++;
    }
    return at;
  }

  private static boolean isSetting(StatementKind kind) {
    return kind == StatementKind.SETTING || kind == StatementKind.SEARCH_PATH;
  }

  private static @Nullable String schema(Statement statement) {
    if (statement.kind() != StatementKind.SCHEMA) {
      return null;
    }
    StatementTokens tokens = StatementTokens.of(statement);
    tokens.accept("create", "schema");
    tokens.accept("if", "not", "exists");
    return tokens.identifier();
  }

  private static Statement create(String schema) {
    String sql = "CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(schema) + ";";
    return new Statement(
        0, StatementKind.SCHEMA, sql.getBytes(UTF_8), "SCHEMA " + schema, NO_COMMENT);
  }
}
