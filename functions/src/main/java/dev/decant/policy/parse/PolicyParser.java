package dev.decant.policy.parse;

import dev.decant.error.DecantException;
import dev.decant.pack.Packs;
import dev.decant.policy.ExtensionRule;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.schema.TableName;
import dev.decant.stream.Digests;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlFile;
import dev.decant.yaml.YamlMap;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads policy files of version 1 ({@code docs/policy.md}). The amount of work is bounded for every
 * input. Any number of threads may use an instance.
 */
public final class PolicyParser {
  private static final int MIN_LENGTH = 6;

  /** Reading ends after so many problems, because each costs a search for the intended word. */
  private static final int MAX_PROBLEMS = 1000;

  private static final List<String> KEYS =
      List.of(
          "version",
          "locale",
          "parameters",
          "packs",
          "masks",
          "tables",
          "large-objects",
          "comments",
          "ddl",
          "extensions",
          "anchors",
          "sql",
          "assertions",
          "quasi-identifiers",
          "k-anonymity",
          "require-complete-verification",
          "trace");

  private final MaskCatalog masks;
  private final @Nullable String madeUp;

  /** Reads policies that may use these masks. */
  public PolicyParser(MaskCatalog masks) {
    this(masks, null);
  }

  private PolicyParser(MaskCatalog masks, @Nullable String madeUp) {
    this.masks = masks;
    this.madeUp = madeUp;
  }

  /**
   * A parser for policies that are only checked. A parameter without a value gets this one, so that
   * a build needs no secret.
   */
  public PolicyParser withParameterDefault(String value) {
    return new PolicyParser(masks, value);
  }

  /**
   * Reads a policy.
   *
   * @param fileName the name of the file in messages
   * @param yaml the bytes of the file
   * @param files the files beside it
   * @param parameters the values by name; parameters that the policy does not declare are ignored
   * @throws DecantException (POLICY_INVALID) that lists every problem on a line of its own: {@code
   *     FILE:LINE: table T, column C: WHAT IS WRONG. WHAT TO WRITE.} The list never contains the
   *     value of a parameter.
   */
  public Policy parse(
      String fileName, byte[] yaml, PolicyFiles files, Map<String, String> parameters) {
    return parse(yaml, files, parameters, problems(fileName));
  }

  /**
   * A collector for the problems of a file, for {@link #parse(byte[], PolicyFiles, Map, Problems)}.
   */
  public static Problems problems(String fileName) {
    return new Problems(fileName, FileKind.POLICY, MAX_PROBLEMS);
  }

  /**
   * As {@link #parse(String, byte[], PolicyFiles, Map)}, for a caller that reports each problem in
   * a form of its own.
   *
   * @param problems empty, of {@link #problems}; if the method throws POLICY_INVALID, it has all
   *     problems
   */
  public Policy parse(
      byte[] yaml, PolicyFiles files, Map<String, String> parameters, Problems problems) {
    String fileName = problems.file();
    Scope scope = new Scope(problems);
    Node root = YamlFile.read(yaml, scope);
    YamlMap map = root == null ? null : YamlMap.read(root, scope, "version: 1, tables: {…}");
    Policy policy = map == null ? null : read(fileName, yaml, map, files, parameters);
    if (policy == null || !problems.isEmpty()) {
      throw problems.error();
    }
    return policy;
  }

