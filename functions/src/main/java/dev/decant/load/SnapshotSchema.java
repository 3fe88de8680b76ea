package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.CreatedExtension;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.dump.LateChecks;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementTables;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameSource;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The statements of a snapshot, which are read from its DDL frames. They contain no rows.
 *
 * @param session settings for each connection that runs one of the statements
 * @param before the statements before the rows, in the snapshot's order
 * @param after the statements after the rows, in the snapshot's order
 * @param largeObjects whether the snapshot has statements about large objects. They are not in
 *     these lists because they may be larger than the memory
 * @param encoding the encoding that a database for the snapshot must have
 */
public record SnapshotSchema(
    List<Statement> session,
    List<Statement> before,
    List<Statement> after,
    boolean largeObjects,
    DatabaseEncoding encoding) {
  public SnapshotSchema {
    session = List.copyOf(session);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Reads the statements. */
  public static SnapshotSchema read(List<Frame> frames, FrameSource source) {
    List<Statement> session = new ArrayList<>();
    List<Statement> before = new ArrayList<>();
    List<Statement> after = new ArrayList<>();
    List<Statement> current = before;
    boolean largeObjects = false;
    DatabaseEncoding encoding;
    try (DumpReader reader = new DumpReader(new DdlText(frames, source))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case DumpPart.CopyStart _ -> {
            reader.skipRows();
            current = after;
          }
          case Statement s when s.kind().output() == StatementKind.Output.DROP -> {}
          case Statement s when s.kind().ofLargeObjects() -> largeObjects = true;
          case Statement s when isOfSession(s, before) -> session.add(s);
          case Statement s -> current.add(s);
          case DumpPart.End _ -> {}
        }
      }
      encoding = reader.header().encoding();
    }
    // In the snapshots of older versions, these checks come before the rows.
    LateChecks checks = LateChecks.of(before);
    after.addAll(checks.after());
    return new SnapshotSchema(session, checks.before(), after, largeObjects, encoding);
  }

  /**
   * Settings at the beginning, and the search path, which may follow CREATE SCHEMA. Other paths are
   * parts of their statements.
   */
  private static boolean isOfSession(Statement statement, List<Statement> before) {
    return statement.kind() == StatementKind.SEARCH_PATH
        || (before.isEmpty() && SessionSettings.isSetting(statement));
  }

  /** A foreign key with its table and the table to which it refers. */
  public record Reference(TableName table, TableName referenced, Statement statement) {}

  /** All foreign keys whose tables can be read from the statement's text. */
  public List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    for (Statement statement : after) {
      if (statement.kind() == StatementKind.FOREIGN_KEY) {
        List<TableName> tables = List.copyOf(StatementTables.of(statement));
        if (!tables.isEmpty()) {
          references.add(new Reference(tables.getFirst(), tables.getLast(), statement));
        }
      }
    }
    return references;
  }

  /** A copy with only some of the statements after the rows. */
  public SnapshotSchema withAfter(Predicate<Statement> kept) {
    return new SnapshotSchema(
        session, before, after.stream().filter(kept).toList(), largeObjects, encoding);
  }

  /** A copy with only some of the statements before and after the rows. */
  SnapshotSchema with(Predicate<Statement> kept) {
    return new SnapshotSchema(
            session, before.stream().filter(kept).toList(), after, largeObjects, encoding)
        .withAfter(kept);
  }

  /** The statements before the rows, followed by those after the rows. */
  Stream<Statement> all() {
    return Stream.concat(before.stream(), after.stream());
  }

  /** A copy for a database that already has the required extensions and their schemas. */
  public SnapshotSchema extended() {
    return new SnapshotSchema(
        session,
        before.stream()
            .filter(s -> s.kind() != StatementKind.EXTENSION || s.optional())
            .map(SnapshotSchema::whereMissing)
            .toList(),
        after,
        largeObjects,
        encoding);
  }

  /** Adds IF NOT EXISTS to CREATE SCHEMA, and returns other statements as they are. */
  public static Statement whereMissing(Statement s) {
    if (s.kind() != StatementKind.SCHEMA) {
      return s;
    }
    String sql =
        new String(s.text(), UTF_8)
            .replaceFirst("(?i)^(CREATE\\s+SCHEMA)\\s+(?!IF\\s)", "$1 IF NOT EXISTS ");
    return new Statement(
        s.line(), s.kind(), sql.getBytes(UTF_8), s.object(), s.comment(), s.backslashEscapes());
  }

  /** The schemas of the extensions that a restore needs, by the extensions' names, in order. */
  public Map<String, String> extensions() {
    return extensions(false);
  }

  /** The same for the extensions that a restore can do without. */
  public Map<String, String> optionalExtensions() {
    return extensions(true);
  }

  private Map<String, String> extensions(boolean optional) {
    Map<String, String> schemas = new LinkedHashMap<>();
    for (Statement statement : before) {
      if (statement.kind() == StatementKind.EXTENSION && statement.optional() == optional) {
        CreatedExtension.of(statement).ifPresent(e -> schemas.put(e.name(), e.schema()));
      }
    }
    return schemas;
  }

  /** The name of the extension that a statement creates, taken from the statement's object. */
  public static String extension(Statement statement) {
    String object = statement.object();
    String name = object.substring(object.lastIndexOf(' ') + 1);
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
