package dev.decant.policy.parse;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads masks and the rules of columns, and resolves the named masks of the file. */
public final class MaskParser {
  private static final String WHAT = "the name of a mask, or { mask: NAME, … }";

  /**
   * The most masks that one mask may contain. Named masks that name each other twice would double
   * their number at each level.
   */
  private static final int MAX_WEIGHT = 1000;

  /** The longest chain of named masks. It bounds the depth of the stack. */
  private static final int MAX_CHAIN = 16;

  private final MaskCatalog catalog;
  private final ConditionParser conditions;
  private final OptionParser options;
  private final Map<String, YamlMap.Entry> named;
  private final Scope namedScope;

  /**
   * The named masks that have been read; empty for a mask with a problem, which is reported once.
   */
  private final Map<String, Optional<MaskSpec>> read = new HashMap<>();

  /** The named masks that are being read, the outermost first. */
  private final Set<String> open = new LinkedHashSet<>();

  public MaskParser(
      MaskCatalog catalog,
      Parameters parameters,
      SideFiles files,
      Map<String, YamlMap.Entry> named,
      Scope namedScope) {
    this.catalog = catalog;
    this.conditions = new ConditionParser(parameters);
    this.options = new OptionParser(this::spec, parameters, files);
    this.named = named;
    this.namedScope = namedScope;
  }

  /** Reads all named masks, including those that no column uses. */
  void checkNamed() {
    for (YamlMap.Entry entry : named.values()) {
      if (catalog.names().contains(entry.key())) {
        namedScope.problem(
            entry.line(),
            "The name " + entry.key() + " is the name of a built-in mask. Write another name.");
      } else if (Parameters.names(entry.key()) || entry.key().isBlank()) {
        namedScope.problem(
            entry.line(),
            "The name of this mask is blank or contains a parameter. Write a plain name.");
      }
      var _ = named(entry.key());
    }
  }

  /** The rule of a column, which is a mask or a list of cases; null after a problem. */
  public @Nullable ColumnRule rule(Node node, Scope scope) {
    if (!(node instanceof SequenceNode list)) {
      MaskSpec spec = spec(node, scope);
      return spec == null ? null : ColumnRule.of(spec);
    }
    if (list.getValue().isEmpty()) {
      scope.problem(node, "The list of cases is empty. Write " + WHAT + ".");
      return null;
    }
    List<ColumnRule.Case> cases = new ArrayList<>();
    for (int i = 0; i < list.getValue().size(); i++) {
      ColumnRule.Case next =
          oneCase(list.getValue().get(i), i == list.getValue().size() - 1, scope);
      if (next != null) {
        cases.add(next);
      }
    }
    return cases.size() < list.getValue().size() ? null : new ColumnRule(cases);
  }

  private ColumnRule.@Nullable Case oneCase(Node node, boolean last, Scope scope) {
    YamlMap map = node instanceof ScalarNode ? null : YamlMap.read(node, scope, WHAT);
    if (map == null && !(node instanceof ScalarNode)) {
      return null;
    }
    Node whenNode = map == null ? null : map.get("when");
    if (last == (whenNode != null)) {
      scope.problem(
          node,
          last
              ? "The last case has a when, so some rows would have no rule. Write a last case"
                  + " without when."
              : "A case before the last one has no when, so the cases after it would never apply."
                  + " Write when: {…} into it.");
    }
    Condition when = whenNode == null ? null : conditions.parse(whenNode, scope);
    MaskSpec spec = map == null ? spec(node, scope) : spec(map, true, scope);
    if (spec == null || last != (whenNode == null) || (when == null && !last)) {
      return null;
    }
    return new ColumnRule.Case(when, spec);
  }

  /** The mask; null after a problem. */
  @Nullable MaskSpec spec(Node node, Scope scope) {
    if (node instanceof ScalarNode) {
      if (Scalars.isNull(node)) {
        scope.problem(node, "The value is missing. Write " + WHAT + ". For NULL, write nullify.");
        return null;
      }
      String name = Scalars.name(node, scope, WHAT);
      MaskSpec base = name == null ? null : base(name, node, scope);
      return base == null || !complete(base, node, scope) ? null : base;
    }
    if (node instanceof SequenceNode) {
      scope.problem(node, "Only a column can have a list of cases. Write " + WHAT + ".");
      return null;
    }
    YamlMap map = YamlMap.read(node, scope, WHAT);
    return map == null ? null : spec(map, false, scope);
  }