  /** The policy, without the parts that have problems. */
  private @Nullable Policy read(
      String fileName, byte[] yaml, YamlMap map, PolicyFiles files, Map<String, String> values) {
    Scope scope = map.scope();
    if (!map.isVersion1()) {
      return null;
    }
    map.only(KEYS);
    Parameters parameters = Parameters.read(map.get("parameters"), values, madeUp, scope);
    packs(map.get("packs"), scope);
    ConditionParser conditions = new ConditionParser(parameters);
    SideFiles beside = new SideFiles(files);
    MaskParser maskParser =
        new MaskParser(masks, parameters, beside, entries(map, "masks", "masks by name"), scope);
    maskParser.checkNamed();
    StepParser steps = new StepParser(parameters, beside, scope);
    Policy.ObjectRules objects =
        new Policy.ObjectRules(
            largeObjects(map.get("large-objects"), scope),
            "drop".equals(word(map.get("comments"), scope, List.of("keep", "drop"))),
            new DdlParser(parameters, scope).parse(map.get("ddl")),
            extensions(map),
            isTrue(map.get("require-complete-verification"), scope));
    Locale locale = locale(map.get("locale"), scope);
    Map<TableName, Policy.TableEntry> tables = tables(map, new TableParser(maskParser, conditions));
    List<Policy.Anchor> anchors = new AnchorParser(conditions, scope).parse(map.get("anchors"));
    Policy.AfterLoad afterLoad =
        new Policy.AfterLoad(
            steps.sql(map.get("sql")),
            steps.assertions(map.get("assertions")),
            new QuasiIdentifierParser(scope)
                .parse(map.get("quasi-identifiers"), map.get("k-anonymity")));
    Policy.Trace trace = trace(map.get("trace"), parameters, scope);
    // The digests are complete only now, after all files beside the policy have been read.
    Policy.Origin origin =
        new Policy.Origin(
            fileName,
            Digests.sha256(yaml),
            beside.digests(),
            new String(yaml, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", ""));
    return new Policy(origin, parameters, locale, tables, objects, anchors, afterLoad, trace);
  }

  private static Map<String, YamlMap.Entry> entries(YamlMap map, String key, String what) {
    Node node = map.get(key);
    YamlMap value = node == null ? null : YamlMap.read(node, map.scope(), what);
    return value == null ? Map.of() : value.entries();
  }

  private static Map<TableName, Policy.TableEntry> tables(YamlMap map, TableParser parser) {
    Node node = map.get("tables");
    YamlMap tables =
        node == null ? null : YamlMap.read(node, map.scope(), "a map from tables to their rules");
    return tables == null ? Map.of() : parser.parse(tables);
  }

  private static Locale locale(@Nullable Node node, Scope scope) {
    String tag = node == null ? "en" : Scalars.name(node, scope, "a language, for example de");
    if (tag == null) {
      return Locale.ENGLISH;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
      if (!locale.getLanguage().isEmpty()) {
        return locale;
      }
    } catch (IllformedLocaleException e) {
      // This is reported below, together with tags that name no language.
    }
    if (node != null) {
      scope.problem(node, tag + " is not a language. Write for example de or de-AT.");
    }
    return Locale.ENGLISH;
  }

  /**
   * The packs that the policy was made with. Their rules are in the file, so only names are read.
   */
  private static void packs(@Nullable Node node, Scope scope) {
    List<Node> nodes = node == null ? null : Scalars.list(node, scope, "a list of packs");
    Set<String> names = new HashSet<>();
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      String name = Scalars.name(item, scope, "the name of a pack");
      if (name != null && !Packs.names().contains(name)) {
        scope.problem(
            item, "The pack " + name + " does not exist" + Nearest.advice(name, Packs.names()));
      } else if (name != null && !names.add(name)) {
        scope.problem(item, "The pack " + name + " is listed twice. Remove one of them.");
      }
    }
  }

  private static @Nullable String word(@Nullable Node node, Scope scope, List<String> words) {
    return node == null ? null : Scalars.word(node, scope, words);
  }

  private static boolean isTrue(@Nullable Node node, Scope scope) {
    return node != null && Boolean.TRUE.equals(Scalars.bool(node, scope));
  }

  private static Map<String, ExtensionRule> extensions(YamlMap map) {
    Map<String, ExtensionRule> rules = new HashMap<>();
    entries(map, "extensions", "a map from extensions to keep or drop")
        .forEach(
            (name, entry) -> {
              String word = Scalars.word(entry.value(), map.scope(), List.of("keep", "drop"));
              if (word != null) {
                rules.put(name, ExtensionRule.valueOf(word.toUpperCase(Locale.ROOT)));
              }
            });
    return rules;
  }

  private static Policy.@Nullable LargeObjects largeObjects(@Nullable Node node, Scope scope) {
    String word = word(node, scope, List.of("empty", "drop", "keep"));
    return word == null ? null : Policy.LargeObjects.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Policy.Trace trace(@Nullable Node node, Parameters parameters, Scope scope) {
    YamlMap map =
        node == null ? null : YamlMap.read(node, scope, "{ min-length: 6, ignore: [VALUE] }");
    if (map == null) {
      return new Policy.Trace(MIN_LENGTH, Map.of());
    }
    map.only(List.of("min-length", "ignore"));
    return new Policy.Trace(
        minLength(map.get("min-length"), scope), ignore(map.get("ignore"), parameters, scope));
  }

  private static int minLength(@Nullable Node node, Scope scope) {
    Long length = node == null ? null : Scalars.integer(node, scope);
    if (node != null && length != null && (length < 1 || length > 1000)) {
      scope.problem(node, "The value of min-length is not from 1 to 1000. Write for example 6.");
      return MIN_LENGTH;
    }
    return length == null ? MIN_LENGTH : length.intValue();
  }

  private static Map<String, String> ignore(
      @Nullable Node node, Parameters parameters, Scope scope) {
    List<Node> nodes = node == null ? null : Scalars.list(node, scope, "a list of values");
    Map<String, String> ignore = new HashMap<>();
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      String text = Scalars.text(item, scope, "a value");
      if (text != null) {
        ignore.put(parameters.fill(text, item, scope), text);
      }
    }
    return ignore;
  }
}
