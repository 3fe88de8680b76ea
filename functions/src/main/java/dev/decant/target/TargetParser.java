package dev.decant.target;

import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.StepParser;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one target of a targets file. */
final class TargetParser {
  private static final List<String> KEYS =
      List.of(
          "database",
          "password-env",
          "password-secret",
          "allow-refresh",
          "confirm",
          "never",
          "snapshots",
          "allow-unsigned",
          "schema-version",
          "keep-tables",
          "rekey",
          "sql",
          "assertions",
          "privileges",
          "previous",
          "hooks",
          "media");

  private static final Pattern SEGMENTS =
      Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*)/([A-Za-z0-9_-][A-Za-z0-9._-]*)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

  /** A URL, or a host with a port. */
  private static final Pattern ADDRESS = Pattern.compile(".*://.*|[^:]+:[0-9]+");

  private static final int MOST_KEPT = 20;

  private final YamlMap.Entry entry;
  private final TargetsFileMap fields;
  private final StepParser steps;
  private final TargetUse use;

  TargetParser(YamlMap.Entry entry, TargetsFileMap fields, PolicyFiles files, TargetUse use) {
    this.entry = entry;
    this.fields = fields.only(KEYS).without(use.unread());
    this.use = use;
    this.steps = new StepParser(fields.parameters(), files, fields.scope());
  }

  /** The target. After a problem its values are harmless, and the caller must not use it. */
  Target parse() {
    return new Target(
        entry.key(),
        new Target.Login(DatabaseUrl.read(fields), password()),
        new Target.Permission(
            fields.flag("allow-refresh"),
            fields.name("confirm", "confirm: HOST, the host that the caller must type"),
            never()),
        snapshots(),
        changes(),
        fields.fields("previous", "{ keep: 1 }").flatMap(TargetParser::keepPrevious).orElse(1),
        hooks(),
        fields.fields("media", "{ from: s3://BUCKET, to: s3://BUCKET }").map(MediaParser::parse));
  }

  private Target.Changes changes() {
    return new Target.Changes(
        keepTables(),
        RekeyParser.parse(fields),
        steps.sql(fields.map().get("sql")),
        steps.assertions(fields.map().get("assertions")),
        steps.sql(fields.map().get("privileges"), "privilege"));
  }

  /** Refuses entries that match no host and no database: they would protect nothing. */
  private List<String> never() {
    List<String> never =
        fields.names("never", "hosts and names of databases, for example ['*.prod.internal']");
    for (String each : never) {
      if (ADDRESS.matcher(each).matches()) {
        fields.problem(
            "never",
            "The entry "
                + each
                + " is neither a host nor the name of a database. Write it without a scheme, a path"
                + " and a port.");
      }
    }
    return never;
  }

  private Optional<Target.Password> password() {
    if (fields.has("password-env") && fields.has("password-secret")) {
      fields.problem(
          "password-secret", "The target also has password-env. Remove one of the two keys.");
    }
    if (fields.has("password-env")) {
      String name = fields.name("password-env", "the name of a variable");
      if (!name.isEmpty() && !VARIABLE.matcher(name).matches()) {
        fields.problem(
            "password-env",
            "This is not the name of a variable. Write a name, for example STAGING_PASSWORD.");
      }
      return Optional.of(new Target.Password.Variable(name));
    }
    if (!fields.has("password-secret")) {
      return Optional.empty();
    }
    String arn = fields.name("password-secret", "the secret's ARN");
    if (!arn.isEmpty() && !arn.matches("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]+:secret:.+")) {
      fields.problem(
          "password-secret",
          "This is not an ARN of Secrets Manager. Write"
              + " arn:aws:secretsmanager:REGION:ACCOUNT:secret:….");
    }
    return Optional.of(new Target.Password.Secret(arn));
  }

  private Target.Snapshots snapshots() {
    String name = fields.name("snapshots", "snapshots: SERVICE/ENVIRONMENT");
    Optional<Target.SchemaVersion> version =
        fields.fields("schema-version", "{ sql: QUERY, at-most: VERSION }").map(this::version);
    boolean allowUnsigned = fields.flag("allow-unsigned");
    Matcher matcher = SEGMENTS.matcher(name);
    if (matcher.matches()) {
      return new Target.Snapshots(matcher.group(1), matcher.group(2), version, allowUnsigned);
    }
    if (!name.isEmpty()) {
      fields.problem(
          "snapshots",
          "This does not name the snapshots of a service. Write SERVICE/ENVIRONMENT, for example"
              + " backend/production.");
    }
    return new Target.Snapshots("", "", version, allowUnsigned);
  }

  private Target.SchemaVersion version(TargetsFileMap version) {
    version.only("sql", "at-most");
    Node sql = version.map().require("sql", "sql: a query whose result is one value");
    String text = sql == null ? null : steps.sqlText(sql);
    return new Target.SchemaVersion(
        text == null ? "" : text,
        version.text("at-most", "at-most: the newest version that is accepted").value());
  }

  private static Optional<Integer> keepPrevious(TargetsFileMap previous) {
    return previous.only("keep").number("keep", 0, MOST_KEPT);
  }

  private List<TableName> keepTables() {
    Set<TableName> tables = new LinkedHashSet<>();
    for (Node node : fields.list("keep-tables", "a list of tables, for example [public.audit]")) {
      String text = fields.text(node, "a table with its schema").written();
      TableName table =
          text.isBlank() ? null : NameParser.table(text, YamlFile.line(node), fields.scope());
      if (table != null && !tables.add(table)) {
        fields
            .scope()
            .problem(node, "Table " + table + " is listed twice. Remove one of the entries.");
      }
    }
    return List.copyOf(tables);
  }

  private Target.Phases hooks() {
    String what = "{ before: […], migrate: […], after: […] }";
    return fields
        .fields("hooks", what)
        .map(hooks -> hooks.only("before", "migrate", "after").without(use.unreadHooks()))
        .map(p -> new Target.Phases(hooks(p, "before"), hooks(p, "migrate"), hooks(p, "after")))
        .orElse(Target.Phases.NONE);
  }

  private static List<Hook> hooks(TargetsFileMap phases, String phase) {
    List<Hook> hooks = new ArrayList<>();
    for (Node node : phases.list(phase, "a list of hooks, for example [{ http: URL }]")) {
      TargetsFileMap.read(
              node, phases.scope(), phases.parameters(), "a hook, for example { http: URL }")
          .flatMap(HookParser::parse)
          .ifPresent(hooks::add);
    }
    return hooks;
  }
}