  private @Nullable MaskSpec spec(YamlMap map, boolean inCase, Scope scope) {
    Node nameNode = map.require("mask", "mask: NAME");
    String name = nameNode == null ? null : Scalars.name(nameNode, scope, "the name of a mask");
    MaskSpec base = name == null || nameNode == null ? null : base(name, nameNode, scope);
    Optional<MaskFactory> factory = base == null ? Optional.empty() : catalog.factory(base.name());
    if (base == null || factory.isEmpty()) {
      return null;
    }
    Draft draft = new Draft(base);
    for (YamlMap.Entry entry : map.entries().values()) {
      if (!entry.key().equals("mask") && !(inCase && entry.key().equals("when"))) {
        option(entry, factory.get(), draft, scope);
      }
    }
    MaskSpec spec = new MaskSpec(base.name(), draft.options, draft.realm, draft.trace);
    if (weight(spec) > MAX_WEIGHT) {
      scope.problem(
          map.node(), "The mask contains more than " + MAX_WEIGHT + " masks. Write fewer.");
      return null;
    }
    return draft.good && complete(spec, map.node(), scope) ? spec : null;
  }

  /** A mask while the options of its entry are read. */
  private static final class Draft {
    final Map<String, Object> options;
    @Nullable String realm;
    @Nullable Boolean trace;
    boolean good = true;

    Draft(MaskSpec base) {
      options = new TreeMap<>(base.options());
      realm = base.realm();
      trace = base.trace();
    }
  }

  private void option(YamlMap.Entry entry, MaskFactory factory, Draft draft, Scope scope) {
    switch (entry.key()) {
      case "realm" -> {
        draft.realm = Scalars.name(entry.value(), scope, "the name of a realm");
        draft.good &= draft.realm != null;
      }
      case "trace" -> {
        draft.trace = Scalars.bool(entry.value(), scope);
        draft.good &= draft.trace != null;
      }
      case "when" -> {
        scope.problem(
            entry.line(),
            "The key when is allowed in a list of cases only. Write - { when: {…}, mask: … } and a"
                + " last case without when.");
        draft.good = false;
      }
      default -> {
        Object value = value(entry, factory, scope);
        if (value != null) {
          draft.options.put(entry.key(), value);
        }
        draft.good &= value != null;
      }
    }
  }

  private @Nullable Object value(YamlMap.Entry entry, MaskFactory factory, Scope scope) {
    Optional<MaskOption> option =
        factory.options().stream().filter(o -> o.name().equals(entry.key())).findFirst();
    if (option.isEmpty()) {
      List<String> known =
          new ArrayList<>(factory.options().stream().map(MaskOption::name).toList());
      known.addAll(List.of("mask", "realm", "trace"));
      scope.problem(
          entry.line(),
          "The mask "
              + factory.name()
              + " has no option "
              + entry.key()
              + Nearest.advice(entry.key(), known));
      return null;
    }
    return options.parse(option.get(), entry.value(), scope);
  }

  private boolean complete(MaskSpec spec, Node node, Scope scope) {
    boolean complete = true;
    for (MaskOption option :
        catalog.factory(spec.name()).map(MaskFactory::options).orElse(List.of())) {
      if (option.required() && !spec.options().containsKey(option.name())) {
        scope.problem(
            node,
            "The mask "
                + spec.name()
                + " needs the option "
                + option.name()
                + ". Write { mask: "
                + spec.name()
                + ", "
                + option.name()
                + ": … }.");
        complete = false;
      }
    }
    return complete;
  }

  private @Nullable MaskSpec base(String name, Node node, Scope scope) {
    if (catalog.names().contains(name)) {
      return MaskSpec.of(name);
    }
    if (!named.containsKey(name)) {
      scope.problem(
          node, "The mask " + name + " does not exist" + Nearest.advice(name, allNames()));
      return null;
    }
    return named(name).orElse(null);
  }

  private Collection<String> allNames() {
    Set<String> all = new TreeSet<>(catalog.names());
    all.addAll(named.keySet());
    return all;
  }

  private Optional<MaskSpec> named(String name) {
    Optional<MaskSpec> known = read.get(name);
    YamlMap.Entry entry = named.get(name);
    if (known != null || entry == null) {
      return known == null ? Optional.empty() : known;
    }
    if (!open.add(name)) {
      namedScope.problem(
          entry.line(),
          "The named mask "
              + name
              + " leads back to itself ("
              + String.join(", ", open)
              + "). Name a built-in mask in one of them.");
      return Optional.empty();
    }
    if (open.size() > MAX_CHAIN) {
      namedScope.problem(
          entry.line(),
          "The named mask "
              + name
              + " is reached through more than "
              + MAX_CHAIN
              + " others. Name a built-in mask in it.");
      open.remove(name);
      return Optional.empty();
    }
    Optional<MaskSpec> spec = Optional.ofNullable(spec(entry.value(), namedScope));
    open.remove(name);
    read.put(name, spec);
    return spec;
  }

  /** The number of masks in a value. Counting ends soon after {@link #MAX_WEIGHT}. */
  private static int weight(Object value) {
    if (value instanceof MaskSpec spec) {
      return 1 + weight(spec.options());
    }
    int weight = 0;
    if (value instanceof Map<?, ?> map) {
      for (Object part : map.values()) {
        weight += weight(part);
        if (weight > MAX_WEIGHT) {
          break;
        }
      }
    }
    return weight;
  }
}
