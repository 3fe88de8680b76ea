package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementOutline;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features of schemas that PostgreSQL has had only since a version after 13. An older server
 * would fail at such a statement in the middle of a load. The list covers what pg_dump writes, and
 * it is matched against the outlines of the statements.
 */
public final class ServerDifferences {
  private record Feature(int since, Set<StatementKind> kinds, Pattern text, String name) {}

  /** Statements whose outline includes the text in parentheses, where the arguments are. */
  private static final Set<StatementKind> ROUTINES =
      EnumSet.of(StatementKind.FUNCTION, StatementKind.PROCEDURE);

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
              14, ROUTINES, "(?<! \\.) (BEGIN ATOMIC|RETURN)\\b", "SQL-standard function bodies"),
          feature(15, KEYS, "\\bNULLS NOT DISTINCT\\b", "NULLS NOT DISTINCT"),
          feature(
              15,
              EnumSet.of(StatementKind.FOREIGN_KEY),
              "\\bSET (NULL|DEFAULT) \\(",
              "ON DELETE SET NULL with a list of columns"),
          feature(
              15,
              EnumSet.of(StatementKind.VIEW),
              "^CREATE (OR REPLACE )?VIEW \\S+( \\. \\S+)? WITH \\([^)]*\\bsecurity_invoker\\b",
              "security_invoker views"),
          feature(16, EnumSet.of(StatementKind.COLLATION), "\\brules =", "collation rules"),
          feature(
              17,
              EnumSet.of(StatementKind.COLLATION),
              "\\bprovider = builtin\\b",
              "built-in collations"),
          feature(18, KEYS, "\\bWITHOUT OVERLAPS\\b", "WITHOUT OVERLAPS"),
          feature(
              18,
              EnumSet.of(StatementKind.FOREIGN_KEY),
              ", PERIOD [\"\\w]",
              "foreign keys with PERIOD"),
          feature(18, TABLES, "\\bNOT ENFORCED\\b", "constraints NOT ENFORCED"),
          feature(
              18,
              EnumSet.of(StatementKind.CONSTRAINT),
              "\\bADD CONSTRAINT \\S+ NOT NULL\\b",
              "named NOT NULL constraints"),
          feature(
              18,
              EnumSet.of(StatementKind.TABLE, StatementKind.FOREIGN_TABLE),
              "\\bGENERATED ALWAYS AS \\( \\)(?! STORED)",
              "virtual generated columns"));

  private static final Pattern MAJOR = Pattern.compile("(\\d+).*", Pattern.DOTALL);

  private ServerDifferences() {}

  private static Feature feature(int since, Set<StatementKind> kinds, String text, String name) {
    return new Feature(since, kinds, Pattern.compile(text, Pattern.CASE_INSENSITIVE), name);
  }

  /**
   * Refuses a schema that the server does not support. A feature that is newer than the snapshot's
   * own version is not looked for, because the snapshot cannot contain it.
   *
   * @param server the major version of the server
   * @param snapshotVersion the version of the snapshot's server; null if it is not known
   * @param advice the last sentences of the message: what was changed, and what to do
   * @throws DecantException {@link ErrorCode#REFUSED}
   */
  public static void require(
      SnapshotSchema schema, int server, @Nullable String snapshotVersion, String advice) {
    int own = major(snapshotVersion);
    List<Feature> newer =
        FEATURES.stream().filter(f -> f.since > server && (own == 0 || f.since <= own)).toList();
    List<String> problems = new ArrayList<>();
    Stream.concat(schema.before().stream(), schema.after().stream())
        .forEach(statement -> check(statement, newer, problems));
    if (!problems.isEmpty()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The snapshot is from PostgreSQL "
              + (snapshotVersion == null ? "an unknown version" : snapshotVersion)
              + ". The server is PostgreSQL "
              + server
              + ", which does not support:\n  "
              + String.join("\n  ", problems)
              + "\n"
              + advice);
    }
  }

  private static void check(Statement statement, List<Feature> newer, List<String> problems) {
    List<Feature> possible =
        newer.stream().filter(f -> f.kinds.contains(statement.kind())).toList();
    if (possible.isEmpty()) {
      return;
    }
    String outline = StatementOutline.of(statement, ROUTINES.contains(statement.kind()) ? 0 : 1);
    for (Feature feature : possible) {
      if (feature.text.matcher(outline).find()) {
        problems.add(statement.object() + ": " + feature.name + " (since " + feature.since + ")");
      }
    }
  }

  /** The major version in a text such as {@code 16.4 (Debian …)}; 0 if it has none. */
  public static int major(@Nullable String version) {
    Matcher matcher = MAJOR.matcher(version == null ? "" : version);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
