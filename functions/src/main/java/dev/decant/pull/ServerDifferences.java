package dev.decant.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL learned to say in schemas after version 13, and since when: an older server would
 * stop at it, half way. The list is of what pg_dump writes.
 */
final class ServerDifferences {
  private record Feature(int since, Set<StatementKind> kinds, Pattern text, String name) {}

  private static final Set<StatementKind> TABLES =
      EnumSet.of(
          StatementKind.TABLE,
          StatementKind.CONSTRAINT,
          StatementKind.FOREIGN_KEY,
          StatementKind.DOMAIN,
          StatementKind.FOREIGN_TABLE);
  private static final Set<StatementKind> KEYS =
      EnumSet.of(
          StatementKind.TABLE,
          StatementKind.CONSTRAINT,
          StatementKind.FOREIGN_KEY,
          StatementKind.INDEX_UNIQUE);

  private static final List<Feature> FEATURES =
      List.of(
          feature(14, EnumSet.of(StatementKind.TYPE), "\\bMULTIRANGE_TYPE_NAME\\b", "multiranges"),
          feature(
              14,
              EnumSet.of(StatementKind.FUNCTION, StatementKind.PROCEDURE),
              "\\n\\s*(BEGIN ATOMIC\\b|RETURN\\b)",
              "SQL-standard function bodies"),
          feature(15, KEYS, "\\bNULLS\\s+NOT\\s+DISTINCT\\b", "NULLS NOT DISTINCT"),
          feature(
              15,
              EnumSet.of(StatementKind.FOREIGN_KEY),
              "\\bSET\\s+(NULL|DEFAULT)\\s*\\(",
              "ON DELETE SET NULL of some columns"),
          feature(
              15,
              EnumSet.of(StatementKind.VIEW),
              "\\bsecurity_invoker\\b",
              "security_invoker views"),
          feature(16, EnumSet.of(StatementKind.COLLATION), "\\brules\\s*=", "rules of collations"),
          feature(
              17,
              EnumSet.of(StatementKind.COLLATION),
              "\\bprovider\\s*=\\s*builtin\\b",
              "built-in collations"),
          feature(18, KEYS, "\\bWITHOUT\\s+OVERLAPS\\b", "WITHOUT OVERLAPS"),
          feature(18, KEYS, "\\bPERIOD\\s+\"?\\w", "foreign keys with PERIOD"),
          feature(18, TABLES, "\\bNOT\\s+ENFORCED\\b", "constraints NOT ENFORCED"),
          feature(
              18,
              EnumSet.of(StatementKind.CONSTRAINT),
              "\\bADD\\s+CONSTRAINT\\s+\\S+\\s+NOT\\s+NULL\\b",
              "NOT NULL constraints of their own"),
          feature(
              18,
              EnumSet.of(StatementKind.TABLE),
              "\\bGENERATED\\s+ALWAYS\\s+AS\\s+\\(.*\\)(?!\\s*STORED)(?=\\s*(,|\\n"
                  + "|NOT|CONSTRAINT))",
              "virtual generated columns"));

  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern MAJOR = Pattern.compile("(\\d+).*", Pattern.DOTALL);

  private ServerDifferences() {}

  private static Feature feature(int since, Set<StatementKind> kinds, String text, String name) {
    return new Feature(since, kinds, Pattern.compile(text, Pattern.CASE_INSENSITIVE), name);
  }

  /**
   * Refuses a schema that the server does not understand.
   *
   * @param server its major version
   * @throws DecantException {@link ErrorCode#REFUSED}; nothing was created
   */
  static void require(SnapshotSchema schema, int server, @Nullable String snapshotVersion) {
    List<String> problems = new ArrayList<>();
    Stream.concat(schema.before().stream(), schema.after().stream())
        .forEach(statement -> check(statement, server, problems));
    if (!problems.isEmpty()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The snapshot is of PostgreSQL "
              + (snapshotVersion == null ? "an unknown version" : snapshotVersion)
              + ", the server is "
              + server
              + ", which does not know:\n  "
              + String.join("\n  ", problems)
              + "\nNothing was created. Use a newer server, or --embedded.");
    }
  }

  private static void check(Statement statement, int server, List<String> problems) {
    for (Feature feature : FEATURES) {
      if (feature.since > server
          && feature.kinds.contains(statement.kind())
          && feature.text.matcher(plain(statement)).find()) {
        problems.add(statement.object() + ": " + feature.name + " (since " + feature.since + ")");
      }
    }
  }

  /** Without what is text to PostgreSQL too. */
  private static String plain(Statement statement) {
    return QUOTED.matcher(new String(statement.text(), UTF_8)).replaceAll("''");
  }

  /** The schema as this server takes it: compression is for 14 and later, and changes no value. */
  static SnapshotSchema adapted(SnapshotSchema schema, int server) {
    return server >= 14
        ? schema
        : new SnapshotSchema(
            schema.session(),
            schema.before().stream()
                .filter(s -> s.kind() != StatementKind.COLUMN_COMPRESSION)
                .toList(),
            schema.after());
  }

  /** The major version in {@code 16.4 (Debian …)}; 0 where there is none. */
  static int major(@Nullable String version) {
    Matcher matcher = MAJOR.matcher(version == null ? "" : version);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
